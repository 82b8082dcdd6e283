//! The shapes of transfers.

use domain::{
    dossiers::Dossier,
    ids::{AgencyId, DossierId},
    time::Time,
    transfers::{Transfer, TransferReason},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{dossiers::wire::one_text, failure::Failure};

/// To which agency a dossier goes, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferBody {
    /// The agency that is competent; it offers the procedure.
    pub agency_id: AgencyId,
    /// Why, as a code.
    pub reason_code: TransferReason,
    /// Why, as told to the citizen.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

impl TransferBody {
    /// The transfer, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<Transfer, Failure> {
        let Self {
            agency_id,
            reason_code,
            reason,
        } = self;
        Ok(Transfer {
            to: agency_id,
            reason: reason_code,
            text: one_text("/reason", &reason, 1000)?,
        })
    }
}

/// A dossier that went to another agency: no more than what whoever sent it may still know.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transferred {
    /// The dossier.
    pub dossier_id: DossierId,
    /// Its official code, which stays.
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// The agency that holds it now.
    pub agency_id: AgencyId,
    /// When the result is due, which stays.
    pub due_at: Option<Time>,
    /// When it went.
    pub at: Time,
}

impl From<&Dossier> for Transferred {
    fn from(dossier: &Dossier) -> Self {
        Self {
            dossier_id: dossier.id,
            code: dossier.code.as_ref().map(ToString::to_string),
            agency_id: dossier.agency,
            due_at: dossier.due_at,
            at: dossier.updated_at,
        }
    }
}
