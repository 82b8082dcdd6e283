//! One line of a ledger: what happened to the clock, in words an app can show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClockTime, PauseReason, working_time::to_the_minute};
use crate::{text::Localized, time::Time};

/// A step in the computation of a due date. A ledger lists them in order of time: dates never go
/// back, and neither do instants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Segment {
    /// Received (or complete again) outside working sessions: counts from the next opening.
    WaitingForOpening {
        /// When it was received.
        from: Time,
        /// The next opening.
        to: Time,
    },
    /// Time that counts, on one date.
    Counted {
        /// First instant.
        from: Time,
        /// Last instant.
        to: Time,
        /// Working minutes between them; 0 on a day without sessions that a limit in calendar
        /// days counts nevertheless.
        minutes: u32,
        /// Which day of a limit in whole days this date is; absent if the date is not counted as
        /// a day (the day of acceptance) and for limits in hours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<u32>,
    },
    /// Weekdays the agency does not work.
    WeekendSkipped {
        /// First date.
        from_date: NaiveDate,
        /// Last date.
        to_date: NaiveDate,
    },
    /// Days off.
    DayOffSkipped {
        /// First date.
        from_date: NaiveDate,
        /// Last date.
        to_date: NaiveDate,
        /// What they are.
        name: Localized,
        /// The law or announcement.
        #[schema(max_length = 500)]
        source: String,
    },
    /// A weekend day that is worked and therefore counts.
    SwappedDayAdded {
        /// The day.
        date: NaiveDate,
        /// The day off it makes up for, if the calendar names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        for_date: Option<NaiveDate>,
        /// What it is.
        name: Localized,
        /// The law or announcement.
        #[schema(max_length = 500)]
        source: String,
    },
    /// The clock stands still.
    Paused {
        /// Since when.
        from: Time,
        /// Until when; absent while it still stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Time>,
        /// What is waited for.
        why: PauseReason,
    },
    /// The clock starts from zero; what was counted before does not count any more.
    Restarted {
        /// When the supplement was complete.
        at: Time,
    },
    /// Received after the cut-off of a same-day procedure: belongs to the next working day.
    CutoffPassed {
        /// When it was received.
        at: Time,
        /// The cut-off.
        cutoff: ClockTime,
    },
    /// The last day is not worked: the limit ends on the next working day.
    MovedToWorkingDay {
        /// The last day by counting.
        from_date: NaiveDate,
        /// The day it ends on.
        to_date: NaiveDate,
    },
    /// A new date was appointed, with apology.
    Extended {
        /// When.
        at: Time,
        /// The due date until then; absent if the clock stood still.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old_due: Option<Time>,
        /// The new date.
        new_due: Time,
        /// Code of the reason.
        #[schema(max_length = 1000)]
        reason: String,
        /// Whether the due date follows.
        moves_due: bool,
    },
}

impl Segment {
    /// The minute in which the segment begins, or the date it begins with where it is about whole
    /// dates.
    pub fn begins(&self) -> Begins {
        match self {
            Self::WaitingForOpening { from, .. }
            | Self::Counted { from, .. }
            | Self::Paused { from, .. } => Begins::At(to_the_minute(*from)),
            Self::WeekendSkipped { from_date, .. } | Self::DayOffSkipped { from_date, .. } => {
                Begins::On(*from_date)
            }
            Self::SwappedDayAdded { date, .. } => Begins::On(*date),
            Self::MovedToWorkingDay { to_date, .. } => Begins::On(*to_date),
            Self::Restarted { at } | Self::CutoffPassed { at, .. } | Self::Extended { at, .. } => {
                Begins::At(to_the_minute(*at))
            }
        }
    }

    /// Whether this segment about whole dates already says what the other one does.
    pub(super) fn tells_all_of(&self, other: &Self) -> bool {
        match (self.skipped(), other.skipped()) {
            (Some((from, to)), Some((other_from, other_to))) => {
                from <= other_from && other_to <= to
            }
            (None, None) => matches!(self, Self::SwappedDayAdded { .. }) && self == other,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn skipped(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::WeekendSkipped { from_date, to_date }
            | Self::DayOffSkipped {
                from_date, to_date, ..
            } => Some((*from_date, *to_date)),
            Self::WaitingForOpening { .. }
            | Self::Counted { .. }
            | Self::SwappedDayAdded { .. }
            | Self::Paused { .. }
            | Self::Restarted { .. }
            | Self::CutoffPassed { .. }
            | Self::MovedToWorkingDay { .. }
            | Self::Extended { .. } => None,
        }
    }
}

/// Where a segment begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// At an instant.
    At(Time),
    /// With a date.
    On(NaiveDate),
}

impl Begins {
    /// The date in Viet Nam.
    pub fn date(self) -> NaiveDate {
        match self {
            Self::At(at) => at.date(),
            Self::On(date) => date,
        }
    }
}
