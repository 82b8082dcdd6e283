//! Decision, result, hand-over, recall and apology.

use chrono::NaiveDate;
use domain::{
    dossiers::{
        Dossier,
        decide::{self, Apology},
    },
    papers::File,
    personal::Personal,
    rejection::Code,
    results::{Outcome, ResultDocument},
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

/// A result as it is issued: the document is stored already.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The number in the agency's register.
    pub number: String,
    /// The date on the document.
    pub issued_on: NaiveDate,
    /// Who signed, as printed.
    pub signer_name: String,
    /// The document.
    pub file: File,
}

/// Issues the signed, numbered result; it is in the citizen's own list with this commit.
///
/// # Errors
/// `decision-missing`; those of [`beats::change`].
pub fn issue_result(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    issue: &Issue,
) -> Result<Dossier, Failure> {
    let officer = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        let decision = decide::issue_result(case, &call.actor, &issue.number)?;
        let dossier = &decision.dossier;
        let outcome = dossier
            .verdict
            .map(|verdict| verdict.outcome)
            .ok_or(Code::DecisionMissing)?;
        let document = ResultDocument {
            id: call.id(),
            dossier: dossier.id,
            number: issue.number.clone(),
            issued_on: issue.issued_on,
            signer_name: issue.signer_name.clone(),
            outcome,
            file: issue.file.clone(),
            issued_by: officer,
            issued_at: dossier.updated_at,
        };
        results::insert(tx, dossier.agency, dossier.owner, &document)?;
        Ok(decision)
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

/// Hands the result over to whoever collects it.
///
/// # Errors
/// `fees-open`, `result-missing`; those of [`beats::change`].
pub fn hand_over(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    recipient: &Personal<String>,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::hand_over(case, &call.actor, recipient.clone())?)
    })
}

/// Apologises for a delay and names a new date.
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
        let working = call.posted.working_time(case.dossier.agency)?;
        Ok(decide::apologise(
            case,
            &call.actor,
            apology.clone(),
            &working,
        )?)
    })
}
