//! Assigning, taking up, releasing; and whose work a dossier is now.

use domain::{
    actor::Actor,
    assignments::{Assignment, AssignmentEnd, can_be_given_to, can_work},
    dossiers::{Case, Command, Dossier, decide, permitted},
    ids::OfficerId,
    officers::roles_at,
    personal::Personal,
};
use persistence::{
    Tx,
    assignments::{self, Work},
    officers::grants,
};

use super::wire::WorkOf;
use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// To whom, and why.
type Reason = Option<Personal<String>>;

/// Whose work a dossier is, as far as it matters to whoever asks: to citizens and to the house it does
/// not. An officer who holds no role any more that works on dossiers has none, whatever was assigned.
///
/// # Errors
/// As the store reports them.
pub(crate) fn assignee_for(
    tx: &mut Tx,
    call: &Call,
    dossier: &Dossier,
) -> Result<Option<OfficerId>, Failure> {
    if !matches!(call.actor, Actor::Officer { .. }) || dossier.accepted_at.is_none() {
        return Ok(None);
    }
    let Some(open) = assignments::open_of(tx, dossier.id)? else {
        return Ok(None);
    };
    let held = grants::of_active(tx, open.officer, dossier.agency)?;
    let works = can_work(roles_at(&held, dossier.agency, call.now));
    Ok(works.then_some(open.officer))
}

/// The work asked for, of this caller's.
///
/// # Errors
/// `role-forbids` for anybody but officers.
pub fn work(call: &Call, of: Option<WorkOf>) -> Result<Option<Work>, Failure> {
    Ok(match of {
        None => None,
        Some(WorkOf::Mine) => Some(Work::Of(call.officer()?)),
        Some(WorkOf::Unassigned) => Some(Work::Nobodys {
            on: call.now.date(),
        }),
    })
}

/// A leader gives a dossier to an officer.
///
/// # Errors
/// `unknown-reference` at `/officer_id` unless that officer works on dossiers at the agency now,
/// `already-assigned`; those of [`beats::change`].
pub fn assign_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    (to, reason): (OfficerId, Reason),
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |tx, case| {
        // Whether it may be given at all comes before to whom.
        permitted(case, Command::Assign, &call.actor)?;
        let agency = case.dossier.agency;
        let held = grants::of_active(tx, to, agency)?;
        can_be_given_to(roles_at(&held, agency, call.now))?;
        let decision = decide::assign(case, &call.actor, to)?;
        hand(tx, call, case, (to, reason), AssignmentEnd::Reassigned)?;
        Ok(decision)
    })
}

/// An officer takes a dossier up.
///
/// # Errors
/// `already-assigned`; `required` at `/reason` where it is another officer's work; those of
/// [`beats::change`].
pub fn take_up_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: Reason,
) -> Result<Dossier, Failure> {
    let signed_in = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        // Whoever stands in takes it up for the one who is stood in for.
        let by = tx.on_behalf_of().unwrap_or(signed_in);
        let decision = decide::take_up(case, &call.actor, by, reason.is_some())?;
        hand(tx, call, case, (by, reason), AssignmentEnd::TakenOver)?;
        Ok(decision)
    })
}

/// A dossier goes back to the common pile.
///
/// # Errors
/// `not-assigned`, `assigned-to-another`; those of [`beats::change`].
pub fn release_dossier(tx: &mut Tx, call: &Call, target: Target) -> Result<Dossier, Failure> {
    let by = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        let decision = decide::release(case, &call.actor)?;
        let at = (by, decision.dossier.updated_at);
        assignments::end(tx, case.dossier.id, at, AssignmentEnd::Released)?;
        Ok(decision)
    })
}

/// Ends the assignment there was and writes down the new one.
fn hand(
    tx: &mut Tx,
    call: &Call,
    case: &Case,
    (to, reason): (OfficerId, Reason),
    how: AssignmentEnd,
) -> Result<(), Failure> {
    let (by, at) = (call.officer()?, case.dossier.moment(call.now));
    let dossier = &case.dossier;
    assignments::end(tx, dossier.id, (by, at), how)?;
    let assignment = Assignment {
        id: call.id(),
        dossier: dossier.id,
        filed_with: dossier.filed_with,
        holder: dossier.agency,
        officer: to,
        assigned_by: by,
        assigned_at: at,
        reason,
    };
    Ok(assignments::insert(tx, &assignment)?)
}
