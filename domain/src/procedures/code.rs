//! The codes procedures, fields and papers are known by: checked once, when they are read.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The text is not a code of this family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0}")]
pub struct NotACode(pub &'static str);

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, $example:literal, $shape:literal, $check:path) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String, max_length = 64, pattern = $pattern, example = $example)]
        pub struct $name(String);

        impl $name {
            /// The code of that spelling.
            ///
            /// # Errors
            /// [`NotACode`] names the expected shape.
            pub fn parse(text: &str) -> Result<Self, NotACode> {
                if $check(text) { Ok(Self(text.to_owned())) } else { Err(NotACode($shape)) }
            }

            /// The spelling on the wire and in the database.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotACode;
            fn try_from(text: String) -> Result<Self, NotACode> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code! {
    /// The national code of a procedure (mã thủ tục hành chính), `d.dddddd`. The first digit is a
    /// register series (1, 2 or 3), not a service level.
    ProcedureCode, r"^[1-9]\.[0-9]{6}$", "2.000635", "a procedure code such as 2.000635", is_procedure_code
}

code! {
    /// The code of a field (mã lĩnh vực): owner agency, hyphen, field, as in `G15-HT01`.
    FieldCode, r"^[A-Z][0-9]{2}-[A-Z]{2,4}[0-9]{2}$", "G15-HT01", "a field code such as G15-HT01", is_field_code
}

code! {
    /// What a paper is called inside one procedure: lower case words joined by `_`.
    PaperKey, "^[a-z][a-z0-9_]{1,39}$", "birth_notification", "a key such as birth_notification", is_key
}

code! {
    /// The code of a commune (mã đơn vị hành chính cấp xã): five digits, leading zeros kept.
    ///
    /// Communes are keyed by code and never by name: there is a Mỹ Thuận 30838 in An Giang and
    /// another, 29788, in Vĩnh Long.
    CommuneCode, "^[0-9]{5}$", "30838", "five digits such as 30838", is_commune_code
}

fn is_procedure_code(text: &str) -> bool {
    text.split_once('.').is_some_and(|(series, number)| {
        is_digits(series, 1) && series != "0" && is_digits(number, 6)
    })
}

fn is_field_code(text: &str) -> bool {
    text.split_once('-').is_some_and(|(owner, field)| {
        let letters = field.trim_end_matches(|c: char| c.is_ascii_digit());
        owner
            .strip_prefix(|c: char| c.is_ascii_uppercase())
            .is_some_and(|n| is_digits(n, 2))
            && (2..=4).contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_uppercase())
            && field.len() == letters.len() + 2
    })
}

fn is_key(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_commune_code(text: &str) -> bool {
    is_digits(text, 5)
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn procedure_codes() {
        for good in ["1.001193", "2.000635", "3.000333"] {
            assert!(ProcedureCode::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "0.000001",
            "1.00119",
            "1.0011933",
            "1001193",
            "1.00119x",
            "1.001193.01",
            "١.001193",
            " 1.001193",
        ] {
            assert!(ProcedureCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn field_paper_and_commune_codes() {
        assert!(FieldCode::parse("G15-HT01").is_ok());
        for bad in [
            "G15",
            "g15-HT01",
            "G15-HT1",
            "G15-01",
            "G1-HT01",
            "G15-HT011",
            "GG15-HT01",
        ] {
            assert!(FieldCode::parse(bad).is_err(), "{bad}");
        }
        assert!(PaperKey::parse("birth_notification").is_ok());
        for bad in ["Birth", "b", "1st", "giấy", "a-b"] {
            assert!(PaperKey::parse(bad).is_err(), "{bad}");
        }
        assert!(CommuneCode::parse("00004").is_ok());
        for bad in ["30838 ", "3083", "308380", "3083a"] {
            assert!(CommuneCode::parse(bad).is_err(), "{bad}");
        }
    }
}
