//! The events of officers' accounts: ids, roles and days, never a name.

use domain::{actor::Actor, ids::AgencyId, officers::Grant};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
};
use serde_json::{Value, json};

use crate::{call::Call, failure::Failure};

/// Writes down what happened to something of an agency's officers.
///
/// # Errors
/// As the store reports them.
pub(crate) fn trace(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    (agency, version): (AgencyId, i64),
    payload: &Value,
) -> Result<(), Failure> {
    trace_by(tx, call, &call.actor, kind, (agency, version), payload)
}

/// The same, by somebody who had not signed in yet.
///
/// # Errors
/// As the store reports them.
pub(crate) fn trace_by(
    tx: &mut Tx,
    call: &Call,
    actor: &Actor,
    kind: &str,
    (agency, version): (AgencyId, i64),
    payload: &Value,
) -> Result<(), Failure> {
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: Some(agency),
        person: None,
        version,
        kind,
        actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(payload)?,
    };
    Ok(events::append(tx, event)?)
}

/// Writes down that a role was given, with everybody who had a part in it.
///
/// # Errors
/// As the store reports them.
pub(crate) fn trace_grant(tx: &mut Tx, call: &Call, grant: &Grant) -> Result<(), Failure> {
    let Grant {
        id,
        officer,
        agency,
        role,
        from,
        until,
        reason: _,
        granted_by,
        approved_by,
        granted_at: _,
        revoked: _,
    } = grant;
    let payload = json!({
        "grant_id": id, "officer_id": officer, "role": role, "from": from, "until": until,
        "proposed_by": granted_by, "approved_by": approved_by,
    });
    trace(tx, call, "role_granted", (*agency, 1), &payload)
}
