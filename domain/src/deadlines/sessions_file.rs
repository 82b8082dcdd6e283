//! Working sessions as they are written in a data file, and every fault such a file can have.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Certainty, ClockTime};
use crate::{
    rejection::{Code, Fault},
    text::Localized,
};

/// All patterns of working sessions that agencies may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionsFile {
    /// The patterns.
    pub patterns: Vec<SessionPattern>,
}

/// Working sessions (buổi làm việc) of a week. Only sessions that count for deadlines belong here:
/// whether a Saturday desk does is a local decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPattern {
    /// What agencies refer to.
    pub code: String,
    /// What it is, as officers read it.
    pub name: Localized,
    /// Sessions by weekday; a weekday not listed is not worked.
    pub week: Vec<WeekdaySessions>,
    /// The decision or observation it comes from.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Weekdays that share the same sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekdaySessions {
    /// The weekdays.
    pub weekdays: Vec<Weekday>,
    /// Their sessions, in order and apart from each other.
    pub sessions: Vec<Session>,
}

/// One stretch of working time on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// First minute that is worked.
    pub opens: ClockTime,
    /// First minute that is not worked any more.
    pub closes: ClockTime,
}

/// A pattern an agency uses in a range of dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionsInForce {
    /// Code of a pattern.
    pub pattern: String,
    /// First date.
    pub from: NaiveDate,
    /// Last date; absent while it is in force without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A day of the week.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Thứ Hai.
    Monday,
    /// Thứ Ba.
    Tuesday,
    /// Thứ Tư.
    Wednesday,
    /// Thứ Năm.
    Thursday,
    /// Thứ Sáu.
    Friday,
    /// Thứ Bảy.
    Saturday,
    /// Chủ nhật.
    Sunday,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl SessionsFile {
    /// Every fault of the file, each with a JSON Pointer into it; empty if it may be used.
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        let mut codes = BTreeSet::new();
        for (p, pattern) in self.patterns.iter().enumerate() {
            let pointer = format!("/patterns/{p}");
            if !codes.insert(pattern.code.as_str()) {
                found.push(Fault::new(format!("{pointer}/code"), Code::Duplicate));
            }
            found.extend(pattern.faults(&pointer));
        }
        found
    }
}

impl SessionPattern {
    /// Every fault of the pattern, with pointers below `pointer`.
    pub fn faults(&self, pointer: &str) -> Vec<Fault> {
        let mut found = Vec::new();
        for (field, text) in [
            ("code", &self.code),
            ("name/vi", &self.name.vi),
            ("name/en", &self.name.en),
            ("source", &self.source),
        ] {
            if text.trim().is_empty() {
                found.push(Fault::new(format!("{pointer}/{field}"), Code::Required));
            }
        }
        if self
            .week
            .iter()
            .all(|row| row.sessions.is_empty() || row.weekdays.is_empty())
        {
            found.push(
                Fault::new(format!("{pointer}/week"), Code::Required).because(
                    "Phải có ít nhất một buổi làm việc trong tuần.",
                    "The week needs at least one session.",
                ),
            );
        }
        let mut seen = BTreeSet::new();
        for (w, row) in self.week.iter().enumerate() {
            for (d, weekday) in row.weekdays.iter().enumerate() {
                if !seen.insert(*weekday) {
                    let pointer = format!("{pointer}/week/{w}/weekdays/{d}");
                    found.push(Fault::new(pointer, Code::Duplicate));
                }
            }
            check_order(
                &format!("{pointer}/week/{w}/sessions"),
                &row.sessions,
                &mut found,
            );
        }
        found
    }
}

/// Sessions must not be empty or inverted, and must follow one another with time between: two that
/// touch are one session.
fn check_order(pointer: &str, sessions: &[Session], found: &mut Vec<Fault>) {
    let mut last: Option<ClockTime> = None;
    for (s, session) in sessions.iter().enumerate() {
        if session.closes <= session.opens {
            found.push(
                Fault::new(format!("{pointer}/{s}/closes"), Code::OutOfRange).because(
                    "Giờ kết thúc phải sau giờ bắt đầu.",
                    "A session closes after it opens.",
                ),
            );
        }
        if last.is_some_and(|last| session.opens <= last) {
            found.push(
                Fault::new(format!("{pointer}/{s}/opens"), Code::OutOfRange).because(
                    "Các buổi phải theo thứ tự và không chồng lên nhau.",
                    "Sessions are in order and do not touch.",
                ),
            );
        }
        last = Some(session.closes);
    }
}
