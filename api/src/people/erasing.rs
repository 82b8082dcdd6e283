//! Erasing a citizen (law 91/2025 on personal data, art. 14): what goes, and what must stay.

use domain::{actor::Actor, dossiers::State, ids::PersonId, mandates::Act, rejection::Code};
use persistence::{
    Json, Tx,
    disclosures::Reading,
    dossiers::{self, Held},
    events::{self, NewEvent},
    people, uploads,
};

use crate::{
    call::Call,
    dossiers::{beats::Target, drafts as drafting},
    exports::use_cases as exports,
    failure::Failure,
    mandates,
};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Drafts that were thrown away.
    pub drafts: usize,
    /// Ended dossiers that stay with their agencies: records of a state body, which the law on archives
    /// (33/2024) has it keep. The person's own are sealed under the agencies' own keys; where they
    /// submitted for somebody else, the dossier stays under that person's key or its own.
    pub kept: usize,
}

/// What an erasure finds.
struct Found {
    /// The person's own drafts.
    drafts: Vec<Held>,
    /// Drafts of others that the person wrote as their delegate.
    drafted_for_others: Vec<Held>,
    /// The person's own dossiers that have ended.
    ended: Vec<Held>,
    /// How many of others', submitted by the person, have ended.
    submitted_for_others: usize,
}

fn is_draft(dossier: &Held) -> bool {
    dossier.state == State::Draft
}

fn is_under_way(dossier: &Held) -> bool {
    !is_draft(dossier) && !dossier.state.is_terminal()
}

/// What the person has to do with, if nothing of it is under way.
fn found(tx: &mut Tx, call: &Call, person: PersonId) -> Result<Found, Failure> {
    let own = dossiers::of_person(tx, person)?;
    if own.iter().any(is_under_way) {
        return Err(Code::StateForbids.into());
    }
    let represented = dossiers::represented_by(tx, call.reach(person, Act::Read))?;
    let delegated = dossiers::drafted_by_delegate(tx, person)?;
    if represented.iter().chain(&delegated).any(is_under_way) {
        return Err(Code::RepresentsInOpenDossier.into());
    }
    let (drafts, ended) = own.into_iter().partition(is_draft);
    let (drafted_for_others, submitted): (Vec<Held>, Vec<Held>) =
        delegated.into_iter().partition(is_draft);
    Ok(Found {
        drafts,
        drafted_for_others,
        ended,
        submitted_for_others: submitted.len(),
    })
}

/// Erases a citizen: what they gave and hold ends, drafts go, those they wrote for others too, ended
/// dossiers are sealed anew for their agencies, and then the citizen's key is deleted, with every export,
/// which takes the account and all older copies of anything with it.
///
/// # Errors
/// `not-found`; `state-forbids` while a dossier is under way: its citizen must be reachable;
/// `represents-in-open-dossier` while one of somebody else is, which they submitted or whose ward or
/// organisation they represent: nobody else may be there who sees and answers it.
pub fn erase_person(tx: &mut Tx, call: &Call, person: PersonId) -> Result<Erased, Failure> {
    let actor = Actor::Citizen { person };
    let account = people::lock(tx, person, &Reading::Own(person))?;
    let Found {
        drafts,
        drafted_for_others,
        ended,
        submitted_for_others,
    } = found(tx, call, person)?;
    let as_citizen = Call {
        actor,
        ..call.clone()
    };
    for draft in &drafts {
        drafting::discard_draft(tx, &as_citizen, target(draft))?;
    }
    for draft in &drafted_for_others {
        drafting::discard_by_the_house(tx, &as_citizen, target(draft))?;
    }
    for dossier in &ended {
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
            version: account.version + 1,
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
        drafts: drafts.len() + drafted_for_others.len(),
        kept: ended.len() + submitted_for_others,
    })
}

const fn target(draft: &Held) -> Target {
    Target {
        id: draft.id,
        version: draft.version,
    }
}
