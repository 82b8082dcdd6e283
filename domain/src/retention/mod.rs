//! Retention (thời hạn lưu giữ): how long what is not a record is kept, in one table.
//!
//! Personal data are kept no longer than their purpose asks (Luật 91/2025/QH15 art. 3). What is a
//! record of an agency (a filed dossier, its papers, money and results) stands in no row here: the law
//! on archives (33/2024/QH15) has it kept.

use chrono::Duration;

use crate::time::Time;

crate::vocabulary! {
    /// What is kept for a time and then removed.
    Kept {
        /// Drafts that nobody has touched (hồ sơ nháp).
        Drafts = "drafts",
        /// Archives of what is held about a person.
        Exports = "exports",
        /// One-time codes.
        OneTimeCodes = "one_time_codes",
        /// Keys of requests that took effect once.
        IdempotencyKeys = "idempotency_keys",
        /// What was delivered.
        Deliveries = "deliveries",
        /// Refresh tokens of sessions that are over.
        RefreshTokens = "refresh_tokens",
        /// Sessions that are over.
        Sessions = "sessions",
        /// Limits that are whole again.
        Throttles = "throttles",
        /// Notices, with how they were sent (thông báo).
        Notices = "notices",
    }
}

crate::vocabulary! {
    /// How close to a person it is.
    DataClass {
        /// Steps and dates of a case.
        Case = "case",
        /// Names and addresses.
        Personal = "personal",
        /// What identifies, and secrets.
        Identifying = "identifying",
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub what: Kept,
    /// The most sensitive class in it.
    pub class: DataClass,
    /// For how many days after what the last column says; 0 where the row knows its own end.
    pub days: u32,
    /// Since when.
    pub since: &'static str,
}

const fn rule(what: Kept, class: DataClass, days: u32, since: &'static str) -> Rule {
    Rule {
        what,
        class,
        days,
        since,
    }
}

/// How long each is kept. The days of drafts can be set; these are the defaults.
pub const RULES: [Rule; 9] = [
    rule(Kept::Drafts, DataClass::Identifying, 90, "the last change"),
    rule(
        Kept::Exports,
        DataClass::Identifying,
        0,
        "its expiry, 7 days after it was made",
    ),
    rule(Kept::OneTimeCodes, DataClass::Identifying, 1, "it was sent"),
    rule(
        Kept::IdempotencyKeys,
        DataClass::Case,
        0,
        "its expiry, 7 days after its use",
    ),
    rule(
        Kept::Deliveries,
        DataClass::Personal,
        30,
        "it was delivered",
    ),
    rule(
        Kept::RefreshTokens,
        DataClass::Identifying,
        0,
        "the session's end",
    ),
    rule(Kept::Sessions, DataClass::Personal, 90, "the session's end"),
    rule(Kept::Throttles, DataClass::Case, 0, "it is whole again"),
    rule(Kept::Notices, DataClass::Case, 365, "it was made"),
];

/// Before which instant something is past its time.
pub fn kept_since(what: Kept, drafts_days: u32, now: Time) -> Time {
    let row = RULES.iter().find(|rule| rule.what == what);
    let days = match (what, row) {
        (Kept::Drafts, _) => drafts_days,
        (_, Some(rule)) => rule.days,
        // A test holds that there is a row for each: for want of one nothing of a lifetime is.
        (_, None) => 36_500,
    };
    now.plus(-Duration::days(days.into()))
}

/// Whether it is the hour in which the house tidies up: from two to three at night.
pub fn is_the_hour(now: Time) -> bool {
    chrono::Timelike::hour(&now.local()) == 2
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn everything_that_is_kept_for_a_time_has_its_row() {
        let now = Time::from_micros(1_790_000_000_000_000).unwrap();
        for what in Kept::ALL.iter().copied() {
            let rows: Vec<_> = RULES.iter().filter(|rule| rule.what == what).collect();
            assert_eq!(rows.len(), 1, "{what:?}");
            let days = i64::from(rows.first().unwrap().days);
            assert_eq!(now.since(kept_since(what, 90, now)), Duration::days(days));
        }
        let longer = kept_since(Kept::Drafts, 120, now);
        assert_eq!(now.since(longer), Duration::days(120));
    }

    #[test]
    fn the_hour_is_two_at_night_in_viet_nam() {
        for (text, expected) in [
            ("2026-11-23T01:59:59", false),
            ("2026-11-23T02:00:00", true),
            ("2026-11-23T02:59:59", true),
            ("2026-11-23T03:00:00", false),
        ] {
            let at = Time::from_local(text.parse().unwrap());
            assert_eq!(is_the_hour(at), expected, "{text}");
        }
    }
}
