//! Merge patches (RFC 7396): a field left out stays, a field that is null is cleared.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "present")]` on an `Option<Option<T>>`: the outer one
/// says whether the field was sent, the inner one what it is to be.
///
/// # Errors
/// When the value is no `T`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
