//! Deadlines (thời hạn giải quyết): the working-time engine, and due dates that explain themselves.
//!
//! The rules, once for all kinds of limit:
//!
//! - The clock reads whole minutes: an instant counts as the minute it falls in.
//! - A dossier accepted outside working sessions counts as received at the next opening.
//! - Sessions, days off and swapped days are data. A year without a calendar is refused
//!   (`calendar-missing`), never guessed.
//! - Limits in working minutes, hours and days by hours run through sessions and stand still in a
//!   pause. Limits in whole days count days, see [`DayCounting::ByDays`] and [`ledger`].

mod calendar_file;
mod certainty;
mod clock_time;
mod limit;
mod sessions_file;

pub use calendar_file::{CalendarFile, CalendarYear, DayOff, SwappedDay};
pub use certainty::Certainty;
pub use clock_time::ClockTime;
pub use limit::{DayCounting, TimeLimit};
pub use sessions_file::{
    Session, SessionPattern, SessionsFile, SessionsInForce, Weekday, WeekdaySessions,
};
