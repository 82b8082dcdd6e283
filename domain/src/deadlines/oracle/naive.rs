//! Due dates by walking through time one minute after the other.

use super::world::{DAY, World};
use crate::deadlines::{DayCounting, PauseReason, SupplementClock, TimeLimit};

/// What happened, in minutes since the first day of the world.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) limit: TimeLimit,
    pub(super) accepted: Moment,
    pub(super) pauses: Vec<Stop>,
    /// A new date, with apology.
    pub(super) promise: Option<Promise>,
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

impl Stop {
    /// Whether the clock stands still in this minute.
    fn holds(&self, minute: usize) -> bool {
        self.from <= minute && self.to.is_none_or(|to| minute < to.minute)
    }
}

/// A new date that moves the due date, and when it was promised; later than that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Promise {
    pub(super) at: usize,
    pub(super) new_due: usize,
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

    /// Walks from acceptance until the limit is used up, or the new date that was promised is there.
    pub(super) fn walk(&self, facts: &Facts) -> Found {
        let (mut left, mut ticks) = self.ticks(facts.limit, facts.accepted);
        let (mut minute, mut counted) = (facts.accepted.minute, 0);
        // A promise not given yet, the date once it is given, and whether one ever was.
        let (mut ahead, mut promised, mut given) = (facts.promise, None, false);
        let found = |due, counted| Found {
            due,
            counted,
            restarts: 0,
        };
        while minute < self.open.len() {
            if let Some(Promise { at, new_due }) = ahead.filter(|promise| promise.at <= minute) {
                (left, ticks) = (self.worked_between(at, new_due), Ticks::Worked);
                // What was promised in a pause is moved by what is left of the pause.
                promised = (at == minute).then_some(new_due);
                (ahead, given) = (None, true);
            }
            // The promised minute, or the end of a pause in which nothing was left of the promise.
            let resumed = !facts
                .pauses
                .iter()
                .any(|stop| stop.from < minute && stop.holds(minute));
            let over = given && promised.is_none() && left == 0 && resumed;
            if promised == Some(minute) || over {
                return found(Some(minute), counted);
            }
            let stop = facts.pauses.iter().find(|stop| stop.holds(minute));
            if let Some(stop) = stop {
                let Some(to) = stop.to else {
                    return found(None, counted);
                };
                if (stop.why, facts.policy) == (PauseReason::Supplement, SupplementClock::Restart) {
                    return self.again(facts, to);
                }
                (minute, promised) = (to.minute, None);
                continue;
            }
            let open = self.is_open(minute);
            counted += u32::from(open && minute < facts.until);
            if left > 0 && self.ticks_at(&ticks, minute) {
                left -= 1;
            }
            // A limit in calendar days that is used up still waits for the end of a working day.
            let over = left == 0 && open && self.ends_here(&ticks, minute);
            minute += 1;
            if over && promised.is_none() {
                match ahead {
                    // Late: nothing counts until the agency names a new date.
                    Some(promise) => minute = promise.at,
                    None => return found(Some(minute), counted),
                }
            }
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
        again.promise = again.promise.filter(|promise| promise.at >= to.minute);
        let found = self.walk(&again);
        Found {
            restarts: found.restarts + 1,
            ..found
        }
    }
}
