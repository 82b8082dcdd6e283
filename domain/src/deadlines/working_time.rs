//! Working time: a calendar and an agency's sessions together.

use chrono::{Datelike, NaiveDate};

use super::{Calendar, ClockTime, Day, Session, WorkingSessions};
use crate::{
    rejection::{Code, Rejection},
    time::Time,
};

/// Minutes of a day, the end of its last minute.
const END_OF_DAY: u32 = 24 * 60;

/// What is worked when. All operations read whole minutes and refuse with `calendar-missing` as
/// soon as they would have to look at a date that has no calendar or no sessions in force.
#[derive(Debug, Clone, Copy)]
pub struct WorkingTime<'a> {
    /// Days off and swapped days.
    pub calendar: &'a Calendar,
    /// The agency's sessions.
    pub sessions: &'a WorkingSessions,
}

impl<'a> WorkingTime<'a> {
    /// The two together.
    pub fn new(calendar: &'a Calendar, sessions: &'a WorkingSessions) -> Self {
        Self { calendar, sessions }
    }

    /// The sessions worked on a date; none on a day off or a weekday that is not worked.
    ///
    /// A swapped day has the sessions of the weekday it makes up for. If its entry does not name
    /// one, it keeps its own weekday's sessions, or has Monday's where there are none.
    pub fn sessions_on(&self, date: NaiveDate) -> Result<&'a [Session], Rejection> {
        let of = |weekday: chrono::Weekday| self.sessions.of_weekday(date, weekday.into());
        match self.calendar.day(date)? {
            Day::Off(_) => Ok(&[]),
            Day::Plain => of(date.weekday()),
            Day::Swapped(day) => match day.in_place_of {
                Some(replaced) => of(replaced.weekday()),
                None => match of(date.weekday())? {
                    [] => of(chrono::Weekday::Mon),
                    own => Ok(own),
                },
            },
        }
    }

    /// Whether any session is worked on a date (ngày làm việc).
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, Rejection> {
        Ok(!self.sessions_on(date)?.is_empty())
    }

    /// The first working day on or after a date.
    pub fn working_day_from(&self, date: NaiveDate) -> Result<NaiveDate, Rejection> {
        let mut date = date;
        while !self.is_working_day(date)? {
            date = next(date)?;
        }
        Ok(date)
    }

    /// The earliest day that, as the last of a term in calendar days, is still kept by an act on
    /// `date`: a last day that is a day off moves to the next working day (BLDS 2015 art. 148.5), so
    /// it is the first of the days off that run up to `date`, or `date` itself.
    pub fn keeps_terms_since(&self, date: NaiveDate) -> Result<NaiveDate, Rejection> {
        let mut since = date;
        while let Some(before) = since.pred_opt()
            && !self.is_working_day(before)?
        {
            since = before;
        }
        Ok(since)
    }

    /// How many working days a range of dates holds, both ends included.
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, Rejection> {
        let mut days = 0_u32;
        for date in from.iter_days().take_while(|date| *date <= to) {
            days = days.saturating_add(u32::from(self.is_working_day(date)?));
        }
        Ok(days)
    }

    /// The instant at which a date's last session closes; `None` if nothing is worked.
    pub fn close_of(&self, date: NaiveDate) -> Result<Option<Time>, Rejection> {
        let last = self.sessions_on(date)?.last();
        Ok(last.map(|session| session.closes.on(date)))
    }

    /// The first worked instant at or after `at`: `at` itself within a session.
    pub fn next_opening(&self, at: Time) -> Result<Time, Rejection> {
        let (mut date, mut low) = (at.date(), ClockTime::of(at));
        loop {
            for session in self.sessions_on(date)? {
                if low < session.closes {
                    return Ok(session.opens.max(low).on(date));
                }
            }
            date = next(date)?;
            low = ClockTime::MIDNIGHT;
        }
    }

    /// Worked minutes from `from` to `to`; 0 if they are not in this order.
    pub fn minutes_between(&self, from: Time, to: Time) -> Result<u32, Rejection> {
        let mut minutes = 0_u32;
        for (date, low, high) in days_of(from, to) {
            for session in self.sessions_on(date)? {
                minutes = minutes.saturating_add(overlap(*session, low, high));
            }
        }
        Ok(minutes)
    }

    /// The earliest instant by which that many minutes were worked since `from`; the end of a
    /// session rather than the beginning of the next. `from` itself for 0.
    pub fn add_minutes(&self, from: Time, minutes: u32) -> Result<Time, Rejection> {
        let (mut date, mut low, mut left) = (from.date(), ClockTime::of(from).minutes(), minutes);
        if left == 0 {
            return Ok(to_the_minute(from));
        }
        loop {
            for session in self.sessions_on(date)? {
                let free = overlap(*session, low, END_OF_DAY);
                if left <= free {
                    let begin = session.opens.minutes().max(low);
                    return at_minute(date, begin.saturating_add(left));
                }
                left = left.saturating_sub(free);
            }
            date = next(date)?;
            low = 0;
        }
    }

    /// The latest instant from which that many minutes are worked until `to`; `to` itself for 0.
    pub fn subtract_minutes(&self, to: Time, minutes: u32) -> Result<Time, Rejection> {
        let (mut date, mut high, mut left) = (to.date(), ClockTime::of(to).minutes(), minutes);
        if left == 0 {
            return Ok(to_the_minute(to));
        }
        loop {
            for session in self.sessions_on(date)?.iter().rev() {
                let free = overlap(*session, 0, high);
                if left <= free {
                    let end = session.closes.minutes().min(high);
                    return at_minute(date, end.saturating_sub(left));
                }
                left = left.saturating_sub(free);
            }
            date = date.pred_opt().ok_or(Code::CalendarMissing)?;
            high = END_OF_DAY;
        }
    }
}

/// The instant without its seconds.
pub(super) fn to_the_minute(at: Time) -> Time {
    ClockTime::of(at).on(at.date())
}

/// The date after; past the last date there is, no calendar can be loaded.
pub(super) fn next(date: NaiveDate) -> Result<NaiveDate, Rejection> {
    date.succ_opt().ok_or_else(|| Code::CalendarMissing.into())
}

/// Each date from one instant to another, with the minutes of the day that lie between them.
pub(super) fn days_of(from: Time, to: Time) -> impl Iterator<Item = (NaiveDate, u32, u32)> {
    let (first, last) = (from.date(), to.date());
    let (begin, end) = (ClockTime::of(from).minutes(), ClockTime::of(to).minutes());
    first
        .iter_days()
        .take_while(move |date| *date <= last)
        .map(move |date| {
            let low = if date == first { begin } else { 0 };
            let high = if date == last { end } else { END_OF_DAY };
            (date, low, high)
        })
        .filter(|(_, low, high)| low < high)
}

/// How many minutes of a session lie between two minutes of the day.
pub(super) fn overlap(session: Session, low: u32, high: u32) -> u32 {
    let begin = session.opens.minutes().max(low);
    session.closes.minutes().min(high).saturating_sub(begin)
}

fn at_minute(date: NaiveDate, minute: u32) -> Result<Time, Rejection> {
    ClockTime::from_minutes(minute)
        .map(|time| time.on(date))
        .ok_or_else(|| Code::OutOfRange.into())
}
