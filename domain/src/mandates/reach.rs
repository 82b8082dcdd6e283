//! How far a citizen sees: their own, and what somebody's mandate opens to them.

use chrono::NaiveDate;

use super::Act;
use crate::ids::PersonId;

/// A citizen on a day, for an act: a mandate that has ended, has not begun, or does not include the
/// act opens nothing. Asked of the store in the transaction of the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Who.
    pub person: PersonId,
    /// The business date.
    pub on: NaiveDate,
    /// What for.
    pub act: Act,
}
