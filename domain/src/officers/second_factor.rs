//! The second factor (xác thực hai lớp): a code by time (RFC 6238) beside the password.
//!
//! Circular 01/2018 and the rules on information systems of level 3 (decree 85/2016) ask for more than a
//! password from those who decide about citizens' dossiers.

use chrono::Duration;

use crate::time::Time;

/// How many recovery codes an officer gets; each opens one session when the device is lost.
pub const RECOVERY_CODES: usize = 8;

/// How long an enrolment waits for its first code.
pub const ENROLMENT: Duration = Duration::minutes(10);

/// What signing in asks for after the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing more.
    Nothing,
    /// A code, by time or for recovery.
    Code,
    /// A second factor has to be set first.
    Enrolment,
}

/// What the house asks of an officer. Whoever has set a second factor shows it, also where nobody is
/// required to have one.
pub const fn asked(required: bool, confirmed: bool) -> Asked {
    match (required, confirmed) {
        (_, true) => Asked::Code,
        (true, false) => Asked::Enrolment,
        (false, false) => Asked::Nothing,
    }
}

/// Whether an enrolment begun then still waits.
pub fn waits(begun: Time, now: Time) -> bool {
    begun <= now && now < begun.plus(ENROLMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_one_shows_it_and_whoever_must_sets_it() {
        for (required, confirmed, expected) in [
            (false, false, Asked::Nothing),
            (false, true, Asked::Code),
            (true, false, Asked::Enrolment),
            (true, true, Asked::Code),
        ] {
            assert_eq!(asked(required, confirmed), expected);
        }
    }

    #[test]
    fn an_enrolment_waits_for_ten_minutes() {
        let at =
            |second: i64| Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!());
        for (now, still) in [(9, false), (10, true), (609, true), (610, false)] {
            assert_eq!(waits(at(10), at(now)), still, "{now}");
        }
    }
}
