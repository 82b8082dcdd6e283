//! The guards of the transition table: each reads as a statement that must hold.

use crate::{
    dossiers::Case,
    payments::{self, ObligationState, fees::CollectedAt},
    rejection::Code,
    supplements::{Supplement, SupplementStatus},
};

fn holds(statement: bool, otherwise: Code) -> Result<(), Code> {
    if statement { Ok(()) } else { Err(otherwise) }
}

/// Every paper that this dossier needs is there.
pub fn required_papers_are_present(case: &Case) -> Result<(), Code> {
    let present = |key: &String| case.papers.iter().any(|paper| paper.key == *key);
    holds(case.required_papers.iter().all(present), Code::PaperMissing)
}

/// Nothing was paid: what was paid for cannot be thrown away.
pub fn no_money_was_taken(case: &Case) -> Result<(), Code> {
    let paid = case
        .obligations
        .iter()
        .any(|one| one.state == ObligationState::Settled);
    holds(!paid, Code::MoneyPins)
}

/// What is collected at intake has been paid or waived.
pub fn fees_at_intake_are_settled(case: &Case) -> Result<(), Code> {
    holds(
        payments::settled(&case.obligations, CollectedAt::Intake),
        Code::FeesOpen,
    )
}

/// Everything owed has been paid or waived.
pub fn fees_are_settled(case: &Case) -> Result<(), Code> {
    holds(
        payments::fees_are_settled(&case.obligations),
        Code::FeesOpen,
    )
}

/// Something is owed.
pub fn something_is_owed(case: &Case) -> Result<(), Code> {
    holds(
        !payments::fees_are_settled(&case.obligations),
        Code::NothingOwed,
    )
}

/// No supplement request waits for its answer.
pub fn no_round_is_open(case: &Case) -> Result<(), Code> {
    holds(
        case.latest_supplement()
            .is_none_or(|s| s.status != SupplementStatus::Open),
        Code::SupplementOpen,
    )
}

/// The latest request waits for its answer and its reply-by date has not passed.
pub fn round_is_open(case: &Case) -> Result<(), Code> {
    match case.latest_supplement() {
        Some(supplement) if supplement.is_open_at(case.now) => Ok(()),
        Some(supplement) if supplement.has_lapsed_at(case.now) => Err(Code::SupplementLapsed),
        Some(_) | None => Err(Code::StateForbids),
    }
}

/// The latest request has been answered.
pub fn round_is_answered(case: &Case) -> Result<(), Code> {
    let answered = |s: &Supplement| s.status == SupplementStatus::Answered;
    holds(
        case.latest_supplement().is_some_and(answered),
        Code::SupplementOpen,
    )
}

/// The latest request's reply-by date passed without an answer.
pub fn round_has_lapsed(case: &Case) -> Result<(), Code> {
    holds(
        case.latest_supplement()
            .is_some_and(|s| s.has_lapsed_at(case.now)),
        Code::SupplementOpen,
    )
}

/// The first round needs nobody's consent; every further one needs a leader's (decree 309/2026:
/// one full request).
pub fn consent_stands_for_a_further_round(case: &Case) -> Result<(), Code> {
    let first = case.supplements.is_empty();
    holds(
        first || case.dossier.round_consent.is_some(),
        Code::SecondRoundNeedsConsent,
    )
}

/// It was accepted: the clock has started.
pub fn was_accepted(case: &Case) -> Result<(), Code> {
    holds(case.dossier.accepted_at.is_some(), Code::StateForbids)
}

/// It was never accepted.
pub fn was_never_accepted(case: &Case) -> Result<(), Code> {
    holds(case.dossier.accepted_at.is_none(), Code::StateForbids)
}

/// It belongs to no account: the desk filed it for a person who has none. Whoever has an account
/// withdraws from it, and nobody else does so in that person's place.
pub fn it_belongs_to_no_account(case: &Case) -> Result<(), Code> {
    holds(case.dossier.owner.is_none(), Code::DossierHasOwner)
}

/// The deadline was not extended before (decree 61/2018, art. 19.9: at most once).
pub fn deadline_was_not_extended(case: &Case) -> Result<(), Code> {
    let extended = case
        .dossier
        .clock
        .as_ref()
        .is_some_and(|clock| clock.extension.is_some());
    holds(!extended, Code::AlreadyExtended)
}

/// The one extension with an apology was used; what is asked beyond it takes two people.
pub fn deadline_was_extended(case: &Case) -> Result<(), Code> {
    holds(deadline_was_not_extended(case).is_err(), Code::ApologyFirst)
}

/// It is somebody's work.
pub fn it_is_assigned(case: &Case) -> Result<(), Code> {
    holds(case.assignee.is_some(), Code::NotAssigned)
}

/// A leader has decided.
pub fn leader_has_decided(case: &Case) -> Result<(), Code> {
    holds(case.dossier.verdict.is_some(), Code::DecisionMissing)
}

/// A result document is there.
pub fn result_is_attached(case: &Case) -> Result<(), Code> {
    holds(!case.results.is_empty(), Code::ResultMissing)
}
