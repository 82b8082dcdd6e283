//! The due date, explained: every segment the clock counted, skipped or stood still in.

use domain::{
    deadlines::{self, Ledger},
    disclosures::AccessAction,
    dossiers::Channel,
    ids::{AgencyId, DossierId},
    procedures::ProcedureCode,
    rejection::Code,
    time::Time,
};
use persistence::Tx;

use super::drafts::offered;
use crate::{
    api_code::ApiCode,
    call::Call,
    disclosures::opening::opened,
    failure::{Failure, FieldError, Refusal},
};

/// A due date as it was promised, and the account of it by the calendar of today.
#[derive(Debug)]
pub struct Explained {
    /// The account, with the promised dates in it.
    pub ledger: Ledger,
    /// The due date that follows from the account, where a calendar that came later makes it another
    /// than the promised one.
    pub recomputed_due_at: Option<Time>,
}

/// The ledger of an accepted dossier. The due date is the one in force, which the worker moves after
/// an import and nothing moves once the dossier has ended.
///
/// # Errors
/// `not-found`; `not-accepted-yet` while no clock runs.
pub fn explain_deadline(tx: &mut Tx, call: &Call, id: DossierId) -> Result<Explained, Failure> {
    let dossier = opened(tx, call, id, AccessAction::Follow)?;
    let clock = dossier.clock.as_ref().ok_or(Code::NotAcceptedYet)?;
    let working = call.posted.working_time(dossier.filed_with)?;
    let until = dossier.finished_at.unwrap_or(call.now);
    let mut ledger = deadlines::ledger(clock, &working, until)?;
    let computed = ledger.due_at;
    if let (Some(promised), Some(original)) = (dossier.due_at, dossier.original_due_at) {
        ledger.due_at = computed.map(|_| promised);
        ledger.original_due_at = original;
    }
    Ok(Explained {
        recomputed_due_at: computed.filter(|due| ledger.due_at != Some(*due)),
        ledger,
    })
}

/// When a dossier of this procedure would be due if this agency accepted it now.
///
/// # Errors
/// `procedure-not-in-force`, `procedure-not-offered`, `calendar-missing`.
pub fn preview_deadline(
    call: &Call,
    procedure: &ProcedureCode,
    agency: AgencyId,
    channel: Channel,
) -> Result<Ledger, Failure> {
    if call.posted.agency(agency).is_none() {
        // It stands in the query here, not in a body.
        let fault = FieldError::rule("agency_id", Code::UnknownReference);
        return Err(Refusal::new(ApiCode::InvalidContent).at(fault).into());
    }
    let procedure = offered(call, procedure, agency)?;
    let working = call.posted.working_time(agency)?;
    Ok(deadlines::preview(
        *procedure.limit(channel == Channel::Online),
        call.now,
        &working,
    )?)
}
