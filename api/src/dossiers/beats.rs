//! The six beats every change of a dossier takes: load under lock, check version, decide, save,
//! event, outbox.

use domain::{
    actor::Actor,
    disclosures::AccessAction,
    dossiers::{Case, Dossier, decide::Decision, filing::required_papers},
    ids::DossierId,
    procedures::ProcedureVersion,
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    papers, payments, results, supplements,
};

use crate::{
    assignments::use_cases::assignee_for, call::Call, failure::Failure,
    mandates::acting::may_change, notices::making as notices,
};

/// Which dossier, and the version its author last saw (`If-Match`).
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The dossier.
    pub id: DossierId,
    /// The version.
    pub version: i64,
}

/// Changes a dossier: everything around it is loaded under its lock, the rule decides, and the
/// change commits with its event and its notice or not at all.
///
/// # Errors
/// `unauthenticated` when the officer's account is gone, `role-forbids` for officers who read no
/// dossier at all, `not-found` when the dossier is missing or foreign, `version-mismatch` when it has
/// moved on, `mandate-does-not-cover` for a delegate, or whatever the rule says.
pub fn change(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    decide: impl FnOnce(&mut Tx, &Case) -> Result<Decision, Failure>,
) -> Result<Dossier, Failure> {
    Ok(changed(tx, call, target, decide)?.dossier)
}

/// As [`change`], with what surrounds the dossier as the decision left it.
///
/// # Errors
/// As [`change`].
pub fn changed(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    decide: impl FnOnce(&mut Tx, &Case) -> Result<Decision, Failure>,
) -> Result<Case, Failure> {
    // A citizen's dossier refers to the account, so that one cannot be gone.
    if matches!(call.actor, Actor::Officer { .. }) {
        call.account_stands(tx)?;
    }
    let dossier = persistence::dossiers::lock(tx, target.id, &call.reading(AccessAction::Work)?)?;
    if dossier.version != target.version {
        return Err(StoreError::Stale {
            current_version: dossier.version,
        }
        .into());
    }
    let mut case = case_of(tx, call, dossier)?;
    let decision = decide(tx, &case)?;
    may_change(tx, call, &decision)?;
    for touched in &decision.supplements {
        case.supplements.retain(|known| known.id != touched.id);
        case.supplements.push(touched.clone());
    }
    case.supplements.sort_by_key(|one| one.round);
    case.dossier = save(tx, call, decision)?;
    Ok(case)
}

/// The version of its procedure that a dossier lives by: until it is accepted the one in force
/// today, so that nobody files or accepts by rules that have ended; then the one it was accepted
/// under. Where none is in force today it keeps the one it has; filing and accepting refuse then.
///
/// # Errors
/// `internal` when the store is at odds with the catalogue.
pub fn law_of<'a>(call: &'a Call, dossier: &Dossier) -> Result<&'a ProcedureVersion, Failure> {
    if dossier.awaits_acceptance()
        && let Ok(today) = call.posted.in_force(&dossier.procedure, call.now.date())
    {
        return Ok(today);
    }
    call.posted
        .version(&dossier.procedure, dossier.procedure_version)
}

/// The dossier with everything a rule may ask about, living by the [law](law_of) of its day.
///
/// # Errors
/// `internal` when the store is at odds with the catalogue.
pub fn case_of(tx: &mut Tx, call: &Call, mut dossier: Dossier) -> Result<Case, Failure> {
    let procedure = law_of(call, &dossier)?;
    dossier.live_by(procedure);
    Ok(Case {
        papers: papers::of_dossier(tx, dossier.id)?,
        supplements: supplements::of_dossier(tx, dossier.id)?,
        obligations: payments::obligations_of(tx, dossier.id)?,
        results: results::of_dossier(tx, dossier.id)?,
        required_papers: required_papers(procedure),
        assignee: assignee_for(tx, call, &dossier)?,
        stands_in_for: tx.on_behalf_of(),
        dossier,
        now: call.now,
    })
}

/// Saves what was decided: the dossier, the supplement requests it touches, the event, the notice.
///
/// # Errors
/// `version-mismatch` when somebody was faster.
pub fn save(tx: &mut Tx, call: &Call, decision: Decision) -> Result<Dossier, Failure> {
    persistence::dossiers::update(tx, &decision.dossier)?;
    trace(tx, call, decision)
}

/// Saves a dossier that did not exist before.
///
/// # Errors
/// `already-exists` when the id is taken, `unauthenticated` when the author's account is gone.
pub fn create(tx: &mut Tx, call: &Call, decision: Decision) -> Result<Dossier, Failure> {
    call.account_stands(tx)?;
    persistence::dossiers::insert(tx, &decision.dossier)?;
    trace(tx, call, decision)
}

/// Writes the traces of a saved change: supplement requests, event, notice.
pub(super) fn trace(tx: &mut Tx, call: &Call, decision: Decision) -> Result<Dossier, Failure> {
    let Decision {
        dossier,
        event,
        supplements: touched,
    } = decision;
    for supplement in &touched {
        supplements::save(tx, dossier.filed_with, supplement)?;
    }
    let id = call.id();
    events::append_under(
        tx,
        NewEvent {
            id,
            dossier: Some(dossier.id),
            agency: Some(dossier.agency),
            person: dossier.owner,
            version: dossier.version,
            kind: event.kind.as_str(),
            actor: &call.actor,
            at: event.at,
            state: Some(event.state.as_str()),
            due_at: event.due_at,
            channel: Some(event.channel.as_str()),
            payload: Json::of(&event.note)?,
        },
        dossier.mandate,
    )?;
    notices::of_dossier(tx, call, (&dossier, &event, &touched), id)?;
    Ok(dossier)
}
