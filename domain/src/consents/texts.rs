//! The texts that are agreed to, as data: one file, each wording a version with its first day.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::Purpose;
use crate::text::Localized;

/// What a person agrees to, word for word, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentText {
    /// What the data are processed for.
    pub purpose: Purpose,
    /// Counts up from 1 with every change of the words.
    pub version: u32,
    /// The first day it is in force; until the next version of the same purpose is.
    pub in_force_from: NaiveDate,
    /// The words.
    pub text: Localized,
    /// The acts and articles that ask for it.
    pub legal_basis: String,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextsFile {
    #[expect(dead_code, reason = "for whoever opens the file")]
    note: String,
    texts: Vec<ConsentText>,
}

static TEXTS: LazyLock<Vec<ConsentText>> = LazyLock::new(|| {
    // A file that does not read has no texts, and without a text nobody can agree to anything: filing
    // is refused. A test holds that it reads.
    serde_json::from_str::<TextsFile>(include_str!("texts.json"))
        .map(|file| file.texts)
        .unwrap_or_default()
});

/// Every text that is or was in force.
pub fn texts() -> &'static [ConsentText] {
    &TEXTS
}

/// The text of a purpose in force on that day.
pub fn in_force(purpose: Purpose, on: NaiveDate) -> Option<&'static ConsentText> {
    let of_purpose = texts().iter().filter(|text| text.purpose == purpose);
    of_purpose
        .filter(|text| text.in_force_from <= on)
        .max_by_key(|text| text.in_force_from)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn each_purpose_has_texts_that_follow_each_other() {
        for purpose in Purpose::ALL.iter().copied() {
            let versions: Vec<_> = texts()
                .iter()
                .filter(|text| text.purpose == purpose)
                .map(|text| (text.version, text.in_force_from))
                .collect();
            let counted = (1..).take(versions.len());
            assert!(!versions.is_empty(), "{purpose:?}");
            assert!(versions.iter().map(|(version, _)| *version).eq(counted));
            assert!(
                versions.is_sorted_by(|(_, a), (_, b)| a < b),
                "{versions:?}"
            );
        }
    }

    #[test]
    fn both_languages_are_whole_and_the_law_is_named() {
        for text in texts() {
            let Localized { vi, en } = &text.text;
            assert!(vi.chars().count() > 100 && en.chars().count() > 100);
            assert_eq!(crate::text::nfc(vi), *vi);
            assert!(text.legal_basis.contains("91/2025/QH15"));
        }
    }

    #[test]
    fn a_text_is_in_force_from_its_first_day_on() {
        let purpose = Purpose::DossierSettlement;
        assert_eq!(in_force(purpose, day(2025, 12, 31)), None);
        let first = in_force(purpose, day(2026, 1, 1)).unwrap();
        assert_eq!(first.version, 1);
    }
}
