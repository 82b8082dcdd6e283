//! Erasing a citizen (law 91/2025 on personal data, art. 14): what goes, and what must stay.

use domain::{actor::Actor, dossiers::State, ids::PersonId, rejection::Code};
use persistence::{
    Json, Tx,
    disclosures::Reading,
    dossiers::{self, Held},
    events::{self, NewEvent},
    people, uploads,
};

use crate::{
    call::Call,
    dossiers::{beats::Target, drafts},
    exports::use_cases as exports,
    failure::Failure,
    mandates,
};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Drafts that were thrown away.
    pub drafts: usize,
    /// Ended dossiers that stay with their agencies, sealed under the agencies' own keys: records of
    /// a state body, which the law on archives (33/2024) has it keep.
    pub kept: usize,
}

/// Erases a citizen: what they gave and hold ends, drafts go, ended dossiers are sealed anew for their
/// agencies, and then the citizen's key is deleted, with every export, which takes the account and all older
/// copies of anything with it.
///
/// # Errors
/// `not-found`; `state-forbids` while a dossier is under way: its citizen must be reachable.
pub fn erase_person(tx: &mut Tx, call: &Call, person: PersonId) -> Result<Erased, Failure> {
    let actor = Actor::Citizen { person };
    let found = people::lock(tx, person, &Reading::Own(person))?;
    let held = dossiers::of_person(tx, person)?;
    let (unfiled, filed): (Vec<Held>, Vec<Held>) = held
        .into_iter()
        .partition(|dossier| dossier.state == State::Draft);
    if filed.iter().any(|dossier| !dossier.state.is_terminal()) {
        return Err(Code::StateForbids.into());
    }
    let as_citizen = Call {
        actor,
        ..call.clone()
    };
    for draft in &unfiled {
        let target = Target {
            id: draft.id,
            version: draft.version,
        };
        drafts::discard_draft(tx, &as_citizen, target)?;
    }
    for dossier in &filed {
        dossiers::keep_for_the_agency(tx, dossier.id)?;
    }
    mandates::use_cases::end_all_of(tx, &as_citizen, person)?;
    uploads::remove_all_of(tx, person, call.now)?;
    exports::drop_all(tx, call, person)?;
    people::erase(tx, person)?;
    events::append(
        tx,
        NewEvent {
            id: call.id(),
            dossier: None,
            agency: None,
            person: Some(person),
            version: found.version + 1,
            kind: "person_erased",
            actor: &call.actor,
            at: call.now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::empty(),
        },
    )?;
    Ok(Erased {
        drafts: unfiled.len(),
        kept: filed.len(),
    })
}
