//! The clocks of the one-stop desk itself: answer, forward, ask.

use super::{ClockTime, TimeLimit, WorkingTime, preview};
use crate::{
    rejection::{Code, Rejection},
    time::Time,
};

/// When a limit that starts at an instant ends, if nothing else happens.
///
/// # Errors
/// `calendar-missing`.
pub fn ends_at(limit: TimeLimit, from: Time, working: &WorkingTime<'_>) -> Result<Time, Rejection> {
    let ledger = preview(limit, from, working)?;
    ledger.due_at.ok_or_else(|| Code::StateForbids.into())
}

/// Until when what was accepted then goes on to the specialist unit: the close of that day, or, when
/// it was accepted after the cut-off (15:00:00 itself is not after) or on a day off, the start of the
/// next working day (309/2026/NĐ-CP).
///
/// # Errors
/// `calendar-missing`.
pub fn forward_by(
    accepted_at: Time,
    cutoff: ClockTime,
    working: &WorkingTime<'_>,
) -> Result<Time, Rejection> {
    let date = accepted_at.date();
    if accepted_at <= cutoff.on(date)
        && let Some(close) = working.close_of(date)?
    {
        return Ok(close.max(accepted_at));
    }
    let tomorrow = date.succ_opt().ok_or(Code::CalendarMissing)?;
    working.next_opening(ClockTime::MIDNIGHT.on(tomorrow))
}
