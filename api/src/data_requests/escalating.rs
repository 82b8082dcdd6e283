//! What the house does about a request whose clock is about to run out.

use domain::ids::DataRequestId;
use persistence::{Tx, data_requests};
use serde_json::json;

use super::use_cases::save;
use crate::{call::Call, failure::Failure};

/// Escalates a request whose alarm has gone off; whether it had. The event goes to the log of the
/// controller, and the request shows since when it is escalated.
///
/// # Errors
/// `not-found`, `calendar-missing`.
pub fn escalate_data_request(tx: &mut Tx, call: &Call, id: DataRequestId) -> Result<bool, Failure> {
    let request = data_requests::lock(tx, id, call.actor.sight())?;
    let working = call.posted.working_time(request.controller)?;
    let Some((escalated, alarm)) = request.escalate(call.now, &working)? else {
        return Ok(false);
    };
    let told = json!({ "alarm": alarm, "answer_by": request.answer_by });
    save(tx, call, &escalated, ("data_request_escalated", told))?;
    Ok(true)
}
