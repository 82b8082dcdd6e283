//! A reporting period (kỳ báo cáo), half open, from local midnight to local midnight.

use chrono::{NaiveDate, NaiveTime};

use crate::time::Time;

/// The instants `from <= t < to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Time,
    to: Time,
}

impl Period {
    /// From the first midnight of `from` to the first midnight of `to` in Viet Nam, so that `to`
    /// is the day after the last one counted. None if no day lies between.
    pub fn of_days(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        let midnight = |date: NaiveDate| Time::from_local(date.and_time(NaiveTime::MIN));
        (from < to).then(|| Self {
            from: midnight(from),
            to: midnight(to),
        })
    }

    /// The first instant counted.
    pub const fn from(&self) -> Time {
        self.from
    }

    /// The first instant after the period.
    pub const fn to(&self) -> Time {
        self.to
    }
}
