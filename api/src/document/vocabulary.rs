//! What the vocabulary's hand-made schemas mean to a client.

use serde_json::Value;

/// Identifiers and instants are one schema each, whatever they identify or date.
const MEANINGS: [(&str, &str); 2] = [
    ("Id", "An identifier: a UUID of version 7 (RFC 9562)."),
    ("Time", "An instant: RFC 3339 in UTC, with `Z`."),
];

/// Adds the descriptions.
pub(super) fn describe(document: &mut Value) {
    for (name, meaning) in MEANINGS {
        let pointer = format!("/components/schemas/{name}");
        let schema = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut);
        if let Some(schema) = schema {
            schema
                .entry("description")
                .or_insert_with(|| Value::from(meaning));
        }
    }
}
