//! Doing what was asked for: putting right, taking consents back, erasing.

use domain::{
    actor::Actor,
    data_requests::{CorrectableField, DataRequest, DataRequestKind},
    ids::{Id, PersonId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    sessions::Sensitive,
};
use persistence::{
    Json, Tx,
    disclosures::Reading,
    outbox::{self, NewEntry},
    people,
};
use serde_json::json;

use super::use_cases::{Target, save, to_handle};
use crate::{
    call::Call,
    consents::withdrawing::withdraw_all,
    failure::Failure,
    people::{
        erasing::{Erased, erase_person},
        number::ACCOUNT_NOTICE,
        use_cases::{Changes, correct_person},
    },
};

/// What the officer did, and what of the account is to be put right.
#[derive(Debug, Clone)]
pub struct Fulfilment {
    /// In words, with the proof that was seen.
    pub note: Personal<String>,
    /// Of the account.
    pub changes: Changes,
    /// What of it is to be different.
    pub changed: Vec<CorrectableField>,
}

/// Does what was asked for, and closes the request in the same transaction.
///
/// # Errors
/// Those of [`super::use_cases::acknowledge_data_request`]; `step-up-required`; `invalid-content` when something else is
/// put right than was asked for, or nothing; `state-forbids` for an erasure while a dossier is under way.
pub fn fulfil_data_request(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    done: &Fulfilment,
) -> Result<DataRequest, Failure> {
    let (request, officer) = to_handle(tx, call, target)?;
    call.freshly_proved(tx, Sensitive::FulfilDataRequest)?;
    let mut closed = request.fulfil((officer, done.note.clone()), call.now)?;
    Rejection::of_faults(faults(&request, &done.changed))?;
    match request.kind {
        DataRequestKind::Access
        | DataRequestKind::Provision
        | DataRequestKind::Restriction
        | DataRequestKind::Objection => {}
        DataRequestKind::Correction => {
            if !done.changed.is_empty() {
                correct_person(tx, call, request.person, &done.changes)?;
            }
        }
        DataRequestKind::Withdrawal => withdraw_all(tx, &as_citizen(call, request.person))?,
        DataRequestKind::Erasure => {
            let Erased { drafts, kept } = erase(tx, call, &request)?;
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            closed.erased = Some((count(drafts), count(kept)));
        }
    }
    let told = json!({ "dossiers_kept": closed.erased.map(|(_, kept)| kept) });
    save(tx, call, &closed, ("data_request_fulfilled", told))?;
    Ok(closed)
}

fn as_citizen(call: &Call, person: PersonId) -> Call {
    Call {
        actor: Actor::Citizen { person },
        ..call.clone()
    }
}

/// Only what was asked for is put right, and all of the account that was.
fn faults(request: &DataRequest, changed: &[CorrectableField]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for field in changed {
        if !request.fields.contains(field) {
            let pointer = format!("/correction/{}", field.as_str());
            faults.push(Fault::new(pointer, Code::UnknownField));
        }
    }
    for field in &request.fields {
        // What stands in a filed dossier is put right in it, which the note tells.
        if *field != CorrectableField::FiledDossier && !changed.contains(field) {
            let pointer = format!("/correction/{}", field.as_str());
            faults.push(Fault::new(pointer, Code::Required));
        }
    }
    faults
}

/// Erases the account; her number is told first, since nothing is known of her afterwards.
fn erase(tx: &mut Tx, call: &Call, request: &DataRequest) -> Result<Erased, Failure> {
    let person = people::lock(tx, request.person, &Reading::House)?;
    if let Some(number) = &person.phone {
        let id = call.ids.uuid(call.now);
        let told = json!({ "number": number.reveal(), "kind": "account_erased" });
        let entry = NewEntry {
            id: Id::from_uuid(id),
            topic: ACCOUNT_NOTICE,
            key: &id.to_string(),
            payload: Json::of(&told)?,
            now: call.now,
        };
        outbox::put(tx, entry)?;
    }
    erase_person(tx, call, request.person)
}
