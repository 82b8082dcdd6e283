//! A citizen's own consents on the wire, and taking them back.

use domain::{
    consents::WithdrawalEffect,
    ids::{ConsentId, DossierId},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{wire::ConsentView, withdrawing::Standing};
use crate::extract::Language;

/// The path of one consent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ConsentPath {
    /// The consent's id.
    #[param(value_type = uuid::Uuid)]
    pub consent_id: ConsentId,
}

/// A consent of one's own: what was agreed to, whether it stands, and what taking it back does.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnConsent {
    /// What was agreed to.
    pub consent: ConsentView,
    /// The dossier it was given for.
    pub dossier_id: Option<DossierId>,
    /// When it was taken back; null while it stands.
    pub withdrawn_at: Option<Time>,
    /// What taking it back stopped, or would stop now.
    pub effect_of_withdrawal: WithdrawalEffect,
    /// The same in a sentence.
    #[schema(max_length = 500)]
    pub effect_text: String,
}

/// What the citizen agreed to, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnConsentList {
    /// The newest hundred.
    #[schema(max_items = 100)]
    pub items: Vec<OwnConsent>,
}

impl OwnConsent {
    /// As shown in a language.
    pub fn of(standing: &Standing, language: Language) -> Self {
        let Standing {
            consent,
            withdrawal,
            effect,
        } = standing;
        Self {
            dossier_id: consent.dossier,
            consent: consent.into(),
            withdrawn_at: withdrawal.map(|it| it.withdrawn_at),
            effect_of_withdrawal: *effect,
            effect_text: language.of(effect.text()),
        }
    }
}
