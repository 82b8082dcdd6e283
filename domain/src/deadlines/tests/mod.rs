//! Tests of the deadlines engine: the worked cases, the facts one by one, and properties.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails right there"
)]

mod cases;
mod desk;
mod facts;
mod files;
mod properties;
mod warnings;

use chrono::NaiveDate;

use super::{
    Calendar, CalendarFile, Certainty, Session, SessionPattern, SessionsInForce, Weekday,
    WeekdaySessions, WorkingSessions, WorkingTime,
};
use crate::{text::Localized, time::Time};

const WEEKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// `2026-02-11 16:30` or with seconds, on clocks in Viet Nam.
fn at(text: &str) -> Time {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    let local = format!("{text}{seconds}");
    Time::from_local(local.parse::<chrono::NaiveDateTime>().unwrap_or_else(|_| {
        chrono::NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M:%S").unwrap()
    }))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The years 2025 and 2026 with the days the worked cases need.
fn calendar_file() -> CalendarFile {
    let off = |from: &str, to: &str, vi: &str, en: &str| {
        serde_json::json!({"from": from, "to": to, "name": {"vi": vi, "en": en},
            "source": "thông báo nghỉ lễ", "certainty": "found"})
    };
    serde_json::from_value(serde_json::json!({
        "version": "2026.1",
        "years": [
            {"year": 2025, "days_off": [off("2025-01-01", "2025-01-01", "Tết Dương lịch", "New Year")]},
            {"year": 2026,
             "days_off": [
                off("2026-01-01", "2026-01-02", "Tết Dương lịch", "New Year"),
                off("2026-02-14", "2026-02-22", "Tết Bính Ngọ", "Lunar New Year"),
                off("2026-04-25", "2026-04-27", "Giỗ Tổ Hùng Vương", "Hung Kings' Day"),
                off("2026-04-30", "2026-05-01", "Ngày Chiến thắng và Quốc tế Lao động", "Reunification and Labour Day"),
                off("2026-08-29", "2026-09-02", "Quốc khánh", "National Day"),
             ],
             "swapped_days": [
                {"date": "2026-01-10", "in_place_of": "2026-01-02", "name": {"vi": "Làm bù", "en": "Made up"},
                 "source": "thông báo nghỉ lễ", "certainty": "from_memory"},
                {"date": "2026-08-22", "in_place_of": "2026-08-31", "name": {"vi": "Làm bù", "en": "Made up"},
                 "source": "thông báo nghỉ lễ", "certainty": "from_memory"},
             ]},
        ],
    }))
    .unwrap()
}

fn calendar() -> Calendar {
    Calendar::new(calendar_file()).unwrap()
}

/// Weekdays and the sessions they share.
type Row<'a> = (&'a [Weekday], &'a [(&'a str, &'a str)]);

fn session(opens: &str, closes: &str) -> Session {
    Session {
        opens: opens.parse().unwrap(),
        closes: closes.parse().unwrap(),
    }
}

fn pattern(code: &str, week: &[Row<'_>]) -> SessionPattern {
    SessionPattern {
        code: code.to_owned(),
        name: Localized::new(code, code),
        week: week
            .iter()
            .map(|(weekdays, sessions)| WeekdaySessions {
                weekdays: weekdays.to_vec(),
                sessions: sessions.iter().map(|(o, c)| session(o, c)).collect(),
            })
            .collect(),
        source: "quan sát".to_owned(),
        certainty: Certainty::Found,
    }
}

/// Pattern A: 8 hours a day.
fn pattern_a() -> SessionPattern {
    pattern(
        "a",
        &[(&WEEKDAYS, &[("07:00", "11:30"), ("13:30", "17:00")])],
    )
}

/// One pattern for good.
fn always(pattern: SessionPattern) -> WorkingSessions {
    let in_force = SessionsInForce {
        pattern: pattern.code.clone(),
        from: date("2020-01-01"),
        to: None,
    };
    WorkingSessions::new(&[in_force], &[pattern]).unwrap()
}

/// Runs a test under the calendar above and pattern A.
fn under_a<T>(test: impl FnOnce(&WorkingTime<'_>) -> T) -> T {
    let (calendar, sessions) = (calendar(), always(pattern_a()));
    test(&WorkingTime::new(&calendar, &sessions))
}
