//! Random calendars and sessions, and the same painted minute by minute.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate};

use super::random::Random;
use crate::{
    deadlines::{
        Calendar, CalendarFile, CalendarYear, Certainty, ClockTime, DayOff, Session,
        SessionPattern, SessionsInForce, SwappedDay, Weekday, WeekdaySessions, WorkingSessions,
    },
    rejection::Rejection,
    text::Localized,
    time::Time,
};

pub(super) const FIRST_YEAR: i32 = 2025;
const LAST_YEAR: i32 = 2027;
pub(super) const DAY: usize = 24 * 60;

/// A calendar and an agency, as the engine sees them and as every single minute of three years.
pub(super) struct World {
    pub(super) calendar: Calendar,
    pub(super) sessions: WorkingSessions,
    /// Whether each minute is worked.
    pub(super) open: Vec<bool>,
    /// The last worked minute of each day.
    pub(super) last_worked: Vec<Option<usize>>,
    first: NaiveDate,
}

impl World {
    pub(super) fn random(random: &mut Random) -> Result<Self, Rejection> {
        let years: Vec<_> = (FIRST_YEAR..=LAST_YEAR)
            .map(|year| random_year(year, random))
            .collect();
        let patterns = patterns();
        let in_force = random_ranges(&patterns, random);
        let first = day_of(FIRST_YEAR, 1);
        let open: Vec<bool> = first
            .iter_days()
            .take_while(|date| date.year() <= LAST_YEAR)
            .flat_map(|date| paint(date, &years, &in_force, &patterns))
            .collect();
        let last_worked = (0..open.len() / DAY)
            .map(|day| {
                (day * DAY..(day + 1) * DAY).rfind(|minute| open.get(*minute) == Some(&true))
            })
            .collect();
        let version = "random".to_owned();
        Ok(Self {
            calendar: Calendar::new(CalendarFile { version, years })?,
            sessions: WorkingSessions::new(&in_force, &patterns)?,
            open,
            last_worked,
            first,
        })
    }

    /// The instant at which a minute of the painting begins.
    pub(super) fn instant(&self, minute: usize) -> Time {
        let minutes = Duration::minutes(i64::try_from(minute).unwrap_or(0));
        ClockTime::MIDNIGHT.on(self.first).plus(minutes)
    }
}

fn day_of(year: i32, ordinal: u32) -> NaiveDate {
    NaiveDate::from_yo_opt(year, ordinal).unwrap_or_default()
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun)
}

/// About ten runs of days off and a few swapped days.
fn random_year(year: i32, random: &mut Random) -> CalendarYear {
    let (mut days_off, mut off): (Vec<DayOff>, _) = (Vec::new(), BTreeSet::new());
    for n in 0..random.within(0, 14) {
        let longest = if n == 0 { 9 } else { 3 };
        let from = day_of(year, random.within(1, 350));
        let to = from + Duration::days(i64::from(random.below(longest)));
        let dates: Vec<_> = from.iter_days().take_while(|date| *date <= to).collect();
        if dates.iter().all(|date| !off.contains(date)) {
            off.extend(dates);
            days_off.push(DayOff {
                from,
                to: random
                    .once_in(2)
                    .then_some(to)
                    .or((to != from).then_some(to)),
                name: Localized::new(format!("Nghỉ {n}"), format!("Off {n}")),
                source: "random".to_owned(),
                certainty: Certainty::Deduced,
            });
        }
    }
    let mut made_up: Vec<_> = off
        .iter()
        .copied()
        .filter(|date| !is_weekend(*date))
        .collect();
    let mut swapped_days: Vec<SwappedDay> = Vec::new();
    for _ in 0..random.within(0, 6) {
        let date = day_of(year, random.within(1, 360));
        let taken = swapped_days.iter().any(|day| day.date == date);
        if is_weekend(date) && !off.contains(&date) && !taken {
            swapped_days.push(SwappedDay {
                date,
                in_place_of: if random.once_in(3) {
                    None
                } else {
                    made_up.pop()
                },
                name: Localized::new("Làm bù", "Made up"),
                source: "random".to_owned(),
                certainty: Certainty::Deduced,
            });
        }
    }
    CalendarYear {
        year,
        days_off,
        swapped_days,
    }
}

/// Opening hour and minute, closing hour and minute.
type Hours = (u16, u16, u16, u16);
/// Weekdays by their first two letters, and their sessions.
type Row = (&'static str, &'static [Hours]);

const PATTERNS: [(&str, &[Row]); 6] = [
    (
        "a",
        &[("mo tu we th fr", &[(7, 0, 11, 30), (13, 30, 17, 0)])],
    ),
    (
        "b",
        &[("mo tu we th fr", &[(7, 30, 11, 30), (13, 30, 17, 0)])],
    ),
    ("c", &[("mo tu we th fr", &[(7, 0, 11, 0), (13, 0, 17, 0)])]),
    (
        "saturday",
        &[
            ("mo tu we th fr", &[(7, 0, 11, 30), (13, 30, 17, 0)]),
            ("sa", &[(7, 0, 11, 0)]),
        ],
    ),
    (
        "island",
        &[
            ("mo we fr", &[(8, 0, 11, 17)]),
            ("tu", &[(13, 0, 15, 0), (15, 30, 18, 0)]),
        ],
    ),
    (
        "late",
        &[(
            "tu we th fr sa su",
            &[(0, 0, 2, 0), (9, 0, 12, 0), (20, 0, 23, 59)],
        )],
    ),
];

fn patterns() -> Vec<SessionPattern> {
    PATTERNS
        .iter()
        .map(|(code, rows)| SessionPattern {
            code: (*code).to_owned(),
            name: Localized::new(*code, *code),
            week: rows.iter().map(|(days, hours)| row(days, hours)).collect(),
            source: "random".to_owned(),
            certainty: Certainty::Deduced,
        })
        .collect()
}

fn row(days: &str, hours: &[Hours]) -> WeekdaySessions {
    let clock = |hour, minute| ClockTime::new(hour, minute).unwrap_or(ClockTime::MIDNIGHT);
    WeekdaySessions {
        weekdays: days
            .split(' ')
            .filter_map(short)
            .map(Weekday::from)
            .collect(),
        sessions: hours
            .iter()
            .map(|(opens, opens_minute, closes, closes_minute)| Session {
                opens: clock(*opens, *opens_minute),
                closes: clock(*closes, *closes_minute),
            })
            .collect(),
    }
}

fn short(day: &str) -> Option<chrono::Weekday> {
    let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    week.iter().find(|name| name.starts_with(day))?.parse().ok()
}

/// One pattern for good, or one after the other.
fn random_ranges(patterns: &[SessionPattern], random: &mut Random) -> Vec<SessionsInForce> {
    let pick = |random: &mut Random| random.one_of(patterns).map(|p| p.code).unwrap_or_default();
    let from = day_of(FIRST_YEAR, 1);
    if random.once_in(2) {
        return vec![SessionsInForce {
            pattern: pick(random),
            from,
            to: None,
        }];
    }
    let change = from + Duration::days(i64::from(random.within(30, 1000)));
    let first = SessionsInForce {
        pattern: pick(random),
        from,
        to: change.pred_opt(),
    };
    let second = SessionsInForce {
        pattern: pick(random),
        from: change,
        to: None,
    };
    vec![first, second]
}

/// Every minute of a date, from the bare entries.
fn paint(
    date: NaiveDate,
    years: &[CalendarYear],
    in_force: &[SessionsInForce],
    patterns: &[SessionPattern],
) -> Vec<bool> {
    let off = years.iter().flat_map(|year| &year.days_off);
    let is_off = off
        .clone()
        .any(|day| day.from <= date && date <= day.to.unwrap_or(day.from));
    let hours = |weekday: chrono::Weekday| -> Vec<Session> {
        in_force
            .iter()
            .filter(|row| row.from <= date && row.to.is_none_or(|to| date <= to))
            .flat_map(|row| patterns.iter().filter(move |p| p.code == row.pattern))
            .flat_map(|pattern| &pattern.week)
            .filter(|row| row.weekdays.contains(&weekday.into()))
            .flat_map(|row| row.sessions.clone())
            .collect()
    };
    let swap = years
        .iter()
        .flat_map(|year| &year.swapped_days)
        .find(|day| day.date == date);
    let own = hours(date.weekday());
    let worked = match swap {
        _ if is_off => Vec::new(),
        None => own,
        Some(swap) => match swap.in_place_of {
            Some(replaced) => hours(replaced.weekday()),
            None if own.is_empty() => hours(chrono::Weekday::Mon),
            None => own,
        },
    };
    let inside = |minute: u32| {
        let holds = |s: &Session| s.opens.minutes() <= minute && minute < s.closes.minutes();
        worked.iter().any(holds)
    };
    (0..24 * 60).map(inside).collect()
}
