//! What is left of a limit, and where it ends if the clock runs on.

use chrono::{Days, NaiveDate};

use super::{ClockTime, DayCounting, TimeLimit, WorkingTime, working_time::next};
use crate::{rejection::Rejection, time::Time};

/// What is left.
#[derive(Debug, Clone, Copy)]
pub(super) enum Remaining {
    /// Working minutes.
    Minutes(u32),
    /// Whole days.
    Days(DaysLeft),
}

/// Whole days that are left.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaysLeft {
    /// How many.
    pub(super) left: u32,
    /// How many were counted before.
    pub(super) done: u32,
    /// The next date that may count.
    pub(super) next: NaiveDate,
    /// Whether days without sessions count too.
    pub(super) calendar: bool,
}

/// Where a limit in days ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastDay {
    /// By counting.
    pub(super) counted: NaiveDate,
    /// On a working day.
    pub(super) worked: NaiveDate,
}

impl Remaining {
    /// All of a limit, received at `at`; the cut-off compares seconds too.
    pub(super) fn whole(
        limit: TimeLimit,
        at: Time,
        working: &WorkingTime<'_>,
    ) -> Result<Self, Rejection> {
        let opening = working.next_opening(at)?;
        let days = |days: u32, next, calendar| {
            Self::Days(DaysLeft {
                left: days,
                done: 0,
                next,
                calendar,
            })
        };
        Ok(match limit {
            TimeLimit::WorkingMinutes { minutes } => Self::Minutes(minutes),
            TimeLimit::WorkingHours { hours } => Self::Minutes(hours.saturating_mul(60)),
            TimeLimit::WorkingDays {
                days: count,
                counting: DayCounting::ByHours,
            } => Self::Minutes(session_time(opening, count, working)?),
            TimeLimit::WorkingDays {
                days: count,
                counting: DayCounting::ByDays,
            } => days(count.max(1), next(opening.date())?, false),
            TimeLimit::CalendarDays { days: count } => {
                days(count.max(1), next(opening.date())?, true)
            }
            TimeLimit::SameDay { cutoff } => {
                let day = opening.date();
                if is_past(cutoff, at, opening) {
                    days(1, working.working_day_from(next(day)?)?, false)
                } else {
                    days(1, day, false)
                }
            }
        })
    }

    /// The due date if the clock runs on from `at`.
    pub(super) fn due(self, at: Time, working: &WorkingTime<'_>) -> Result<Time, Rejection> {
        match self {
            Self::Minutes(minutes) => working.add_minutes(at, minutes),
            Self::Days(days) => {
                let last = days.last_day(working)?.worked;
                Ok(working
                    .close_of(last)?
                    .unwrap_or_else(|| ClockTime::MIDNIGHT.on(last)))
            }
        }
    }

    /// What is left after the clock ran from `from` until `to`, before the due date.
    pub(super) fn after(
        self,
        from: Time,
        to: Time,
        working: &WorkingTime<'_>,
    ) -> Result<Self, Rejection> {
        Ok(match self {
            Self::Minutes(minutes) => {
                Self::Minutes(minutes.saturating_sub(working.minutes_between(from, to)?))
            }
            Self::Days(days) => {
                let before = days.day_of(to, working)?;
                let mut ran = 0_u32;
                for date in days.next.iter_days().take_while(|date| *date < before) {
                    let counts = days.calendar || working.is_working_day(date)?;
                    ran = ran.saturating_add(u32::from(counts));
                }
                Self::Days(DaysLeft {
                    left: days.left.saturating_sub(ran),
                    done: days.done.saturating_add(ran),
                    next: days.next.max(before),
                    calendar: days.calendar,
                })
            }
        })
    }

    /// What is left when the clock runs again from `at`.
    pub(super) fn resumed(self, at: Time, working: &WorkingTime<'_>) -> Result<Self, Rejection> {
        Ok(match self {
            Self::Minutes(_) => self,
            Self::Days(days) => Self::Days(DaysLeft {
                next: days.next.max(days.day_of(at, working)?),
                ..days
            }),
        })
    }
}

impl DaysLeft {
    /// The day an instant belongs to. What happens after the close belongs to the next day; for
    /// limits in working days, to the next working day.
    fn day_of(&self, at: Time, working: &WorkingTime<'_>) -> Result<NaiveDate, Rejection> {
        if !self.calendar {
            return Ok(working.next_opening(at)?.date());
        }
        let date = at.date();
        match working.close_of(date)? {
            Some(close) if close <= at => next(date),
            Some(_) | None => Ok(date),
        }
    }

    /// The last day. With no day left (a pause began on the working day a calendar limit had
    /// moved to) it is the first day that may count.
    pub(super) fn last_day(&self, working: &WorkingTime<'_>) -> Result<LastDay, Rejection> {
        let more = self.left.max(1).saturating_sub(1);
        if self.calendar {
            let days = Days::new(u64::from(more));
            let counted = self.next.checked_add_days(days).unwrap_or(NaiveDate::MAX);
            let worked = working.working_day_from(counted)?;
            return Ok(LastDay { counted, worked });
        }
        let mut date = working.working_day_from(self.next)?;
        for _ in 0..more {
            date = working.working_day_from(next(date)?)?;
        }
        Ok(LastDay {
            counted: date,
            worked: date,
        })
    }
}

/// Whether something received at `at` came after the cut-off of the day it counts for.
pub(super) fn is_past(cutoff: ClockTime, at: Time, opening: Time) -> bool {
    let day = at.date();
    opening.date() == day && at > cutoff.on(day)
}

/// The session time between an opening instant and the same clock time so many working days later.
fn session_time(opening: Time, days: u32, working: &WorkingTime<'_>) -> Result<u32, Rejection> {
    if days == 0 {
        return Ok(0);
    }
    let mut date = opening.date();
    let midnight = |date: NaiveDate| next(date).map(|next| ClockTime::MIDNIGHT.on(next));
    let mut minutes = working.minutes_between(opening, midnight(date)?)?;
    let begun = working.minutes_between(ClockTime::MIDNIGHT.on(date), opening)?;
    for _ in 1..days {
        date = working.working_day_from(next(date)?)?;
        let whole = working.minutes_between(ClockTime::MIDNIGHT.on(date), midnight(date)?)?;
        minutes = minutes.saturating_add(whole);
    }
    if begun > 0 {
        date = working.working_day_from(next(date)?)?;
        let until = ClockTime::of(opening).on(date);
        let rest = working.minutes_between(ClockTime::MIDNIGHT.on(date), until)?;
        minutes = minutes.saturating_add(rest);
    }
    Ok(minutes)
}
