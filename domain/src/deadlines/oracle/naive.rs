//! Due dates by walking through time one minute after the other.

use super::world::{DAY, World};
use crate::deadlines::{DayCounting, PauseReason, SupplementClock, TimeLimit};

/// What happened, in minutes since the first day of the world.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) limit: TimeLimit,
    pub(super) accepted: Moment,
    pub(super) pauses: Vec<Stop>,
    pub(super) policy: SupplementClock,
    pub(super) until: usize,
}

/// A minute and the seconds within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) minute: usize,
    pub(super) seconds: u32,
}

/// A pause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    pub(super) from: usize,
    pub(super) to: Option<Moment>,
    pub(super) why: PauseReason,
}

/// What walking found; no due date if the clock stands still for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) due: Option<usize>,
    pub(super) counted: u32,
    pub(super) restarts: u32,
}

/// Which minutes use the limit up.
enum Ticks {
    /// Every worked minute.
    Worked,
    /// The last worked minute of each working day from this one on.
    WorkingDays(usize),
    /// The last minute of each date from this one on, the last worked one where there is one.
    Dates(usize),
}

impl World {
    fn is_open(&self, minute: usize) -> bool {
        self.open.get(minute).copied().unwrap_or(false)
    }

    fn opening(&self, from: usize) -> usize {
        let mut minute = from;
        while minute < self.open.len() && !self.is_open(minute) {
            minute += 1;
        }
        minute
    }

    fn last_worked(&self, day: usize) -> Option<usize> {
        self.last_worked.get(day).copied().flatten()
    }

    fn working_day_after(&self, day: usize) -> usize {
        let mut day = day + 1;
        while day * DAY < self.open.len() && self.last_worked(day).is_none() {
            day += 1;
        }
        day
    }

    fn worked_between(&self, from: usize, to: usize) -> u32 {
        (from..to)
            .map(|minute| u32::from(self.is_open(minute)))
            .sum()
    }

    /// How many ticks the limit has, and which.
    fn ticks(&self, limit: TimeLimit, accepted: Moment) -> (u32, Ticks) {
        let opening = self.opening(accepted.minute);
        let day = opening / DAY;
        match limit {
            TimeLimit::WorkingMinutes { minutes } => (minutes, Ticks::Worked),
            TimeLimit::WorkingHours { hours } => (hours * 60, Ticks::Worked),
            TimeLimit::WorkingDays {
                days,
                counting: DayCounting::ByDays,
            } => (days, Ticks::WorkingDays(day + 1)),
            TimeLimit::WorkingDays {
                days,
                counting: DayCounting::ByHours,
            } => {
                // From the first worked minute of a day: that day and the next ones, whole.
                let whole = self.worked_between(day * DAY, opening) == 0;
                let more = days - u32::from(whole);
                let last = (0..more).fold(day, |day, _| self.working_day_after(day));
                let end = if whole { DAY } else { opening % DAY };
                (
                    self.worked_between(opening, last * DAY + end),
                    Ticks::Worked,
                )
            }
            TimeLimit::CalendarDays { days } => (days, Ticks::Dates(day + 1)),
            TimeLimit::SameDay { cutoff } => {
                let accepted_of_day = u32::try_from(accepted.minute % DAY).unwrap_or(0) * 60;
                let late = accepted_of_day + accepted.seconds > cutoff.minutes() * 60;
                let same = accepted.minute / DAY == day;
                (
                    1,
                    Ticks::WorkingDays(if late && same { day + 1 } else { day }),
                )
            }
        }
    }

    /// Whether the limit loses one in this minute.
    fn ticks_at(&self, ticks: &Ticks, minute: usize) -> bool {
        let day = minute / DAY;
        match ticks {
            Ticks::Worked => self.is_open(minute),
            Ticks::WorkingDays(first) => day >= *first && self.last_worked(day) == Some(minute),
            Ticks::Dates(first) => {
                let last = self.last_worked(day).unwrap_or(day * DAY + DAY - 1);
                day >= *first && last == minute
            }
        }
    }

    /// Walks from acceptance until the limit is used up.
    pub(super) fn walk(&self, facts: &Facts) -> Found {
        let (mut left, ticks) = self.ticks(facts.limit, facts.accepted);
        let (mut minute, mut counted) = (facts.accepted.minute, 0);
        let found = |due, counted| Found {
            due,
            counted,
            restarts: 0,
        };
        while minute < self.open.len() {
            let stop = facts
                .pauses
                .iter()
                .find(|stop| stop.from <= minute && stop.to.is_none_or(|to| minute < to.minute));
            if let Some(stop) = stop {
                let Some(to) = stop.to else {
                    return found(None, counted);
                };
                if (stop.why, facts.policy) == (PauseReason::Supplement, SupplementClock::Restart) {
                    return self.again(facts, to);
                }
                minute = to.minute;
                continue;
            }
            let open = self.is_open(minute);
            counted += u32::from(open && minute < facts.until);
            if left > 0 && self.ticks_at(&ticks, minute) {
                left -= 1;
            }
            // A limit in calendar days that is used up still waits for the end of a working day.
            if left == 0 && open && self.ends_here(&ticks, minute) {
                return found(Some(minute + 1), counted);
            }
            minute += 1;
        }
        found(Some(usize::MAX), counted)
    }

    fn ends_here(&self, ticks: &Ticks, minute: usize) -> bool {
        match ticks {
            Ticks::Worked | Ticks::WorkingDays(_) => true,
            Ticks::Dates(_) => self.last_worked(minute / DAY) == Some(minute),
        }
    }

    fn again(&self, facts: &Facts, to: Moment) -> Found {
        let mut again = facts.clone();
        again.accepted = to;
        again.pauses.retain(|stop| stop.from >= to.minute);
        let found = self.walk(&again);
        Found {
            restarts: found.restarts + 1,
            ..found
        }
    }
}
