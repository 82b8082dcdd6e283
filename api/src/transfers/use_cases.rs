//! Sending a dossier to the agency that is competent.

use domain::{
    assignments::AssignmentEnd,
    dossiers::{Case, Command, Dossier, decide, permitted},
    ids::AgencyId,
    rejection::Code,
    transfers::{Transfer, goes_elsewhere},
};
use persistence::{Tx, assignments};

use crate::{
    call::Call,
    dossiers::{
        beats::{self, Target},
        drafts::unknown,
    },
    failure::Failure,
};

/// Sends a dossier to another agency: it is theirs from this instant on, and nobody's work.
///
/// # Errors
/// `unknown-reference` or `out-of-range` at `/agency_id`, `procedure-not-offered` when that agency is not
/// competent; those of [`beats::change`].
pub fn transfer_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    transfer: &Transfer,
) -> Result<Dossier, Failure> {
    let by = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        // Whether it may go at all comes before where to.
        permitted(case, Command::Transfer, &call.actor)?;
        goes_elsewhere(case.dossier.agency, transfer.to)?;
        is_competent(call, case, transfer.to)?;
        let decision = decide::transfer(case, &call.actor, transfer.clone())?;
        let at = (by, decision.dossier.updated_at);
        assignments::end(tx, case.dossier.id, at, AssignmentEnd::Transferred)?;
        Ok(decision)
    })
}

/// The law says it through the catalogue: which agencies offer the procedure, in the version the dossier
/// lives by.
fn is_competent(call: &Call, case: &Case, to: AgencyId) -> Result<(), Failure> {
    let dossier = &case.dossier;
    let procedure = call
        .posted
        .version(&dossier.procedure, dossier.procedure_version)?;
    let agency = call
        .posted
        .agency(to)
        .ok_or_else(|| unknown("/agency_id"))?;
    if agency.offers(procedure) {
        Ok(())
    } else {
        Err(Code::ProcedureNotOffered.into())
    }
}
