//! A due date worked out anew, because the calendar or an agency's sessions changed.

use super::{Decision, decided};
use crate::{
    deadlines::{WorkingTime, ledger},
    dossiers::{Dossier, EventKind, event::Note},
    rejection::Rejection,
    time::Time,
};

/// The due date that a running clock gives by this calendar, if it is another than the one in force.
/// It moves the dossier nowhere, so it is no command of the table: the house keeps the date that it
/// names and the account of it the same. A clock that stands still is computed when it runs again,
/// and what has ended stays as it ended.
///
/// # Errors
/// `calendar-missing` when the new date falls in a year whose calendar is not loaded.
pub fn recompute_due(
    dossier: &Dossier,
    now: Time,
    working: &WorkingTime<'_>,
) -> Result<Option<Decision>, Rejection> {
    let Some(clock) = dossier.clock.as_ref().filter(|_| dossier.clock_runs()) else {
        return Ok(None);
    };
    let at = dossier.moment(now);
    let due_at = ledger(clock, working, at)?.due_at;
    if due_at.is_none() || due_at == dossier.due_at {
        return Ok(None);
    }
    let mut next = dossier.clone();
    next.version = next.version.saturating_add(1);
    next.updated_at = at;
    next.due_at = due_at;
    let note = Note {
        old_due_at: dossier.due_at,
        ..Note::default()
    };
    Ok(Some(decided(next, EventKind::DueDateRecomputed, note)))
}
