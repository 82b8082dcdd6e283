//! Instants and local dates of Viet Nam.
//!
//! Viet Nam keeps UTC+07:00 all year and has done so since 1975, so the offset is a constant and
//! no time-zone database is needed.

use chrono::{
    DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Timelike, Utc,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};

/// Seconds east of UTC in Viet Nam.
const OFFSET_SECONDS: i32 = 7 * 3600;

/// An instant with microsecond precision, the finest both database engines keep.
///
/// On the wire it is RFC 3339 in UTC with `Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime<Utc>);

impl Time {
    /// Cuts an instant to microseconds, so that what is read back equals what was written.
    pub fn new(instant: DateTime<Utc>) -> Self {
        let micros = instant.timestamp_subsec_micros();
        Self(
            instant
                .with_nanosecond(micros.saturating_mul(1000))
                .unwrap_or(instant),
        )
    }

    /// The instant that many microseconds after 1970-01-01T00:00Z; `None` outside chrono's range.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970-01-01T00:00Z.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The instant at which clocks in Viet Nam show this date and time.
    pub fn from_local(local: NaiveDateTime) -> Self {
        Self::new((local - Duration::seconds(i64::from(OFFSET_SECONDS))).and_utc())
    }

    /// What clocks in Viet Nam show at this instant.
    pub fn local(self) -> NaiveDateTime {
        match FixedOffset::east_opt(OFFSET_SECONDS) {
            Some(offset) => self.0.with_timezone(&offset).naive_local(),
            None => self.0.naive_utc(),
        }
    }

    /// The business date in Viet Nam.
    pub fn date(self) -> NaiveDate {
        self.local().date()
    }

    /// This instant moved by a duration; stays put if the result cannot be represented.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        self.0.checked_add_signed(duration).map_or(self, Self::new)
    }

    /// Signed distance from `earlier` to `self`.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// The underlying UTC instant.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// RFC 3339 in UTC with `Z` and microseconds only where they are not zero.
    pub fn rfc3339(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl std::fmt::Debug for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text)
            .map(|at| Self::new(at.to_utc()))
            .map_err(D::Error::custom)
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("An instant in UTC with `Z` (RFC 3339)."))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}
impl ToSchema for Time {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_date_turns_at_midnight_in_viet_nam() {
        let at =
            DateTime::parse_from_rfc3339("2026-02-10T17:00:00Z").map(|at| Time::new(at.to_utc()));
        assert_eq!(
            at.ok().map(Time::date),
            NaiveDate::from_ymd_opt(2026, 2, 11)
        );
    }

    #[test]
    fn local_and_back_is_the_same_instant() {
        let at = Time::from_micros(1_770_000_000_123_456);
        assert_eq!(at.map(|at| Time::from_local(at.local())), at);
    }
}
