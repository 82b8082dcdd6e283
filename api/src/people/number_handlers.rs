//! The operations by which an account gets another telephone number.

use actix_web::{post, web};
use domain::sessions::CodePurpose;

use super::{
    number::{self, ChangePhone, Changed},
    wire::Me,
};
use crate::{
    api_code::ApiCode,
    app::App,
    document::problems::{Conflict, CredentialsRefused, Limited},
    extract::{Citizen, IfMatch, Json, Network},
    failure::Failure,
    people::number_wire::{PhoneChange, PhoneWish},
    reply::{Accepted, WithEtag},
    sessions::{
        codes::{Asker, ShownCode},
        throttle::Way,
        wire::OtpSent,
    },
};

/// Ask for a code to a new number.
///
/// Sends six digits to the number the account is to have. They change the number and do nothing else.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    responses(
        (status = 202, description = "A code is on its way.", body = OtpSent),
        Conflict,
        Limited,
    )
)]
#[post("/request_phone_change")]
pub(crate) async fn request_phone_change(
    citizen: Citizen,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<PhoneWish>,
) -> Result<Accepted<OtpSent>, Failure> {
    let number = body.into_number()?;
    let (call, wanted) = (app.call(citizen.actor()), number.clone());
    app.store
        .read(move |tx| number::may_change(tx, citizen, &wanted, &call))
        .await?;
    let asker = Asker::Citizen(citizen.person);
    app.send_code(number, asker, &network).await.map(Accepted)
}

/// Give the account a new number.
///
/// Shows the code sent to it. Every device is signed out, this one too: sign in with the new number.
/// For 24 hours number and address cannot be changed, and the old number is told.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    params(IfMatch),
    responses(
        (status = 200, description = "The account as it is now.", body = Me),
        CredentialsRefused,
        Conflict,
        Limited,
    )
)]
#[post("/change_phone")]
pub(crate) async fn change_phone(
    citizen: Citizen,
    app: web::Data<App>,
    network: Network,
    IfMatch(seen): IfMatch,
    Json { body, digest: _ }: Json<PhoneChange>,
) -> Result<WithEtag<Me>, Failure> {
    let (request, number, code) = body.into_parts()?;
    let call = app.call(citizen.actor());
    let now = call.now;
    let command = ChangePhone {
        citizen,
        seen,
        attempt: app
            .throttle
            .attempt(Way::Code, number.reveal(), &network, now),
        sending: app.throttle.sending(&network, now),
        shown: ShownCode {
            request,
            number,
            code,
            purpose: CodePurpose::ChangeNumber,
            account: Some(citizen.person),
            now,
        },
        notice: call.ids.uuid(now),
        call,
    };
    let codes = std::sync::Arc::clone(&app.one_time_codes);
    let changed = app
        .store
        .write(move |tx| number::change_phone(tx, &codes, &command))
        .await?;
    match changed {
        Changed::Refused => Err(ApiCode::CredentialsRefused.into()),
        Changed::Done(person, ended) => {
            app.ended(&ended);
            Ok(WithEtag::versioned(person.version, Me::from(*person)))
        }
    }
}
