//! Vietnamese text: one normal form at the edge, one folded form for searching.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use utoipa::ToSchema;

/// A text for people, in the language of the law and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Vietnamese.
    #[schema(min_length = 1, max_length = 2000)]
    pub vi: String,
    /// English.
    #[schema(min_length = 1, max_length = 2000)]
    pub en: String,
}

impl Localized {
    /// The pair of texts.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }
}

/// The text in Unicode normal form C, the form everything is stored in.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text without accents, in lower case, with single blanks: `Trích  lục` becomes `trich luc`.
///
/// Both database engines search this form with the same ordinary `LIKE`, so that they agree.
pub fn folded(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds control characters or bidirectional overrides, which can make a name read
/// as something else than it is (Unicode TR 36).
pub fn has_hidden_characters(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_accents_case_and_blanks() {
        for (text, expected) in [
            ("Trích  lục", "trich luc"),
            ("ĐĂNG KÝ khai sinh", "dang ky khai sinh"),
            ("Hộ tịch\n", "ho tich"),
            ("e\u{0302}\u{0301}", "e"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bidi_override_is_hidden_and_a_vietnamese_name_is_not() {
        assert!(has_hidden_characters("An\u{202E}Giang"));
        assert!(!has_hidden_characters("Nguyễn Thị Hồng Đào"));
    }
}
