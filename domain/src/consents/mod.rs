//! Consent (sự đồng ý) to the processing of personal data: what was agreed to, by whom, and how.
//!
//! Consent is given for one purpose, expressly, and can be shown afterwards; silence is none, and
//! nothing is ticked in advance (Luật 91/2025/QH15 art. 9-10, 356/2025/NĐ-CP art. 6). So what is kept
//! names the very text that was agreed to, by its version and the digest of its words.

mod texts;
mod withdrawal;

use crate::{
    dossiers::Channel,
    ids::{ConsentId, DossierId, OfficerId, PersonId},
    rejection::{Code, Fault, Rejection},
    time::Time,
    vocabulary,
};

pub use texts::{ConsentText, in_force, texts};
pub use withdrawal::{Withdrawal, WithdrawalEffect, withdraw};

vocabulary! {
    /// What personal data are processed for. Each purpose is agreed to apart from every other.
    Purpose {
        /// To receive and settle one dossier, to inform about it and to return its result.
        DossierSettlement = "dossier_settlement",
    }
}

vocabulary! {
    /// The language a text was shown or read out in.
    Tongue {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
    }
}

/// A consent that was given. It is only ever appended: a withdrawal is a record of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// The dossier it was given for, if it was given for one.
    pub dossier: Option<DossierId>,
    /// The account that gave it, if the person has one.
    pub person: Option<PersonId>,
    /// What for.
    pub purpose: Purpose,
    /// The version of the text.
    pub text_version: u32,
    /// SHA-256 of the text's bytes (UTF-8) in that language.
    pub text_sha256: [u8; 32],
    /// The language it was agreed to in.
    pub language: Tongue,
    /// Whether whoever asked for it named the text that was shown, by its digest. Where nothing was
    /// named, the text is the one in force then.
    pub text_named: bool,
    /// How it was given.
    pub channel: Channel,
    /// The officer who took it at the desk or from the post; none where the person gave it alone.
    pub taken_by: Option<OfficerId>,
    /// When.
    pub given_at: Time,
}

/// A text in one language, with its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub language: Tongue,
    /// SHA-256 of the text's bytes (UTF-8).
    pub sha256: [u8; 32],
}

/// Which wording was agreed to: the one whose digest was `named`, else the one in the language
/// `preferred`. `wordings` are those of the text in force, Vietnamese and English.
///
/// # Errors
/// `invalid-content` with `consent-text-outdated` at `/consent_text_sha256` for any other digest: what
/// was shown is not what is in force, so it is to be shown and agreed to anew.
pub fn agreed_wording(
    wordings: [Wording; 2],
    named: Option<[u8; 32]>,
    preferred: Tongue,
) -> Result<Wording, Rejection> {
    let [vi, en] = wordings;
    let found = match (named, preferred) {
        (Some(digest), _) => wordings.into_iter().find(|it| it.sha256 == digest),
        (None, Tongue::Vi) => Some(vi),
        (None, Tongue::En) => Some(en),
    };
    found.ok_or_else(|| Rejection {
        code: Code::InvalidContent,
        faults: vec![Fault::new(
            "/consent_text_sha256",
            Code::ConsentTextOutdated,
        )],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: Wording = Wording {
        language: Tongue::Vi,
        sha256: [1; 32],
    };
    const EN: Wording = Wording {
        language: Tongue::En,
        sha256: [2; 32],
    };

    #[test]
    fn the_text_that_was_named_is_the_one_agreed_to_whatever_the_language() {
        for (named, preferred, expected) in [
            (None, Tongue::Vi, VI),
            (None, Tongue::En, EN),
            (Some([2; 32]), Tongue::Vi, EN),
            (Some([1; 32]), Tongue::En, VI),
        ] {
            let found = agreed_wording([VI, EN], named, preferred);
            assert_eq!(found, Ok(expected), "{named:?} {preferred:?}");
        }
    }

    #[test]
    fn a_text_that_is_not_in_force_is_not_agreed_to() {
        let refused = agreed_wording([VI, EN], Some([9; 32]), Tongue::Vi);
        let fault = Fault::new("/consent_text_sha256", Code::ConsentTextOutdated);
        assert_eq!(refused.map_err(|no| no.faults), Err(vec![fault]));
    }
}
