//! The time limit of a procedure, in the units the law uses.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ClockTime;
use crate::rejection::{Code, Fault};

/// Longest limit accepted, in working minutes: 400 days of 8 hours. No procedure comes near it;
/// what is above is a mistyped unit.
const MOST_MINUTES: u32 = MOST_HOURS * 60;
/// Longest limit accepted, in working hours.
const MOST_HOURS: u32 = 400 * 8;
/// Longest limit accepted, in days.
const MOST_DAYS: u32 = 400;

/// How long the agency may take (thời hạn giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum TimeLimit {
    /// Working minutes.
    WorkingMinutes {
        /// How many.
        #[schema(minimum = 1, maximum = 192_000)]
        minutes: u32,
    },
    /// Working hours (giờ làm việc).
    WorkingHours {
        /// How many.
        #[schema(minimum = 1, maximum = 3200)]
        hours: u32,
    },
    /// Working days (ngày làm việc).
    WorkingDays {
        /// How many.
        #[schema(minimum = 1, maximum = 400)]
        days: u32,
        /// Whether it ends at the same clock time or at the close of the last day.
        #[serde(default)]
        counting: DayCounting,
    },
    /// Calendar days (ngày): the day of acceptance is excluded; a last day without sessions moves
    /// to the next working day (Bộ luật Dân sự 2015, art. 147-148). Ends at the close of that day.
    CalendarDays {
        /// How many.
        #[schema(minimum = 1, maximum = 400)]
        days: u32,
    },
    /// The same day (trong ngày); received after the cut-off, the close of the next working day.
    SameDay {
        /// Last instant that still counts as the same day: 15:00:00 itself does, one second later
        /// does not.
        #[serde(default = "three_in_the_afternoon")]
        cutoff: ClockTime,
    },
}

/// When a limit in working days ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayCounting {
    /// At the same clock time after so many working days, as the desks count (3 days from Monday
    /// 10:00 end on Thursday 10:00). The allowance is the session time between the two, whatever a
    /// day's length is: a day is never taken as 8 hours. What starts with the first session of a day
    /// has that day and the following ones whole, and ends at a close; what starts after lunch ends
    /// before lunch, when the allowance is used up.
    #[default]
    ByHours,
    /// At the close of the last day, the day of acceptance excluded (Bộ luật Dân sự 2015,
    /// art. 147-148).
    ByDays,
}

fn three_in_the_afternoon() -> ClockTime {
    ClockTime::THREE_PM
}

impl TimeLimit {
    /// Every fault of the limit, with pointers below `pointer`.
    pub fn faults(&self, pointer: &str) -> Vec<Fault> {
        let (field, value, most) = match self {
            Self::WorkingMinutes { minutes } => ("minutes", *minutes, MOST_MINUTES),
            Self::WorkingHours { hours } => ("hours", *hours, MOST_HOURS),
            Self::WorkingDays { days, counting: _ } | Self::CalendarDays { days } => {
                ("days", *days, MOST_DAYS)
            }
            Self::SameDay { cutoff: _ } => return Vec::new(),
        };
        if (1..=most).contains(&value) {
            return Vec::new();
        }
        vec![
            Fault::new(format!("{pointer}/{field}"), Code::OutOfRange).because(
                format!("Thời hạn phải từ 1 đến {most}."),
                format!("A time limit is from 1 to {most}."),
            ),
        ]
    }
}
