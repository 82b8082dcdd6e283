//! Identifiers of the loaded rows: the n-th of a kind, so that any client can name it.

use domain::ids::Id;
use uuid::Uuid;

/// What an identifier names. The first hexadecimal digits of the identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Dossier = 1,
    Citizen = 2,
    Officer = 3,
    Drafter = 4,
    Event = 5,
    File = 6,
    Paper = 7,
    Supplement = 8,
    Obligation = 9,
    Payment = 10,
    Result = 11,
    /// Made anew by each run of a statement: events.
    FreshEvent = 12,
    /// Made anew by each run of a statement: entries of the outbox.
    FreshEntry = 13,
    Grant = 14,
}

impl Family {
    const fn digits(self) -> u32 {
        match self {
            Self::Dossier => 1,
            Self::Citizen => 2,
            Self::Officer => 3,
            Self::Drafter => 4,
            Self::Event => 5,
            Self::File => 6,
            Self::Paper => 7,
            Self::Supplement => 8,
            Self::Obligation => 9,
            Self::Payment => 10,
            Self::Result => 11,
            Self::FreshEvent => 12,
            Self::FreshEntry => 13,
            Self::Grant => 14,
        }
    }

    /// Everything of the identifier but its number: 24 characters.
    pub(crate) fn prefix(self) -> String {
        format!("{:08x}-0000-7000-8000-", self.digits())
    }
}

/// The n-th identifier of a family: in order of n, as `UUIDv7` are in order of time.
pub(crate) fn uuid(family: Family, n: u64) -> Uuid {
    // The last 12 hexadecimal digits are the number.
    let upper = u128::from(family.digits()) << 96;
    Uuid::from_u128(upper | (0x7000_8000 << 48) | u128::from(n))
}

/// The same, typed.
pub(crate) fn id<K>(family: Family, n: u64) -> Id<K> {
    Id::from_uuid(uuid(family, n))
}
