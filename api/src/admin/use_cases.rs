//! Dead letters: look at them, and give them another chance.

use domain::{
    actor::{Actor, Role},
    ids::OutboxEntryId,
    rejection::Code,
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    outbox,
};
use serde_json::json;

use super::wire::DeadLetters;
use crate::{call::Call, failure::Failure};

/// How many dead letters are shown.
const SHOWN: i64 = 100;

/// Nothing for an administrator of the province.
///
/// # Errors
/// `role-forbids` for anybody else.
fn for_province(actor: &Actor) -> Result<(), Failure> {
    match actor {
        Actor::Officer {
            officer: _,
            agency: _,
            roles,
        } if roles.has(Role::ProvinceAdministrator) => Ok(()),
        Actor::Officer { .. } | Actor::Citizen { .. } | Actor::System => {
            Err(Code::RoleForbids.into())
        }
    }
}

/// The deliveries given up on, oldest first.
///
/// # Errors
/// `role-forbids`.
pub fn list_dead_letters(tx: &mut Tx, call: &Call) -> Result<DeadLetters, Failure> {
    for_province(&call.actor)?;
    let dead = outbox::all_dead_letters(tx, SHOWN)?;
    Ok(DeadLetters {
        items: dead.into_iter().map(Into::into).collect(),
    })
}

/// Gives a dead letter its attempts back; who did it is on record.
///
/// # Errors
/// `role-forbids`; `not-found` when it is not dead; `unauthenticated` when the role does not hold any
/// more.
pub fn requeue_dead_letter(tx: &mut Tx, call: &Call, id: OutboxEntryId) -> Result<(), Failure> {
    for_province(&call.actor)?;
    call.account_stands(tx)?;
    outbox::requeue(tx, id, call.now)?;
    tx.note_save();
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: None,
        version: 1,
        kind: "delivery_requeued",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&json!({ "entry_id": id }))?,
    };
    Ok(events::append(tx, event)?)
}
