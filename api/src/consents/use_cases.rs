//! Keeps a consent with what it was given for, and shows what was kept.

use aws_lc_rs::digest::{SHA256, digest};
use domain::{
    actor::Actor,
    consents::{self, Consent, ConsentText, Purpose, Tongue, Wording, agreed_wording},
    disclosures::AccessAction,
    dossiers::Dossier,
    ids::{DossierId, OfficerId},
    rejection::Code,
};
use persistence::Tx;

use super::wire::{ConsentList, ConsentTextView};
use crate::{call::Call, disclosures::opening::opened, extract::Language, failure::Failure};

/// What a person said when asked for consent.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Whether they agreed, expressly. Silence is no consent.
    pub yes: bool,
    /// The digest of the text that was shown, if it was named.
    pub text: Option<[u8; 32]>,
    /// The language things were shown in.
    pub language: Language,
}

/// The digest of a text.
pub fn digest_of(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    bytes
}

const fn tongue(language: Language) -> Tongue {
    match language {
        Language::Vi => Tongue::Vi,
        Language::En => Tongue::En,
    }
}

/// The text in force today.
///
/// # Errors
/// `not-found` on a day without one.
pub fn text_in_force(call: &Call, purpose: Purpose) -> Result<&'static ConsentText, Failure> {
    consents::in_force(purpose, call.now.date()).ok_or_else(|| Code::NotFound.into())
}

/// The text in force today, as shown.
///
/// # Errors
/// `not-found` on a day without one.
pub fn show_text(
    call: &Call,
    purpose: Purpose,
    language: Language,
) -> Result<ConsentTextView, Failure> {
    let text = text_in_force(call, purpose)?;
    Ok(ConsentTextView::of(text, tongue(language)))
}

/// Which text was agreed to: that the dossier may be settled.
///
/// # Errors
/// `consent-missing` unless it was agreed to expressly; `invalid-content` with
/// `consent-text-outdated` when another text was shown than the one in force.
pub fn agreed(call: &Call, said: Said) -> Result<(&'static ConsentText, Wording), Failure> {
    if !said.yes {
        return Err(Code::ConsentMissing.into());
    }
    let text = text_in_force(call, Purpose::DossierSettlement)?;
    let wording = |language, words: &str| Wording {
        language,
        sha256: digest_of(words),
    };
    let wordings = [
        wording(Tongue::Vi, &text.text.vi),
        wording(Tongue::En, &text.text.en),
    ];
    let wording = agreed_wording(wordings, said.text, tongue(said.language))?;
    Ok((text, wording))
}

/// Keeps the consent to settling a dossier, in the transaction that files it.
///
/// # Errors
/// Those of [`agreed`].
pub fn keep(tx: &mut Tx, call: &Call, dossier: &Dossier, said: Said) -> Result<(), Failure> {
    let (text, wording) = agreed(call, said)?;
    let consent = Consent {
        id: call.id(),
        dossier: Some(dossier.id),
        person: dossier.owner,
        purpose: text.purpose,
        text_version: text.version,
        text_sha256: wording.sha256,
        language: wording.language,
        text_named: said.text.is_some(),
        channel: dossier.channel,
        taken_by: taken_by(&call.actor),
        given_at: dossier
            .submitted_at
            .unwrap_or_else(|| dossier.moment(call.now)),
    };
    Ok(persistence::consents::append(
        tx,
        dossier.filed_with,
        &consent,
    )?)
}

const fn taken_by(actor: &Actor) -> Option<OfficerId> {
    match actor {
        Actor::Officer {
            officer,
            agency: _,
            roles: _,
        } => Some(*officer),
        Actor::Citizen { person: _ } | Actor::System => None,
    }
}

/// What was agreed to for a dossier that the actor may see, oldest first.
///
/// # Errors
/// `not-found`, `role-forbids`.
pub fn list_consents(tx: &mut Tx, call: &Call, id: DossierId) -> Result<ConsentList, Failure> {
    opened(tx, call, id, AccessAction::Follow)?;
    let kept = persistence::consents::of_dossier(tx, id)?;
    Ok(ConsentList {
        items: kept.iter().map(Into::into).collect(),
    })
}
