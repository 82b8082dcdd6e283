//! Transfers (chuyển hồ sơ): an accepted dossier goes to the agency that the law makes competent.
//!
//! One beat: the leader of the agency that holds it sends it, and it is the other agency's from that
//! instant on. There is no moment at which nobody answers for it; an agency that holds it to be wrong
//! sends it on or back in the same way. The code, the clock and the due date stay: they were promised on
//! the receipt, and by the hours of the agency that gave it.

use crate::{
    ids::AgencyId,
    rejection::{Code, Fault, Rejection},
};

crate::vocabulary! {
    /// Why a dossier goes to another agency.
    TransferReason {
        /// Another agency is competent, and was at filing (không đúng thẩm quyền).
        NotCompetent = "not_competent",
        /// The law moved the competence since (thẩm quyền thay đổi theo quy định mới).
        CompetenceMoved = "competence_moved",
        /// Boundaries or agencies were rearranged (sắp xếp đơn vị hành chính, cơ quan).
        Rearranged = "rearranged",
        /// The agency may not decide in its own matter (xung đột lợi ích).
        ConflictOfInterest = "conflict_of_interest",
    }
}

/// A transfer, as the leader words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// To which agency.
    pub to: AgencyId,
    /// Why, as a code.
    pub reason: TransferReason,
    /// Why, as told to the citizen.
    pub text: String,
}

/// Nothing if it goes anywhere at all.
///
/// # Errors
/// `out-of-range` at `/agency_id`.
pub fn goes_elsewhere(from: AgencyId, to: AgencyId) -> Result<(), Rejection> {
    if from != to {
        return Ok(());
    }
    let fault = Fault::new("/agency_id", Code::OutOfRange).because(
        "Hồ sơ đang ở chính cơ quan này.",
        "The dossier is with this agency already.",
    );
    Rejection::of_faults(vec![fault])
}
