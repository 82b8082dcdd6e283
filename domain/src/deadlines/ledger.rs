//! The due date, and the account of how it came about.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Clock, Segment, TimeLimit, WorkingTime,
    run::{Run, in_order},
};
use crate::{rejection::Rejection, time::Time};

/// Working minutes before the due date at which a dossier is "about to be late" (sắp hết hạn): 24
/// hours on the working clock.
pub const WARNING_MINUTES: u32 = 24 * 60;

/// A due date that explains itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ledger {
    /// The due date in force (ngày hẹn trả); absent while the clock stands still.
    pub due_at: Option<Time>,
    /// The due date given at acceptance, before any pause, restart or extension.
    pub original_due_at: Time,
    /// Since when the agency waits for the citizen.
    pub paused_since: Option<Time>,
    /// Working minutes the limit holds, since the last restart if there was one. For limits in
    /// whole days: those of the time they fall on.
    pub allowed_minutes: u32,
    /// Working minutes that have counted so far.
    pub counted_minutes: u32,
    /// Working minutes that are left.
    pub remaining_minutes: u32,
    /// The calendar it was computed with.
    pub calendar_version: String,
    /// What happened, in order of time and on to the due date. The minutes counted since the last
    /// restart add up to `allowed_minutes`, or while the clock stands still to `counted_minutes`.
    pub segments: Vec<Segment>,
}

/// Computes a due date. `until` is the present instant: it bears on `counted_minutes` and
/// `remaining_minutes` only, and must not lie before any of the facts.
///
/// How facts act:
///
/// - **Pause, limits in minutes, hours and days by hours**: working minutes in the pause do not
///   count; what was left at its beginning is left at its end.
/// - **Pause, whole working days and the same day**: a working day counts if the clock runs in its
///   last working minute. So the days from the one a pause begins on up to but excluding the one
///   it ends on do not count, a pause within one day changes nothing, and days left at its
///   beginning are left at its end.
/// - **Pause, calendar days**: the same with dates; on a date without sessions the last minute is
///   the one before midnight. If all days were counted and the limit had only moved on to a
///   working day, it ends on the first working day in whose last minute the clock runs.
/// - **Restart**: when a supplement is complete, the whole limit begins anew, received then.
/// - **Extension that moves the due date**: the new date holds as it was promised. Later pauses
///   move it by the working minutes they cover, whatever the unit of the limit was.
/// - **A clock that ran out stays run out**: a pause or a restart after the due date cannot make a
///   late dossier timely. Only an extension names a new date.
///
/// # Errors
/// `calendar-missing` if a date is needed that has no calendar or no sessions; `invalid-content`
/// if pauses overlap or end before they begin.
pub fn ledger(clock: &Clock, working: &WorkingTime<'_>, until: Time) -> Result<Ledger, Rejection> {
    let Clock {
        limit,
        accepted_at,
        pauses: _,
        extension: _,
        on_supplement,
    } = clock;
    let pauses = clock.pauses_in_order()?;
    let mut run = Run::start(*limit, *on_supplement, *accepted_at, until, working)?;
    let original_due_at = run.due();
    for event in in_order(clock, &pauses) {
        run.take(&event)?;
    }
    run.ledger(original_due_at)
}

/// The ledger of a dossier if it were accepted at `at` and nothing else happened.
///
/// # Errors
/// As [`ledger`].
pub fn preview(limit: TimeLimit, at: Time, working: &WorkingTime<'_>) -> Result<Ledger, Rejection> {
    ledger(&Clock::started(limit, at), working, at)
}

/// When to warn that a dossier is about to be late: [`WARNING_MINUTES`] of working time before it
/// is due. For shorter limits this lies before acceptance: they are urgent from the beginning.
///
/// # Errors
/// `calendar-missing` as everywhere.
pub fn warning_at(due: Time, working: &WorkingTime<'_>) -> Result<Time, Rejection> {
    working.subtract_minutes(due, WARNING_MINUTES)
}

/// Before when a dossier must be due to be warned of at `now`, or to be late already: [`warning_at`]
/// turned round, for lists, which ask for a range of due dates. Out of sessions the next opening
/// counts as now.
///
/// # Errors
/// `calendar-missing` as everywhere.
pub fn warned_before(now: Time, working: &WorkingTime<'_>) -> Result<Time, Rejection> {
    let last = working.add_minutes(now, WARNING_MINUTES)?;
    // What is due at an opening is as near as what was due at the close before it.
    let opening = working.next_opening(last)?;
    Ok(opening.plus(chrono::Duration::minutes(1)))
}
