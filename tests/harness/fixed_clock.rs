//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use api::clock::Clock;
use chrono::{DateTime, TimeDelta};
use domain::time::Time;

/// Monday 23 November 2026, 09:00 in Asia/Ho_Chi_Minh: a working morning; the day after is a holiday.
pub const MONDAY_MORNING: &str = "2026-11-23T09:00:00+07:00";

/// The time of the server under test.
#[derive(Debug)]
pub struct FixedClock {
    micros: AtomicI64,
}

impl FixedClock {
    /// A clock that shows the given instant (RFC 3339).
    pub fn at(instant: &str) -> Self {
        Self {
            micros: AtomicI64::new(micros(instant)),
        }
    }

    /// Moves the hands, forward or back.
    pub fn set(&self, instant: &str) {
        self.micros.store(micros(instant), Ordering::SeqCst);
    }

    /// Lets time pass.
    pub fn advance(&self, by: TimeDelta) {
        let by = by.num_microseconds().expect("a span a test can mean");
        self.micros.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Time {
        Time::from_micros(self.micros.load(Ordering::SeqCst)).expect("an instant of our age")
    }
}

fn micros(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant)
        .expect("an RFC 3339 instant")
        .timestamp_micros()
}
