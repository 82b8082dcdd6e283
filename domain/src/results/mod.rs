//! The result of a dossier (kết quả giải quyết): number, date, signer, and the document itself.

use chrono::NaiveDate;

use crate::{
    actor::Sight,
    dossiers::Dossier,
    ids::{DossierId, OfficerId, ResultDocumentId},
    papers::File,
    time::Time,
    vocabulary,
};

vocabulary! {
    /// What the leader decided.
    Outcome {
        /// What was asked for is granted.
        Approved = "approved",
        /// It is declined, with reasons; this too is a result.
        Declined = "declined",
    }
}

/// Whether the document itself is open to somebody of this sight. The agency works with it from the
/// issue on; the citizen holds it from the hand-over, which waits for every fee and records who
/// received it (the transition from 9 to 10). Before, its number and date say that it is there: most
/// fees are collected with the result, and a document already held could not be recalled.
pub fn is_open_to(sight: Sight, dossier: &Dossier) -> bool {
    is_handed_out(sight, dossier.returned_at)
}

/// The same, by when the result was handed over.
pub fn is_handed_out(sight: Sight, returned_at: Option<Time>) -> bool {
    match sight {
        Sight::Own(_) | Sight::Mandated(_) => returned_at.is_some(),
        Sight::Agency(_) | Sight::Province => true,
    }
}

/// An issued result document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultDocument {
    /// Its id.
    pub id: ResultDocumentId,
    /// The dossier.
    pub dossier: DossierId,
    /// The document's number in the agency's register (decree 30/2020, art. 15).
    pub number: String,
    /// The date on the document.
    pub issued_on: NaiveDate,
    /// Who signed, as printed on the document.
    pub signer_name: String,
    /// Granted or declined.
    pub outcome: Outcome,
    /// The document.
    pub file: File,
    /// The officer who issued it.
    pub issued_by: OfficerId,
    /// When it was issued.
    pub issued_at: Time,
}
