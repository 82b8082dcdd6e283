//! A request that is put once, however often the phone sends it.

use domain::{data_requests::DataRequest, ids::Id};
use persistence::{Once, OnceKey, Tx, data_requests};

use super::{use_cases::create_data_request, wire::DataRequestBody};
use crate::{
    api_code::ApiCode,
    app::App,
    extract::{Citizen, IdempotencyKey, Json},
    failure::Failure,
};

/// The operation's id in the document.
const OPERATION: &str = "create_data_request";

impl App {
    /// Puts a request at most once per idempotency key; whether it had been put before.
    ///
    /// # Errors
    /// Those of [`create_data_request`]; `request-in-flight` while a twin runs,
    /// `idempotency-key-reused` for another body under the same key.
    pub(super) async fn ask_once(
        &self,
        citizen: Citizen,
        key: &IdempotencyKey,
        Json { body, digest }: Json<DataRequestBody>,
    ) -> Result<(bool, DataRequest), Failure> {
        let (call, principal) = (self.call(citizen.actor()), citizen.person.uuid());
        let new = body.checked(&call, citizen.person)?;
        let turn = self
            .in_flight
            .enter((principal, OPERATION, key.as_str().to_owned()));
        let _turn = turn.ok_or(ApiCode::InFlight)?;
        let once = OnceKey {
            principal,
            operation: OPERATION,
            key: key.as_str().to_owned(),
            body_sha256: digest,
            resource: None,
            now: call.now,
        };
        let ask = move |tx: &mut Tx| -> Result<_, Failure> {
            let request = create_data_request(tx, &call, new.clone())?;
            Ok((request.id.uuid(), request))
        };
        let sight = citizen.actor().sight();
        let again = move |tx: &mut Tx, id| Ok(data_requests::find(tx, Id::from_uuid(id), sight)?);
        Ok(match self.store.write_once(once, ask, again).await? {
            Once::Fresh(request) => (false, request),
            Once::Replayed(request) => (true, request),
        })
    }
}
