//! Ways out without a result: withdrawal and stop.

use super::{Decision, decided, end_pause, moved, supplementing::closed, written_down_by};
use crate::{
    actor::Actor,
    deadlines::WorkingTime,
    dossiers::{Case, Command, Dossier, EventKind, event::Note},
    rejection::Rejection,
    supplements::SupplementStatus,
};

/// The citizen asks for the dossier back; without an account, at the desk.
pub fn withdraw(case: &Case, actor: &Actor, reason: Option<String>) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Withdraw, actor)?;
    next.stage_before_withdrawal = Some(case.dossier.state);
    Ok(decided(
        next,
        EventKind::WithdrawalRequested,
        Note {
            reason,
            assistance: written_down_by(actor),
            ..Note::default()
        },
    ))
}

/// The desk confirms the withdrawal of an accepted dossier, with a reason if there is one to give.
///
/// # Errors
/// `calendar-missing` when the clock stands still and its due instant cannot be told.
pub fn grant_withdrawal(
    case: &Case,
    actor: &Actor,
    reason: Option<String>,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::GrantWithdrawal, actor)?;
    end_pause(&mut next, working)?;
    let note = Note {
        reason,
        ..Note::default()
    };
    Ok(ended(case, next, EventKind::WithdrawalGranted, note))
}

/// A dossier taken back before acceptance needs nobody's consent: the system lets it go at once.
pub fn release_unaccepted(case: &Case) -> Result<Decision, Rejection> {
    let next = moved(case, Command::ReleaseUnaccepted, &Actor::System)?;
    Ok(ended(
        case,
        next,
        EventKind::WithdrawalGranted,
        Note::default(),
    ))
}

/// The desk declines the withdrawal; the dossier goes back to where it was.
pub fn decline_withdrawal(
    case: &Case,
    actor: &Actor,
    reason: String,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::DeclineWithdrawal, actor)?;
    next.stage_before_withdrawal = None;
    Ok(decided(
        next,
        EventKind::WithdrawalDeclined,
        Note::reason(reason),
    ))
}

/// The agency stops processing, with the reason and the legal ground (form 05).
///
/// # Errors
/// `calendar-missing` when the clock stands still and its due instant cannot be told.
pub fn stop(
    case: &Case,
    actor: &Actor,
    reason: String,
    legal_ground: String,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Stop, actor)?;
    end_pause(&mut next, working)?;
    let note = Note {
        reason: Some(reason),
        legal_ground: Some(legal_ground),
        ..Note::default()
    };
    Ok(ended(case, next, EventKind::Stopped, note))
}

/// Marks the end: a dossier that was accepted is finished, and a request nobody settled is void.
fn ended(case: &Case, mut next: Dossier, kind: EventKind, note: Note) -> Decision {
    if next.accepted_at.is_some() {
        next.finished_at = Some(next.updated_at);
    }
    let unsettled = case
        .latest_supplement()
        .is_some_and(|s| s.closed_at.is_none());
    let void = closed(case, SupplementStatus::Void, next.updated_at).filter(|_| unsettled);
    let decision = decided(next, kind, note);
    match void {
        Some(supplement) => decision.with(supplement),
        None => decision,
    }
}
