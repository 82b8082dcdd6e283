//! How long a log is kept.

use chrono::Months;
use domain::time::Time;
use serde::{Deserialize, Deserializer, de::Error as _};

/// The fewest months a log of a system of level 3 is kept.
const FEWEST: u32 = 12;

/// A number of months, 12 at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptMonths(u32);

impl KeptMonths {
    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// What is from before this instant goes. Where the calendar has no such day nothing does.
    pub fn before(self, now: Time) -> Time {
        let then = now.utc().checked_sub_months(Months::new(self.0));
        then.map_or_else(|| Time::new(chrono::DateTime::UNIX_EPOCH), Time::new)
    }
}

impl Default for KeptMonths {
    fn default() -> Self {
        Self(FEWEST)
    }
}

impl<'de> Deserialize<'de> for KeptMonths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let months = u32::deserialize(deserializer)?;
        if months < FEWEST {
            return Err(D::Error::custom("a log is kept for 12 months at least"));
        }
        Ok(Self(months))
    }
}

#[cfg(test)]
mod tests {
    use super::KeptMonths;

    #[test]
    fn fewer_than_twelve_months_are_refused() {
        let read = |text: &str| serde_json::from_str::<KeptMonths>(text).ok();
        assert_eq!(read("11"), None);
        assert_eq!(read("12"), Some(KeptMonths::default()));
        assert_eq!(read("24").map(KeptMonths::get), Some(24));
    }
}
