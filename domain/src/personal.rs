//! Personal data does not print.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A value about a person (name, number, phone, address) that must not reach logs, errors,
/// metrics or spans: it has no `Display`, its `Debug` shows a mark, and it does not serialise.
/// Where the value is meant to leave (the wire, the database) the code says so with [`reveal`].
///
/// [`reveal`]: Personal::reveal
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks a value as personal.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself; every call is a place where personal data leaves its wrapping.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, by move.
    pub fn into_revealed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn debug_shows_a_mark_and_not_the_value() {
        let name = Personal::new("Nguyễn Thị Canary".to_owned());
        assert_eq!(format!("{name:?}"), "[personal]");
        assert_eq!(name.reveal(), "Nguyễn Thị Canary");
    }
}
