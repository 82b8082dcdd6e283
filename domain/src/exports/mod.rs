//! Exports (bản sao dữ liệu): all that is held about a person, as one archive that only they can open.

use crate::{
    ids::{ExportId, PersonId},
    time::Time,
};

crate::vocabulary! {
    /// Where an export stands.
    ExportState {
        /// It is to be made, or is being made.
        Waiting = "waiting",
        /// It can be downloaded.
        Ready = "ready",
        /// It could not be made; another one may be asked for.
        Failed = "failed",
        /// Its time has passed: the archive is gone.
        Expired = "expired",
    }
}

/// For how many days an archive can be downloaded.
pub const KEPT_DAYS: i64 = 7;

/// How many bytes of files go into one archive: what is beyond is listed in it, and downloaded file by
/// file.
pub const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// How many files go into one archive.
pub const MOST_FILES: usize = 1000;

/// How many letters of five bits a code has: 80 bits.
pub const CODE_LETTERS: usize = 16;

/// One export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// Whose data.
    pub person: PersonId,
    /// Where it stands.
    pub state: ExportState,
    /// Goes up by one with each change of state.
    pub version: i64,
    /// When it was asked for.
    pub asked_at: Time,
    /// How many files are in it so far.
    pub files_done: u32,
    /// How many there are to be; nothing until they are counted.
    pub files_total: Option<u32>,
    /// The archive, once it is there: digest and size in bytes.
    pub archive: Option<([u8; 32], i64)>,
    /// When it was made, or given up on.
    pub finished_at: Option<Time>,
    /// Until when it can be downloaded.
    pub expires_at: Option<Time>,
}

impl Export {
    /// An export that is asked for now.
    pub const fn asked(id: ExportId, person: PersonId, now: Time) -> Self {
        Self {
            id,
            person,
            state: ExportState::Waiting,
            version: 1,
            asked_at: now,
            files_done: 0,
            files_total: None,
            archive: None,
            finished_at: None,
            expires_at: None,
        }
    }

    /// The export with its archive.
    #[must_use]
    pub fn ready(&self, archive: ([u8; 32], i64), now: Time) -> Self {
        Self {
            archive: Some(archive),
            expires_at: Some(now.plus(chrono::Duration::days(KEPT_DAYS))),
            ..self.ended(ExportState::Ready, now)
        }
    }

    /// The export given up on.
    #[must_use]
    pub fn failed(&self, now: Time) -> Self {
        self.ended(ExportState::Failed, now)
    }

    /// The export without its archive.
    #[must_use]
    pub fn expired(&self) -> Self {
        Self {
            state: ExportState::Expired,
            version: self.version + 1,
            archive: None,
            ..self.clone()
        }
    }

    fn ended(&self, state: ExportState, now: Time) -> Self {
        Self {
            state,
            version: self.version + 1,
            finished_at: Some(now),
            ..self.clone()
        }
    }

    /// The archive, while it can be downloaded.
    pub fn archive_at(&self, now: Time) -> Option<([u8; 32], i64)> {
        let lasts = self.expires_at.is_some_and(|until| now < until);
        self.archive.filter(|_| lasts)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use chrono::Duration;
    use uuid::Uuid;

    use super::*;
    use crate::ids::Id;

    #[test]
    fn an_archive_lasts_a_week_to_the_instant() {
        let now = Time::from_micros(1_790_000_000_000_000).unwrap();
        let id = |n| Uuid::from_u128(n);
        let asked = Export::asked(Id::from_uuid(id(1)), Id::from_uuid(id(2)), now);
        assert_eq!(asked.archive_at(now), None);
        let archive = ([7; 32], 42);
        let ready = asked.ready(archive, now);
        let end = now.plus(Duration::days(7));
        for (at, expected) in [
            (now, Some(archive)),
            (end.plus(-Duration::microseconds(1)), Some(archive)),
            (end, None),
        ] {
            assert_eq!(ready.archive_at(at), expected, "{at:?}");
        }
        assert_eq!(ready.expired().archive_at(now), None);
        assert_eq!(asked.failed(now).archive_at(now), None);
        const { assert!(CODE_LETTERS * 5 >= 80) }
    }
}
