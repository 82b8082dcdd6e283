//! What officers send when they end a dossier: the hand-over, the apology.

use domain::{dossiers::decide::Apology, personal::Personal, procedures::PaperKey, time::Time};
use serde::Deserialize;
use utoipa::ToSchema;

use super::outcome::HandedOver;
use crate::{dossiers::wire::one_text, failure::Failure};

/// Who collects the result, and what goes back with it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverBody {
    /// The recipient's name.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub recipient: Personal<String>,
    /// Keys of the papers whose originals were held and are given back.
    #[serde(default)]
    #[schema(max_items = 100, value_type = Vec<PaperKey>)]
    pub originals_returned: Vec<String>,
}

impl HandOverBody {
    /// The recipient and the papers, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<HandedOver, Failure> {
        let Self {
            recipient,
            originals_returned,
        } = self;
        let recipient = one_text("/recipient", recipient.reveal(), 120)?;
        Ok(HandedOver {
            recipient: Personal::new(recipient),
            originals: originals_returned,
        })
    }
}

/// An apology and a new date.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApologyBody {
    /// Why it takes longer, as told to the citizen.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// When it will be ready.
    pub new_due_at: Time,
}

impl ApologyBody {
    /// The apology, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<Apology, Failure> {
        let Self { reason, new_due_at } = self;
        Ok(Apology {
            reason: one_text("/reason", &reason, 1000)?,
            new_due_at,
        })
    }
}
