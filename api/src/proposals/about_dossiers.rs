//! Proposing something about a dossier, and deciding on it: dates beyond the first apology, reopening.
//!
//! The one apology that the law gives with a new date (61/2018/NĐ-CP art. 19.9) stays a leader's alone,
//! with a fresh proof: the law gives it, once, and it is told to the citizen at once. What goes beyond it
//! the law does not give, so nobody does it alone.

use domain::{
    disclosures::AccessAction,
    dossiers::{
        Case, Dossier,
        decide::{self, Decision},
        event::FourEyes,
        permitted,
    },
    ids::{DossierId, ProposalId},
    proposals::{
        About, Proposal, ProposalKind, ProposalState, may_decide_about_dossiers,
        may_see_about_dossiers,
    },
    rejection::Code,
    sessions::Sensitive,
};
use persistence::{
    Json, Tx, dossiers,
    page::{Limit, Page},
    payments, people,
    proposals::{self, AboutDossier, Key},
};
use serde::Serialize;

use super::{
    dossier_wire::Content,
    use_cases::{both_people, each_may, record, sha256},
};
use crate::{
    api_code::ApiCode,
    call::Call,
    dossiers::beats::{case_of, save},
    failure::Failure,
    officers::trace::trace,
};

/// Puts something about a dossier before a second person.
///
/// # Errors
/// `role-forbids`, `step-up-required`, `not-found`; what the change itself would be refused with now;
/// `already-exists` when the same waits already.
pub fn propose<T: Serialize>(
    tx: &mut Tx,
    call: &Call,
    id: DossierId,
    (kind, operation): (ProposalKind, Sensitive),
    content: &T,
) -> Result<Proposal, Failure> {
    call.account_stands(tx)?;
    // The one who proposes is held to it when it is approved; a role that is stood in for may be over then.
    if call.deputy.is_some() {
        return Err(Code::RoleForbids.into());
    }
    let reading = call.reading(AccessAction::Work)?;
    call.freshly_proved(tx, operation)?;
    let dossier = dossiers::lock(tx, id, &reading)?;
    let case = case_of(tx, call, dossier)?;
    let payload = Json::of(content)?.as_str().to_owned();
    let proposal = Proposal {
        id: call.id(),
        kind,
        agency: case.dossier.filed_with,
        about: About::Dossier(id),
        digest: sha256(&payload),
        payload,
        proposed_by: call.officer()?,
        proposed_at: call.now,
        expires_at: Proposal::lasts_until(call.now),
        state: ProposalState::Open,
        decided: None,
    };
    // What could not be done now is not proposed.
    effect(call, &case, &proposal)?;
    // The dossier is locked, so nobody proposes the same meanwhile.
    if proposals::waits(tx, &proposal, call.now)? {
        return Err(ApiCode::AlreadyExists.into());
    }
    proposals::insert(tx, &proposal)?;
    written(tx, call, "proposal_made", (&case.dossier, &proposal))?;
    Ok(proposal)
}

/// Whoever stands in for its author is not a second person.
fn not_for_its_author(tx: &Tx, open: &Proposal) -> Result<(), Code> {
    if tx.on_behalf_of() == Some(open.proposed_by) {
        return Err(Code::SecondPersonNeeded);
    }
    Ok(())
}

/// What belongs to an erased account stays closed: there is nobody to ask, to tell or to hand it to.
fn may_reopen(tx: &mut Tx, open: &Proposal, case: &Case) -> Result<(), Failure> {
    let owner = case.dossier.owner;
    if open.kind == ProposalKind::ReopenDossier
        && let Some(owner) = owner
        && !people::is_known(tx, owner)?
    {
        return Err(Code::StateForbids.into());
    }
    Ok(())
}

/// What is proposed, done to the dossier by whoever asks.
fn effect(call: &Call, case: &Case, proposal: &Proposal) -> Result<Decision, Failure> {
    let four_eyes = FourEyes {
        proposal: proposal.id,
        proposed_by: proposal.proposed_by,
    };
    Ok(match Content::of(proposal)? {
        Content::Extension(body) => {
            let working = call.posted.working_time(case.dossier.filed_with)?;
            decide::extend_deadline(case, &call.actor, body.into(), four_eyes, &working)?
        }
        Content::Reopening(body) => {
            let why = (body.reason, body.legal_ground);
            decide::reopen(case, &call.actor, why, four_eyes)?
        }
    })
}

/// The proposals about dossiers that the actor's agency holds, newest first.
///
/// # Errors
/// `role-forbids`.
pub fn list_dossier_proposals(
    tx: &mut Tx,
    call: &Call,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<AboutDossier, Key>, Failure> {
    may_see_about_dossiers(&call.actor)?;
    let sight = call.reading(AccessAction::List)?.sight();
    Ok(proposals::list_about_dossiers(tx, sight, after, limit)?)
}

/// A leader agrees: it takes effect in this transaction, and both people are on record.
///
/// # Errors
/// `role-forbids`, `step-up-required`, `not-found`, `second-person-needed`; `proposal-closed`, also when
/// the one who proposed it could not any more; what the change itself is refused with.
pub fn approve_dossier_proposal(
    tx: &mut Tx,
    call: &Call,
    id: ProposalId,
) -> Result<Proposal, Failure> {
    may_decide_about_dossiers(&call.actor)?;
    call.account_stands(tx)?;
    call.freshly_proved(tx, Sensitive::ApproveDossierProposal)?;
    let (open, case) = locked(tx, call, id)?;
    not_for_its_author(tx, &open)?;
    may_reopen(tx, &open, &case)?;
    let approved = open.approve(call.officer()?, call.now)?;
    if sha256(&approved.payload) != approved.digest {
        return Err(Failure::internal(
            "a proposal was altered after it was made",
        ));
    }
    let decision = effect(call, &case, &approved)?;
    let command = approved.kind.command().ok_or(Code::ProposalClosed)?;
    let both = both_people(tx, call, &approved)?;
    each_may(&both, |actor| {
        permitted(&case, command, actor)
            .map(drop)
            .map_err(|no| no.code)
    })?;
    proposals::decide(tx, &approved)?;
    let dossier = save(tx, call, decision)?;
    written(tx, call, "proposal_approved", (&dossier, &approved))?;
    if approved.kind == ProposalKind::ReopenDossier {
        ask_again(tx, &dossier)?;
    }
    Ok(approved)
}

/// Declines a proposal about a dossier: a leader, or its author, who takes it back like this.
///
/// # Errors
/// `role-forbids`, `not-found`, `proposal-closed`.
pub fn decline_dossier_proposal(
    tx: &mut Tx,
    call: &Call,
    id: ProposalId,
) -> Result<Proposal, Failure> {
    may_see_about_dossiers(&call.actor)?;
    call.account_stands(tx)?;
    let (open, case) = locked(tx, call, id)?;
    let declined = open.decline(call.officer()?, call.now)?;
    if open.proposed_by != call.officer()? {
        may_decide_about_dossiers(&call.actor)?;
    }
    proposals::decide(tx, &declined)?;
    written(tx, call, "proposal_declined", (&case.dossier, &declined))?;
    Ok(declined)
}

/// The proposal and its dossier with everything around it, both locked: the dossier first, as everywhere.
fn locked(tx: &mut Tx, call: &Call, id: ProposalId) -> Result<(Proposal, Case), Failure> {
    let reading = call.reading(AccessAction::Work)?;
    let dossier = proposals::dossier_of(tx, id, reading.sight())?;
    let dossier = dossiers::lock(tx, dossier, &reading)?;
    let open = proposals::lock_about_dossier(tx, id, dossier.id)?;
    Ok((open, case_of(tx, call, dossier)?))
}

/// What was dropped when the dossier was closed is owed again; what was paid stays paid.
fn ask_again(tx: &mut Tx, dossier: &Dossier) -> Result<(), Failure> {
    let all = payments::obligations_of(tx, dossier.id)?;
    let owed: Vec<_> = all.iter().filter_map(|one| one.revive().ok()).collect();
    Ok(payments::update_obligations(tx, dossier.filed_with, &owed)?)
}

/// The event of a proposal, at the agency that holds the dossier.
fn written(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    (dossier, proposal): (&Dossier, &Proposal),
) -> Result<(), Failure> {
    let version = if proposal.decided.is_some() { 2 } else { 1 };
    trace(tx, call, kind, (dossier.agency, version), &record(proposal))
}
