//! What is known of stored bytes: whether a virus scanner has seen them, and what is shown instead.

use chrono::Duration;

use crate::time::Time;

crate::vocabulary! {
    /// What the virus scanner says of a file.
    ScanState {
        /// It waits for its turn.
        Pending = "pending",
        /// It was looked through, and nothing was found.
        Clean = "clean",
        /// Something was found: nobody is given it.
        Refused = "refused",
        /// The scanner could not be asked: it is held back, and asked about again.
        Quarantined = "quarantined",
        /// No scanner is connected here: nobody has looked.
        Unscanned = "unscanned",
    }
}

impl ScanState {
    /// Whether an officer may open a file in this state.
    pub const fn opens_for_officers(self) -> bool {
        matches!(self, Self::Clean | Self::Unscanned)
    }

    /// Whether whoever sent it may have it back: only what was found to be harmful stays shut.
    pub const fn opens_for_owner(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// What came of asking the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanned {
    /// It looked and found nothing.
    Clean,
    /// It found something.
    Found,
    /// It is down, too slow, or says what cannot be read. Never taken for clean.
    NoAnswer,
}

/// How long after a failed attempt the scanner is asked again: a minute, doubled each time, an hour at
/// most.
fn pause(tries: i64) -> Duration {
    let doublings = u32::try_from(tries.clamp(0, 6)).unwrap_or(0);
    Duration::minutes(i64::from(2_u32.pow(doublings)).min(60))
}

/// What is known of stored bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// What the scanner says.
    pub state: ScanState,
    /// How often it did not answer.
    pub tries: i64,
    /// When the bytes came.
    pub inspected_at: Time,
    /// When the scanner last said something.
    pub scanned_at: Option<Time>,
    /// When it is to be asked; nothing once it has answered.
    pub ask_at: Option<Time>,
    /// The picture without hidden parts that is shown in the original's place: digest and size.
    pub derivative: Option<([u8; 32], i64)>,
}

impl Inspection {
    /// Bytes that have just come, in a house with a scanner or without.
    pub const fn arrived(
        sha256: [u8; 32],
        derivative: Option<([u8; 32], i64)>,
        has_scanner: bool,
        now: Time,
    ) -> Self {
        Self {
            sha256,
            state: if has_scanner {
                ScanState::Pending
            } else {
                ScanState::Unscanned
            },
            tries: 0,
            inspected_at: now,
            scanned_at: None,
            // Also without a scanner: one that is connected later looks at what came before.
            ask_at: Some(now),
            derivative,
        }
    }

    /// The same after the scanner was asked.
    #[must_use]
    pub fn after(&self, scanned: Scanned, now: Time) -> Self {
        let (state, tries, ask_at) = match scanned {
            Scanned::Clean => (ScanState::Clean, self.tries, None),
            Scanned::Found => (ScanState::Refused, self.tries, None),
            Scanned::NoAnswer => (
                ScanState::Quarantined,
                self.tries.saturating_add(1),
                Some(now.plus(pause(self.tries))),
            ),
        };
        Self {
            state,
            tries,
            ask_at,
            scanned_at: match scanned {
                Scanned::Clean | Scanned::Found => Some(now),
                Scanned::NoAnswer => self.scanned_at,
            },
            ..self.clone()
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
mod tests {
    use super::*;

    fn now() -> Time {
        Time::from_micros(1_790_000_000_000_000).unwrap()
    }

    #[test]
    fn a_scanner_that_does_not_answer_never_makes_a_file_clean() {
        let mut seen = Inspection::arrived([1; 32], None, true, now());
        assert_eq!(seen.state, ScanState::Pending);
        assert!(!seen.state.opens_for_officers());
        for tries in 1..10 {
            let asked = seen.ask_at;
            seen = seen.after(Scanned::NoAnswer, now());
            assert_eq!((seen.state, seen.tries), (ScanState::Quarantined, tries));
            assert!(seen.ask_at > Some(now()) && seen.ask_at >= asked);
            assert!(!seen.state.opens_for_officers());
        }
        let found = seen.after(Scanned::Found, now());
        assert_eq!((found.state, found.ask_at), (ScanState::Refused, None));
        assert!(!found.state.opens_for_officers() && !found.state.opens_for_owner());
        let clean = seen.after(Scanned::Clean, now());
        assert_eq!((clean.state, clean.ask_at), (ScanState::Clean, None));
        assert!(clean.state.opens_for_officers());
    }

    #[test]
    fn without_a_scanner_nobody_is_said_to_have_looked() {
        let seen = Inspection::arrived([1; 32], None, false, now());
        assert_eq!((seen.state, seen.scanned_at), (ScanState::Unscanned, None));
        assert!(seen.ask_at.is_some());
    }
}
