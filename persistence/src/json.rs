//! JSON carried as text from the column to the wire.

use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned, ser::Error};
use serde_json::value::RawValue;

use crate::StoreError;

/// A JSON document as its text: written once, never parsed only to be printed again.
///
/// The same bytes come back from both engines. It serialises as the document it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Json(String);

impl Json {
    /// The document of a serialisable value.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for a value JSON has no form for (a map with keys that are no text).
    pub fn of<T: Serialize>(value: &T) -> Result<Self, StoreError> {
        serde_json::to_string(value)
            .map(Self)
            .map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// The empty object.
    pub fn empty() -> Self {
        Self("{}".to_owned())
    }

    /// What came out of a JSON column, which the engine checked when it was written.
    pub(crate) fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The same object with one more member.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is no object.
    pub(crate) fn with<T: Serialize>(&self, member: &str, value: &T) -> Result<Self, StoreError> {
        let mut members: serde_json::Map<String, serde_json::Value> = self.parse()?;
        let value = serde_json::to_value(value);
        let value = value.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        members.insert(member.to_owned(), value);
        Self::of(&members)
    }

    /// The document's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document as a value.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it does not have that shape.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        // The error's own text quotes what it found.
        serde_json::from_str(&self.0).map_err(|error| {
            let (what, line, column) = (error.classify(), error.line(), error.column());
            StoreError::Corrupt(format!("a JSON column: {what:?} at {line}:{column}"))
        })
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue =
            Deserialize::deserialize(&mut serde_json::Deserializer::from_str(&self.0))
                .map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}
