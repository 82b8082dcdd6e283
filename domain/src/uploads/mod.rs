//! Uploads (tệp đang tải lên): files that come in pieces, and how much of that one citizen may have.

use crate::{
    ids::{FileId, PersonId, UploadId},
    papers::FileKind,
    time::Time,
};

crate::vocabulary! {
    /// Where an upload stands.
    UploadState {
        /// Bytes are still to come, or are being looked at.
        Open = "open",
        /// All bytes are there, have the declared digest, and are a file that can be used.
        Finished = "finished",
        /// What came is not what was declared, or is not taken; its bytes are gone.
        Refused = "refused",
    }
}

/// One file on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// Whose it is.
    pub person: PersonId,
    /// What it is declared to be.
    pub kind: FileKind,
    /// How many bytes it will have.
    pub size: i64,
    /// The declared SHA-256 of all of them.
    pub sha256: [u8; 32],
    /// Where it stands.
    pub state: UploadState,
    /// Why it was refused: a stable code.
    pub refusal: Option<String>,
    /// The file it became.
    pub file: Option<FileId>,
    /// When it was begun.
    pub created_at: Time,
    /// When it goes, if nothing came of it; once it is finished, when the file goes unless it was used.
    pub expires_at: Time,
}

/// How much one citizen may have; sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// Uploads that are not finished.
    pub open: i64,
    /// Begun within a day and a night.
    pub day_bytes: i64,
    /// Of all files in the citizen's store.
    pub person_bytes: i64,
}

/// What one citizen has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Uploads that are not finished.
    pub open: i64,
    /// Bytes of what was begun within a day and a night.
    pub day_bytes: i64,
    /// Bytes of everything in the store.
    pub person_bytes: i64,
}

/// Which limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Too many are not finished.
    Open,
    /// Too much within a day and a night.
    Day,
    /// Too much altogether.
    Store,
}

impl Quotas {
    /// Whether one more file of this size fits.
    ///
    /// # Errors
    /// The limit that it would go beyond.
    pub const fn fits(&self, used: &Usage, size: i64) -> Result<(), Reached> {
        if used.open >= self.open {
            Err(Reached::Open)
        } else if used.day_bytes.saturating_add(size) > self.day_bytes {
            Err(Reached::Day)
        } else if used.person_bytes.saturating_add(size) > self.person_bytes {
            Err(Reached::Store)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_holds_to_the_byte() {
        let quotas = Quotas {
            open: 2,
            day_bytes: 100,
            person_bytes: 150,
        };
        let used = |open, day_bytes, person_bytes| Usage {
            open,
            day_bytes,
            person_bytes,
        };
        for (used, size, expected) in [
            (used(0, 0, 0), 100, Ok(())),
            (used(1, 99, 149), 1, Ok(())),
            (used(2, 0, 0), 1, Err(Reached::Open)),
            (used(0, 100, 0), 1, Err(Reached::Day)),
            (used(0, 0, 0), 101, Err(Reached::Day)),
            (used(0, 0, 150), 1, Err(Reached::Store)),
            (used(0, i64::MAX, 0), i64::MAX, Err(Reached::Day)),
        ] {
            assert_eq!(quotas.fits(&used, size), expected, "{used:?} {size}");
        }
    }
}
