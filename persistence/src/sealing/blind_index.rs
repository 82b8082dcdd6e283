//! The keyed blind index: finds a row by an exact value, and tells nobody without the key what the
//! value is. A plain hash would be an open book: a personal number of known province, sex and year of
//! birth has a million values.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use domain::personal::Personal;

use super::key_set::KeySet;

/// Bytes of the index that are kept.
const KEPT: usize = 16;

/// The field of a telephone number.
pub(crate) const PHONE: &str = "phone";
/// The field of a personal number.
pub(crate) const NUMBER: &str = "personal_number";

/// A value's marks: in the one column and in the other, where there is a key for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marks {
    /// For `…_index`.
    pub(crate) one: Option<String>,
    /// For `…_index_other`.
    pub(crate) other: Option<String>,
}

impl Marks {
    /// The marks of a value of a field, under the keys there are.
    pub(crate) fn of(keys: &KeySet, field: &str, value: &Personal<String>) -> Self {
        let [one, other] = &keys.index;
        let mark = |key: &hmac::Key| {
            // A key for each field: equal values of different fields do not meet.
            let key = hmac::Key::new(HMAC_SHA256, hmac::sign(key, field.as_bytes()).as_ref());
            let full = hmac::sign(&key, value.reveal().as_bytes());
            hex(full.as_ref().get(..KEPT).unwrap_or_default())
        };
        Self {
            one: one.as_ref().map(mark),
            other: other.as_ref().map(mark),
        }
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
