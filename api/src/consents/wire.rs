//! Consents and their texts on the wire.

use chrono::NaiveDate;
use domain::{
    consents::{Consent, ConsentText, Purpose, Tongue, texts},
    dossiers::Channel,
    ids::ConsentId,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::use_cases::digest_of;
use crate::{dossiers::render::hex, failure::Failure};

/// The path of the text of one purpose.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PurposePath {
    /// What personal data would be processed for.
    pub purpose: Purpose,
}

/// What a person agrees to, word for word.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentTextView {
    /// What the data are processed for.
    pub purpose: Purpose,
    /// The version of the text.
    #[schema(minimum = 1)]
    pub version: u32,
    /// The language of `text`.
    pub language: Tongue,
    /// The words, to be shown whole before the person agrees.
    #[schema(max_length = 4000)]
    pub text: String,
    /// SHA-256 of `text` (UTF-8), hexadecimal: sent back as `consent_text_sha256` it says that this very
    /// text was shown.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// The first day it is in force.
    pub in_force_from: NaiveDate,
    /// The acts and articles that ask for it.
    #[schema(max_length = 500)]
    pub legal_basis: String,
}

impl ConsentTextView {
    /// The text in that language.
    pub fn of(text: &ConsentText, language: Tongue) -> Self {
        let ConsentText {
            purpose,
            version,
            in_force_from,
            text,
            legal_basis,
        } = text;
        let words = match language {
            Tongue::Vi => &text.vi,
            Tongue::En => &text.en,
        };
        Self {
            purpose: *purpose,
            version: *version,
            language,
            text: words.clone(),
            sha256: hex(&digest_of(words)),
            in_force_from: *in_force_from,
            legal_basis: legal_basis.clone(),
        }
    }
}

/// What was agreed to for one dossier, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentList {
    /// Every consent.
    #[schema(max_items = 100)]
    pub items: Vec<ConsentView>,
}

/// One consent, as it was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentView {
    /// Its id.
    pub id: ConsentId,
    /// What the data are processed for.
    pub purpose: Purpose,
    /// The version of the text.
    #[schema(minimum = 1)]
    pub text_version: u32,
    /// SHA-256 of the words agreed to, hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub text_sha256: String,
    /// The words agreed to, in that language.
    #[schema(max_length = 4000)]
    pub text: String,
    /// The language.
    pub language: Tongue,
    /// Whether the app or the desk named this text as the one it had shown.
    pub text_named: bool,
    /// How it was given.
    pub channel: Channel,
    /// Whether an officer took it down, from a person at the desk or from a letter.
    pub taken_by_officer: bool,
    /// When.
    pub given_at: Time,
}

impl From<&Consent> for ConsentView {
    fn from(consent: &Consent) -> Self {
        let Consent {
            id,
            dossier: _,
            person: _,
            purpose,
            text_version,
            text_sha256,
            language,
            text_named,
            channel,
            taken_by,
            given_at,
        } = consent;
        let words = texts()
            .iter()
            .find(|text| text.purpose == *purpose && text.version == *text_version)
            .map(|text| match language {
                Tongue::Vi => text.text.vi.clone(),
                Tongue::En => text.text.en.clone(),
            });
        Self {
            id: *id,
            purpose: *purpose,
            text_version: *text_version,
            text_sha256: hex(text_sha256),
            text: words.unwrap_or_default(),
            language: *language,
            text_named: *text_named,
            channel: *channel,
            taken_by_officer: taken_by.is_some(),
            given_at: *given_at,
        }
    }
}

/// The digest a body names, if it names one.
///
/// # Errors
/// `invalid-content` with `wrong-format` at `/consent_text_sha256`.
pub fn named_text(named: Option<&str>) -> Result<Option<[u8; 32]>, Failure> {
    let Some(named) = named else {
        return Ok(None);
    };
    let fault = || Rejection {
        code: Code::InvalidContent,
        faults: vec![Fault::new("/consent_text_sha256", Code::WrongFormat)],
    };
    Ok(Some(bytes_of(named).ok_or_else(fault)?))
}

/// 64 hexadecimal digits as bytes.
fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(32);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    for [high, low] in pairs {
        let value = digit(*high)? * 16 + digit(*low)?;
        bytes.push(u8::try_from(value).ok()?);
    }
    bytes.try_into().ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_is_shown() {
        let digest = digest_of("Tôi đồng ý.");
        assert_eq!(bytes_of(&hex(&digest)), Some(digest));
        assert_eq!(bytes_of(&hex(&digest).to_uppercase()), Some(digest));
        for wrong in [
            "",
            "ab",
            "zz",
            &"a".repeat(63),
            &"a".repeat(65),
            &"é".repeat(32),
        ] {
            assert_eq!(bytes_of(wrong), None, "{wrong}");
        }
    }
}
