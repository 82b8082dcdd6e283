//! Asking, looking, and what its handler does with a request, up to doing what was asked for.

use domain::{
    actor::{Actor, Sight},
    data_requests::{
        DataRequest, NewRequest, RefusalGround,
        rights::{may_handle, may_look},
    },
    ids::{DataRequestId, OfficerId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Json, StoreError, Tx,
    data_requests::{self, Key},
    disclosures::Reading,
    events::{self, NewEvent},
    page::{Limit, Page},
    people,
};
use serde_json::{Value, json};

use crate::{api_code::ApiCode, call::Call, failure::Failure, notices::making as notices};

/// Which request, and the version its handler last saw (`If-Match`).
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The request.
    pub id: DataRequestId,
    /// The version.
    pub version: i64,
}

/// Puts a request before its controller.
///
/// # Errors
/// `unauthenticated` when the account is gone; `invalid-content`; `already-exists` while the same is
/// asked of the same agency; `calendar-missing`.
pub fn create_data_request(
    tx: &mut Tx,
    call: &Call,
    new: NewRequest,
) -> Result<DataRequest, Failure> {
    call.account_stands(tx)?;
    if call.posted.agency(new.controller).is_none() {
        return Err(Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new("/controller_id", Code::UnknownReference)],
        }
        .into());
    }
    let working = call.posted.working_time(new.controller)?;
    let request = new.received(call.now, &working)?;
    data_requests::insert(tx, &request)?;
    trace(tx, call, &request, ("data_request_received", json!({})))?;
    Ok(request)
}

fn in_sight(call: &Call) -> Result<Sight, Failure> {
    match call.actor {
        Actor::Officer { .. } => may_look(&call.actor)?,
        Actor::Citizen { person: _ } | Actor::System => {}
    }
    Ok(call.actor.sight())
}

/// The requests the actor asked, or looks after; newest first.
///
/// # Errors
/// `role-forbids`.
pub fn list_data_requests(
    tx: &mut Tx,
    call: &Call,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<DataRequest, Key>, Failure> {
    let sight = in_sight(call)?;
    Ok(data_requests::list(tx, sight, after, limit)?)
}

/// One of them.
///
/// # Errors
/// `role-forbids`, `not-found`.
pub fn get_data_request(
    tx: &mut Tx,
    call: &Call,
    id: DataRequestId,
) -> Result<DataRequest, Failure> {
    let sight = in_sight(call)?;
    Ok(data_requests::find(tx, id, sight)?)
}

/// The name in the account of whoever asks; nothing after an erasure.
///
/// # Errors
/// As the store reports them.
pub fn name_of(tx: &mut Tx, request: &DataRequest) -> Result<Option<String>, Failure> {
    // Whoever may see the request was asked as the controller, and has to know by whom.
    match people::find(tx, request.person, &Reading::House) {
        Ok(person) => Ok(Some(person.full_name.into_revealed()).filter(|name| !name.is_empty())),
        Err(StoreError::Absent) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The request under its lock, for whoever may decide it, at the version that was seen.
///
/// # Errors
/// `role-forbids`, `unauthenticated`, `not-found`, `version-mismatch`.
pub(super) fn to_handle(
    tx: &mut Tx,
    call: &Call,
    target: Target,
) -> Result<(DataRequest, OfficerId), Failure> {
    may_look(&call.actor)?;
    call.account_stands(tx)?;
    let request = data_requests::lock(tx, target.id, call.actor.sight())?;
    may_handle(&call.actor, request.controller, request.kind)?;
    if request.version != target.version {
        return Err(StoreError::Stale {
            current_version: request.version,
        }
        .into());
    }
    Ok((request, call.officer()?))
}

/// Answers that the request is being worked on.
///
/// # Errors
/// `role-forbids`, `not-found`, `version-mismatch`, `data-request-forbids`.
pub fn acknowledge_data_request(
    tx: &mut Tx,
    call: &Call,
    target: Target,
) -> Result<DataRequest, Failure> {
    let (request, officer) = to_handle(tx, call, target)?;
    let working = call.posted.working_time(request.controller)?;
    let answered = request.acknowledge(officer, call.now, &working)?;
    save(
        tx,
        call,
        &answered,
        ("data_request_acknowledged", json!({})),
    )?;
    Ok(answered)
}

/// Names a later date, once, with a reason the citizen reads.
///
/// # Errors
/// As [`acknowledge_data_request`]; `already-extended`, `extension-too-late`.
pub fn extend_data_request(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: &Personal<String>,
) -> Result<DataRequest, Failure> {
    let (request, officer) = to_handle(tx, call, target)?;
    let working = call.posted.working_time(request.controller)?;
    let extended = request.extend((officer, reason.clone()), call.now, &working)?;
    let dates = json!({ "original_due_at": extended.original_due_at });
    save(tx, call, &extended, ("data_request_extended", dates))?;
    Ok(extended)
}

/// Refuses on a ground of the law.
///
/// # Errors
/// As [`acknowledge_data_request`].
pub fn refuse_data_request(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    (ground, note): (RefusalGround, &Personal<String>),
) -> Result<DataRequest, Failure> {
    let (request, officer) = to_handle(tx, call, target)?;
    let refused = request.refuse((officer, note.clone()), ground, call.now)?;
    let on = json!({ "ground": ground, "legal_ground": ground.legal_basis() });
    save(tx, call, &refused, ("data_request_refused", on))?;
    Ok(refused)
}

/// Saves a request with its event.
///
/// # Errors
/// As the store reports them.
pub(super) fn save(
    tx: &mut Tx,
    call: &Call,
    request: &DataRequest,
    told: (&str, Value),
) -> Result<(), Failure> {
    data_requests::save(tx, request)?;
    trace(tx, call, request, told)
}

/// Writes down what happened: which request, what for, where it stands. No words of anybody.
fn trace(
    tx: &mut Tx,
    call: &Call,
    request: &DataRequest,
    (kind, mut more): (&str, Value),
) -> Result<(), Failure> {
    let about = [
        ("data_request_id", json!(request.id)),
        ("request", json!(request.kind)),
    ];
    let fields = more.as_object_mut().ok_or(ApiCode::Internal)?;
    fields.extend(about.map(|(name, value)| (name.to_owned(), value)));
    let id = call.id();
    let event = NewEvent {
        id,
        dossier: None,
        agency: Some(request.controller),
        person: Some(request.person),
        version: request.version,
        kind,
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: Some(request.due_at),
        channel: None,
        payload: Json::of(&more)?,
    };
    events::append(tx, event)?;
    notices::of_data_request(tx, call, (kind, request), id)
}
