//! Whose work it is, and which agency's; opening again what was closed, and dates beyond the first apology.

use super::{Apology, Decision, decided, moved, outcome::with_new_date};
use crate::{
    actor::Actor,
    deadlines::WorkingTime,
    dossiers::{
        Case, Command, EventKind,
        event::{FourEyes, Moved, Note},
    },
    ids::OfficerId,
    rejection::{Code, Fault, Rejection},
    transfers::{Transfer, goes_elsewhere},
};

/// A leader gives it to an officer who works on dossiers there; that is settled by the caller.
///
/// # Errors
/// `already-assigned` when it is that officer's work.
pub fn assign(case: &Case, actor: &Actor, to: OfficerId) -> Result<Decision, Rejection> {
    given(case, Command::Assign, actor, to)
}

/// An officer takes it up from the common pile; from another officer only with a reason.
///
/// # Errors
/// `already-assigned` when it is their work; `required` at `/reason`.
pub fn take_up(
    case: &Case,
    actor: &Actor,
    by: OfficerId,
    has_reason: bool,
) -> Result<Decision, Rejection> {
    let decision = given(case, Command::TakeUp, actor, by)?;
    if case.assignee.is_some() && !has_reason {
        let fault = Fault::new("/reason", Code::Required).because(
            "Hồ sơ đang được phân công cho cán bộ khác: phải nêu lý do nhận chuyển phân công.",
            "The dossier is another officer's work: say why it is taken over.",
        );
        Rejection::of_faults(vec![fault])?;
    }
    Ok(decision)
}

fn given(
    case: &Case,
    command: Command,
    actor: &Actor,
    to: OfficerId,
) -> Result<Decision, Rejection> {
    let next = moved(case, command, actor)?;
    if case.assignee == Some(to) {
        return Err(Code::AlreadyAssigned.into());
    }
    let note = Note {
        officer: Some(to),
        ..Note::default()
    };
    Ok(decided(next, EventKind::Assigned, note))
}

/// It goes back to the common pile: by whoever works on it, or a leader.
pub fn release(case: &Case, actor: &Actor) -> Result<Decision, Rejection> {
    let next = moved(case, Command::Release, actor)?;
    let note = Note {
        officer: case.assignee,
        ..Note::default()
    };
    Ok(decided(next, EventKind::Released, note))
}

/// It goes to the agency that is competent; that it offers the procedure is settled by the caller. What
/// the leaders of the old one decided or consented to does not bind the new one.
///
/// # Errors
/// `out-of-range` at `/agency_id` when it goes nowhere.
pub fn transfer(case: &Case, actor: &Actor, transfer: Transfer) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Transfer, actor)?;
    let Transfer { to, reason, text } = transfer;
    let from = next.agency;
    goes_elsewhere(from, to)?;
    next.agency = to;
    next.verdict = None;
    next.round_consent = None;
    let note = Note {
        reason: Some(text),
        moved: Some(Moved {
            from,
            to,
            why: reason,
        }),
        ..Note::default()
    };
    Ok(decided(next, EventKind::Transferred, note))
}

/// The due date moves beyond what one apology gives; both people are settled by the caller, and `actor` is
/// the second.
///
/// # Errors
/// As [`apologise`](super::apologise); `apology-first`.
pub fn extend_deadline(
    case: &Case,
    actor: &Actor,
    apology: Apology,
    four_eyes: FourEyes,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let next = moved(case, Command::ExtendDeadline, actor)?;
    let (next, mut note) = with_new_date(case, next, apology, working)?;
    note.four_eyes = Some(four_eyes);
    Ok(decided(next, EventKind::DeadlineExtended, note))
}

/// What was closed by mistake is open again. The clock ran on meanwhile, as if it had never been closed:
/// the citizen loses no day by the agency's mistake, and the due date is what was promised. It needs a new
/// decision.
pub fn reopen(
    case: &Case,
    actor: &Actor,
    (reason, legal_ground): (String, String),
    four_eyes: FourEyes,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Reopen, actor)?;
    next.finished_at = None;
    next.verdict = None;
    next.stage_before_withdrawal = None;
    let note = Note {
        reason: Some(reason),
        legal_ground: Some(legal_ground),
        four_eyes: Some(four_eyes),
        ..Note::default()
    };
    Ok(decided(next, EventKind::Reopened, note))
}
