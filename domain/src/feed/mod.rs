//! The feed (dòng thay đổi): what a phone is told about its citizen's world, in the order of the log, and
//! how long it may stay away.

use chrono::Duration;

use crate::{time::Time, vocabulary};

/// How long a phone may stay away before it has to begin anew.
pub const CURSOR_HOLDS: Duration = Duration::days(90);

/// From what age on a cursor is given anew although nothing has happened: so that whoever keeps asking
/// never has to begin anew.
pub const CURSOR_IS_RENEWED: Duration = Duration::days(7);

/// How long an answer is held back at most while nothing happens, in seconds: less than the networks
/// of carriers keep a silent connection.
pub const LONGEST_WAIT: u64 = 25;

vocabulary! {
    /// What a change is about.
    FeedKind {
        /// The citizen's own account.
        Account = "account",
        /// The catalogue in force.
        Catalogue = "catalogue",
        /// A dossier, draft or filed, with all that belongs to it.
        Dossier = "dossier",
        /// All dossiers that only mandates open.
        MandatedDossiers = "mandated_dossiers",
    }
}

vocabulary! {
    /// What became of it.
    FeedOp {
        /// It is there, as shown: it replaces what the phone holds of it.
        Upsert = "upsert",
        /// It is not there any more, or not the citizen's to see: the phone drops it.
        Gone = "gone",
    }
}

/// What an event of the log tells its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Something about a dossier.
    Dossier,
    /// Something about the account.
    Account,
    /// The account was erased.
    Erased,
    /// Nothing that a phone keeps.
    Nothing,
}

impl Told {
    /// By the event's kind, and whether it happened to a dossier. Sessions, exports, consents and what is
    /// asked about data are read where they are shown; mandates show in what they open.
    pub fn by(kind: &str, of_a_dossier: bool) -> Self {
        match kind {
            _ if of_a_dossier => Self::Dossier,
            "person_erased" => Self::Erased,
            "person_registered" | "person_changed" | "identity_verified" => Self::Account,
            _ => Self::Nothing,
        }
    }
}

/// Whether a cursor given then may still be followed now.
pub fn cursor_stands(given: Time, now: Time) -> bool {
    now.since(given) < CURSOR_HOLDS
}

/// Whether it is to be given anew.
pub fn cursor_is_old(given: Time, now: Time) -> bool {
    now.since(given) >= CURSOR_IS_RENEWED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Time {
        Time::from_micros(number * 86_400 * 1_000_000).unwrap_or_else(|| unreachable!())
    }

    #[test]
    fn a_cursor_stands_for_ninety_days_and_is_renewed_long_before() {
        for (days, stands, is_old) in [
            (0, true, false),
            (6, true, false),
            (7, true, true),
            (89, true, true),
            (90, false, true),
        ] {
            let found = (
                cursor_stands(day(0), day(days)),
                cursor_is_old(day(0), day(days)),
            );
            assert_eq!(found, (stands, is_old), "{days}");
        }
    }

    #[test]
    fn an_event_is_told_by_what_it_is_about() {
        for (kind, of_a_dossier, told) in [
            ("accepted", true, Told::Dossier),
            ("person_changed", false, Told::Account),
            ("person_erased", false, Told::Erased),
            ("identity_verified", false, Told::Account),
            ("session_opened", false, Told::Nothing),
        ] {
            assert_eq!(Told::by(kind, of_a_dossier), told, "{kind}");
        }
    }
}
