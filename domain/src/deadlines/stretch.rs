//! A stretch of running clock, told date by date.

use chrono::NaiveDate;

use super::{
    Begins, ClockTime, Day, Segment, WorkingTime,
    remaining::{DaysLeft, LastDay},
    working_time::{days_of, next, overlap},
};
use crate::{rejection::Rejection, time::Time};

/// A stretch in which the clock ran.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// When it began.
    pub(super) from: Time,
    /// When it ended.
    pub(super) to: Time,
    /// Whether something was received at `from`, which may have to wait for an opening.
    pub(super) received: bool,
    /// For limits in whole days.
    pub(super) days: Option<CountedDays>,
}

/// Which dates of a stretch count as days.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountedDays {
    /// What was left when the stretch began.
    pub(super) left: DaysLeft,
    /// The first date that does not count any more.
    pub(super) before: NaiveDate,
    /// The last day, if the limit ends in this stretch.
    pub(super) last: Option<LastDay>,
}

/// One date of a stretch.
struct Date {
    on: NaiveDate,
    low: u32,
    high: u32,
}

impl Stretch {
    /// The segments of the stretch, in order of time.
    pub(super) fn told(&self, working: &WorkingTime<'_>) -> Result<Vec<Segment>, Rejection> {
        let mut told = Vec::new();
        let mut number = self.days.map_or(0, |days| days.left.done);
        for (date, low, high) in days_of(self.from, self.to) {
            let date = Date {
                on: date,
                low,
                high,
            };
            if self.counts(&date, working)? {
                number = number.saturating_add(1);
                self.tell(&date, Some(number), working, &mut told)?;
            } else {
                self.tell(&date, None, working, &mut told)?;
            }
        }
        self.tell_waiting(working, &mut told)?;
        Ok(told)
    }

    /// Whether the date is counted as a day.
    fn counts(&self, date: &Date, working: &WorkingTime<'_>) -> Result<bool, Rejection> {
        let Some(days) = self.days else {
            return Ok(false);
        };
        let inside = days.left.next <= date.on && date.on < days.before;
        Ok(inside && (days.left.calendar || working.is_working_day(date.on)?))
    }

    fn tell(
        &self,
        date: &Date,
        day: Option<u32>,
        working: &WorkingTime<'_>,
        told: &mut Vec<Segment>,
    ) -> Result<(), Rejection> {
        let moved = self.days.and_then(|days| days.last);
        if let Some(last) = moved
            && last.counted < last.worked
            && date.on == last.worked
        {
            told.push(Segment::MovedToWorkingDay {
                from_date: last.counted,
                to_date: last.worked,
            });
        }
        let sessions = working.sessions_on(date.on)?;
        let known = working.calendar.day(date.on)?;
        if let Day::Swapped(swap) = known
            && !sessions.is_empty()
        {
            told.push(Segment::SwappedDayAdded {
                date: swap.date,
                for_date: swap.in_place_of,
                name: swap.name.clone(),
                source: swap.source.clone(),
            });
        }
        let worked: Vec<(u32, u32)> = sessions
            .iter()
            .filter(|session| overlap(**session, date.low, date.high) > 0)
            .map(|session| {
                let (opens, closes) = (session.opens.minutes(), session.closes.minutes());
                (opens.max(date.low), closes.min(date.high))
            })
            .collect();
        if let (Some((begin, _)), Some((_, end))) = (worked.first(), worked.last()) {
            let minutes = worked.iter().map(|(b, e)| e.saturating_sub(*b)).sum();
            told.push(counted(date.on, *begin, *end, minutes, day)?);
        } else if day.is_some() {
            told.push(counted(date.on, date.low, date.high, 0, day)?);
        }
        if sessions.is_empty() && self.is_skipped(date.on) {
            skip(date.on, known, told)?;
        }
        Ok(())
    }

    /// Whether a date without sessions makes the clock later. To a limit in calendar days it does
    /// so only before the counting begins and from the last day on.
    fn is_skipped(&self, date: NaiveDate) -> bool {
        self.days.is_none_or(|days| {
            !days.left.calendar
                || date < days.left.next
                || days.last.is_some_and(|last| last.counted <= date)
        })
    }

    /// Puts the waiting for the first opening where it belongs in time.
    fn tell_waiting(
        &self,
        working: &WorkingTime<'_>,
        told: &mut Vec<Segment>,
    ) -> Result<(), Rejection> {
        if !self.received || self.from >= self.to {
            return Ok(());
        }
        let opening = working.next_opening(self.from)?.min(self.to);
        if opening > self.from {
            let first = told.first().map(Segment::begins);
            let place = usize::from(first == Some(Begins::On(self.from.date())));
            told.insert(
                place,
                Segment::WaitingForOpening {
                    from: self.from,
                    to: opening,
                },
            );
        }
        Ok(())
    }
}

fn counted(
    date: NaiveDate,
    begin: u32,
    end: u32,
    minutes: u32,
    day: Option<u32>,
) -> Result<Segment, Rejection> {
    let instant = |minute: u32| {
        ClockTime::from_minutes(minute).map_or_else(
            || next(date).map(|date| ClockTime::MIDNIGHT.on(date)),
            |time| Ok(time.on(date)),
        )
    };
    Ok(Segment::Counted {
        from: instant(begin)?,
        to: instant(end)?,
        minutes,
        day,
    })
}

/// Adds a date without sessions, to the segment before it if that is of the same kind.
fn skip(date: NaiveDate, known: Day<'_>, told: &mut Vec<Segment>) -> Result<(), Rejection> {
    if let Some(last) = told.last_mut()
        && lengthen(last, date, known)?
    {
        return Ok(());
    }
    told.push(match known {
        Day::Off(day) => Segment::DayOffSkipped {
            from_date: date,
            to_date: date,
            name: day.name.clone(),
            source: day.source.clone(),
        },
        Day::Plain | Day::Swapped(_) => Segment::WeekendSkipped {
            from_date: date,
            to_date: date,
        },
    });
    Ok(())
}

fn lengthen(last: &mut Segment, date: NaiveDate, known: Day<'_>) -> Result<bool, Rejection> {
    let until = match (last, known) {
        (
            Segment::DayOffSkipped {
                to_date,
                name,
                source,
                ..
            },
            Day::Off(day),
        ) if *name == day.name && *source == day.source => to_date,
        (Segment::WeekendSkipped { to_date, .. }, Day::Plain | Day::Swapped(_)) => to_date,
        (_, Day::Plain | Day::Swapped(_) | Day::Off(_)) => return Ok(false),
    };
    let follows = next(*until)? == date;
    if follows {
        *until = date;
    }
    Ok(follows)
}
