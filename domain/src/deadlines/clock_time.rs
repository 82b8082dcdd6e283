//! A time of day on the wall clock, to the minute.

use std::{fmt, str::FromStr};

use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};

use crate::time::Time;

/// Hours and minutes in Viet Nam, `00:00` to `23:59`; on the wire `"07:30"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// The first minute of the day.
    pub const MIDNIGHT: Self = Self(0);

    /// 15:00, after which what is received belongs to the next working day
    /// (309/2026/NĐ-CP; civil status and certification alike).
    pub const THREE_PM: Self = Self(15 * 60);

    /// The hour and minute; `None` if there is no such time of day.
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then(|| Self(hour.saturating_mul(60).saturating_add(minute)))
    }

    /// So many minutes after midnight; `None` from 24 hours on.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        u16::try_from(minutes)
            .ok()
            .filter(|minutes| *minutes < 24 * 60)
            .map(Self)
    }

    /// The minute in which clocks in Viet Nam are at this instant, seconds dropped.
    pub fn of(at: Time) -> Self {
        let local = at.local();
        let minute = local
            .hour()
            .saturating_mul(60)
            .saturating_add(local.minute());
        Self(u16::try_from(minute).unwrap_or(0))
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u32 {
        u32::from(self.0)
    }

    /// The instant at which clocks show this on that date.
    pub fn on(self, date: NaiveDate) -> Time {
        let seconds = u32::from(self.0).saturating_mul(60);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
        Time::from_local(date.and_time(time))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a time of day written `HH:MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written HH:MM, from 00:00 to 23:59")]
pub struct NotAClockTime;

impl FromStr for ClockTime {
    type Err = NotAClockTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let two_digits = |part: &str| -> Option<u16> {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        };
        text.split_once(':')
            .and_then(|(hour, minute)| Self::new(two_digits(hour)?, two_digits(minute)?))
            .ok_or(NotAClockTime)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl PartialSchema for ClockTime {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Hours and minutes in Viet Nam, `00:00` to `23:59`."))
            .max_length(Some(5))
            .pattern(Some("^([01][0-9]|2[0-3]):[0-5][0-9]$"))
            .examples(["07:30"])
            .into()
    }
}
impl ToSchema for ClockTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hh_mm_is_a_time_of_day() {
        for (text, expected) in [
            ("07:30", Some(450)),
            ("00:00", Some(0)),
            ("23:59", Some(1439)),
            ("24:00", None),
            ("7:30", None),
            ("07:60", None),
            ("+7:30", None),
            ("07:30:00", None),
            ("", None),
        ] {
            let read = text.parse::<ClockTime>();
            assert_eq!(read.as_ref().ok().map(|t| t.minutes()), expected, "{text}");
            if let Ok(read) = read {
                assert_eq!(read.to_string(), text);
            }
        }
    }
}
