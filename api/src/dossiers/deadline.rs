//! The due date, explained: every segment the clock counted, skipped or stood still in.

use domain::{
    deadlines::{self, Ledger},
    dossiers::Channel,
    ids::{AgencyId, DossierId},
    procedures::ProcedureCode,
    rejection::Code,
};
use persistence::Tx;

use super::drafts::offered;
use crate::{
    api_code::ApiCode,
    call::Call,
    failure::{Failure, FieldError, Refusal},
};

/// The ledger of an accepted dossier.
///
/// # Errors
/// `not-found`; `not-accepted-yet` while no clock runs.
pub fn explain_deadline(tx: &mut Tx, call: &Call, id: DossierId) -> Result<Ledger, Failure> {
    let dossier = persistence::dossiers::find(tx, id, call.reading()?)?;
    let clock = dossier.clock.as_ref().ok_or(Code::NotAcceptedYet)?;
    let working = call.posted.working_time(dossier.agency)?;
    let until = dossier.finished_at.unwrap_or(call.now);
    Ok(deadlines::ledger(clock, &working, until)?)
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
