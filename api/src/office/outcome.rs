//! Decision, hand-over, recall and apology.

use domain::{
    dossiers::{
        Dossier,
        decide::{self, Apology},
    },
    personal::Personal,
    results::Outcome,
    sessions::Sensitive,
};
use persistence::{Tx, results};

use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// The leader decides on the merits.
///
/// # Errors
/// Those of [`beats::change`].
pub fn decide_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    outcome: Outcome,
) -> Result<Dossier, Failure> {
    let leader = call.officer()?;
    beats::change(tx, call, target, |_, case| {
        Ok(decide::decide(case, &call.actor, leader, outcome)?)
    })
}

/// Takes the result back before hand-over.
///
/// # Errors
/// Those of [`beats::change`].
pub fn recall_result(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: &str,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |tx, case| {
        let decision = decide::recall(case, &call.actor, reason.to_owned())?;
        results::recall(tx, case.dossier.id, decision.dossier.updated_at)?;
        Ok(decision)
    })
}

/// What is handed over beside the result, and to whom.
#[derive(Debug, Clone)]
pub struct HandedOver {
    /// The recipient's name.
    pub recipient: Personal<String>,
    /// Keys of the papers whose originals go back.
    pub originals: Vec<String>,
}

/// Hands the result over to whoever collects it, with the originals that were held.
///
/// # Errors
/// `fees-open`, `result-missing`; `invalid-content` for an original that was not held; those of
/// [`beats::change`].
pub fn hand_over(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    handed_over: &HandedOver,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        let HandedOver {
            recipient,
            originals,
        } = handed_over.clone();
        Ok(decide::hand_over(case, &call.actor, recipient, originals)?)
    })
}

/// The same by an officer who has just proved who they are: the day a citizen was promised is not moved
/// from a desk that was left.
///
/// # Errors
/// `step-up-required`; those of [`apologise`].
pub fn apologise_proved(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    apology: &Apology,
) -> Result<Dossier, Failure> {
    call.account_stands(tx)?;
    call.freshly_proved(tx, Sensitive::Apologise)?;
    apologise(tx, call, target, apology)
}

/// Apologises for a delay and names a new date, once who asks is settled.
///
/// # Errors
/// `already-extended`, `date-not-later`; those of [`beats::change`].
pub fn apologise(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    apology: &Apology,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        let working = call.posted.working_time(case.dossier.filed_with)?;
        Ok(decide::apologise(
            case,
            &call.actor,
            apology.clone(),
            &working,
        )?)
    })
}
