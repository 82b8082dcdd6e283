//! Money is a whole number of dong; there is nothing smaller.

use std::iter::Sum;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount in Vietnamese dong (ISO 4217 `VND`, no minor unit).
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(transparent)]
#[schema(value_type = i64, minimum = 0, example = 24000)]
pub struct Dong(i64);

impl Dong {
    /// Nothing owed.
    pub const ZERO: Self = Self(0);

    /// An amount of that many dong.
    pub const fn new(amount: i64) -> Self {
        Self(amount)
    }

    /// The number of dong.
    pub const fn amount(self) -> i64 {
        self.0
    }

    /// Sum; saturates instead of wrapping.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Difference, never below zero.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// This amount `quantity` times; saturates instead of wrapping.
    #[must_use]
    pub fn times(self, quantity: u32) -> Self {
        Self(self.0.saturating_mul(i64::from(quantity)))
    }

    /// Whether nothing is owed.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Sum for Dong {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}
