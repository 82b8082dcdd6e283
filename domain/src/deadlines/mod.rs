//! Deadlines (thời hạn giải quyết): the working-time engine, and due dates that explain themselves.
//!
//! The rules, once for all kinds of limit:
//!
//! - The clock reads whole minutes: an instant counts as the minute it falls in.
//! - A dossier accepted outside working sessions counts as received at the next opening.
//! - Sessions, days off and swapped days are data. A date without a calendar or without sessions
//!   in force is refused (`calendar-missing`), never guessed.
//! - Limits in working minutes, hours and days by hours run through sessions and stand still in a
//!   pause. Limits in whole days count days. [`ledger`] says exactly how pauses, restarts and
//!   extensions act on each.

mod calendar;
mod calendar_file;
mod certainty;
mod clock;
mod clock_time;
mod desk;
mod ledger;
mod limit;
#[cfg(any(test, feature = "oracle"))]
pub mod oracle;
mod remaining;
mod run;
mod segment;
mod sessions;
mod sessions_file;
mod stretch;
mod working_time;

#[cfg(test)]
mod tests;

pub use calendar::{Calendar, Day};
pub use calendar_file::{CalendarFile, CalendarYear, DayOff, SwappedDay};
pub use certainty::Certainty;
pub use clock::{Clock, Extension, Pause, PauseReason, SupplementClock};
pub use clock_time::{ClockTime, NotAClockTime};
pub use desk::{ends_at, forward_by};
pub use ledger::{Ledger, WARNING_MINUTES, ledger, preview, warned_before, warning_at};
pub use limit::{DayCounting, TimeLimit};
pub use segment::{Begins, Segment};
pub use sessions::WorkingSessions;
pub use sessions_file::{
    Session, SessionPattern, SessionsFile, SessionsInForce, Weekday, WeekdaySessions,
};
pub use working_time::WorkingTime;
