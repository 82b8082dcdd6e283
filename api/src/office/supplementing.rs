//! Supplement requests from the desk: consent, ask, confirm.

use domain::{
    dossiers::{
        Case, Dossier,
        decide::{self, Request},
    },
    payments::asked_with_supplement,
    procedures::ProcedureVersion,
    rejection::Rejection,
    supplements::{
        RequestedItem, SecondRoundReason, close_after, faults_of_papers, faults_of_reply_by,
    },
    time::Time,
};
use persistence::{Tx, payments};

use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// What the desk asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Every missing paper.
    pub items: Vec<RequestedItem>,
    /// The legal ground.
    pub legal_ground: String,
    /// Until when, within the procedure's bounds; if absent, its own number of working days from now.
    pub reply_by: Option<Time>,
}

/// A leader consents to one more round.
///
/// # Errors
/// Those of [`beats::change`].
pub fn consent_supplement(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: SecondRoundReason,
) -> Result<Dossier, Failure> {
    let leader = call.officer()?;
    beats::change(tx, call, target, |_, case| {
        Ok(decide::consent(case, &call.actor, leader, reason)?)
    })
}

/// Asks for every missing paper in one request, and for the fees whose rule says so; the clock stands
/// still.
///
/// # Errors
/// `second-round-needs-consent`, `supplement-open`, `invalid-content` for papers that the procedure
/// does not know or takes no file for, and for a reply-by date out of its bounds; `calendar-missing`,
/// and those of [`beats::change`].
pub fn request_supplement(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    asked: &Asked,
) -> Result<Dossier, Failure> {
    ask(tx, call, target, asked, |case, procedure| {
        let working = call.posted.working_time(case.dossier.filed_with)?;
        let policy = procedure.supplement;
        let Some(reply_by) = asked.reply_by else {
            return Ok(close_after(call.now, policy.reply_days, &working)?);
        };
        let fault = faults_of_reply_by(reply_by, call.now, policy.most_reply_days, &working)?;
        Rejection::of_faults(fault.into_iter().collect())?;
        Ok(reply_by)
    })
}

/// The same with a reply-by date of any kind that is to come.
///
/// # Errors
/// Those of [`request_supplement`] but for the bounds of the date, and those of `reply_by`.
pub fn ask(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    asked: &Asked,
    reply_by: impl FnOnce(&Case, &ProcedureVersion) -> Result<Time, Failure>,
) -> Result<Dossier, Failure> {
    let asked_by = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        let Asked {
            items,
            legal_ground,
            reply_by: _,
        } = asked.clone();
        let dossier = &case.dossier;
        let procedure = call
            .posted
            .version(&dossier.procedure, dossier.procedure_version)?;
        Rejection::of_faults(faults_of_papers(&items, procedure))?;
        let request = Request {
            id: call.id(),
            asked_by,
            items,
            legal_ground,
            reply_by: reply_by(case, procedure)?,
        };
        let decision = decide::request(case, &call.actor, request)?;
        let fees = asked_with_supplement(&case.obligations, decision.dossier.updated_at);
        payments::update_obligations(tx, dossier.filed_with, &fees)?;
        Ok(decision)
    })
}

/// Confirms the citizen's answer; the dossier goes back to where it came from.
///
/// # Errors
/// `supplement-open` while nobody answered; those of [`beats::change`].
pub fn resume_dossier(tx: &mut Tx, call: &Call, target: Target) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::resume(case, &call.actor)?)
    })
}
