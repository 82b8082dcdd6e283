//! Proposing, approving, declining: one mechanism for everything that takes two people.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use domain::{
    actor::{Actor, Sight},
    ids::{AgencyId, ProposalId},
    officers::{Grant, administration, roles_at},
    personal::Personal,
    proposals::{About, Proposal, ProposalKind, ProposalState},
    rejection::Code,
    sessions::{EndReason, Sensitive},
};
use persistence::{
    Json, StoreError, Tx,
    officers::{self, Officer, grants},
    page::{Limit, Page},
    proposals::{self, Key},
    second_factors,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    api_code::ApiCode,
    call::Call,
    dossiers::render::hex,
    failure::Failure,
    office::intake::own_agency,
    officers::{
        accounts::{account, administered, sign_out, with_one_time_password},
        roles::RoleWish,
        trace::{trace, trace_grant},
    },
};

/// Puts something about an officer before a second person. Whether the first one may is settled.
///
/// # Errors
/// `already-exists` when the same waits already.
pub(crate) fn propose<T: Serialize>(
    tx: &mut Tx,
    call: &Call,
    kind: ProposalKind,
    about: &Officer,
    content: &T,
) -> Result<Proposal, Failure> {
    let payload = Json::of(content)?.as_str().to_owned();
    let proposal = Proposal {
        id: call.id(),
        kind,
        agency: about.agency,
        about: About::Officer(about.id),
        digest: sha256(&payload),
        payload,
        proposed_by: call.officer()?,
        proposed_at: call.now,
        expires_at: Proposal::lasts_until(call.now),
        state: ProposalState::Open,
        decided: None,
    };
    // The officer is locked, so nobody proposes the same meanwhile.
    if proposals::waits(tx, &proposal, call.now)? {
        return Err(ApiCode::AlreadyExists.into());
    }
    proposals::insert(tx, &proposal)?;
    trace(
        tx,
        call,
        "proposal_made",
        (proposal.agency, 1),
        &record(&proposal),
    )?;
    Ok(proposal)
}

/// Proposals about officers the actor looks after, newest first.
///
/// # Errors
/// `role-forbids`.
pub fn list_proposals(
    tx: &mut Tx,
    call: &Call,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Proposal, Key>, Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    Ok(proposals::list(tx, call.actor.sight(), after, limit)?)
}

/// What sort of thing is proposed.
///
/// # Errors
/// As [`approve_proposal`].
pub fn kind_of(tx: &mut Tx, call: &Call, id: ProposalId) -> Result<ProposalKind, Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    Ok(proposals::find(tx, id, call.actor.sight())?.kind)
}

/// Agrees to a proposal: it takes effect in this transaction, and both people are on record.
///
/// `password` is the hash of a new one-time password, for what needs one.
///
/// # Errors
/// `role-forbids`, `not-found`, `second-person-needed`, `not-to-oneself`; `proposal-closed`, also when
/// the one who proposed it could not any more; `unauthenticated` when the actor's role does not hold.
pub fn approve_proposal(
    tx: &mut Tx,
    call: &Call,
    id: ProposalId,
    password: Option<&Personal<String>>,
) -> Result<Proposal, Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    call.account_stands(tx)?;
    call.freshly_proved(tx, Sensitive::ApproveProposal)?;
    let open = proposals::lock(tx, id, call.actor.sight())?;
    let approved = open.approve(call.officer()?, call.now)?;
    if sha256(&approved.payload) != approved.digest {
        return Err(Failure::internal(
            "a proposal was altered after it was made",
        ));
    }
    let About::Officer(about) = approved.about else {
        return Err(not_here());
    };
    let (officer, held) = administered(tx, call, about)?;
    let both = both_people(tx, call, &approved)?;
    match approved.kind {
        ProposalKind::GrantRole => give(tx, call, &approved, (&officer, &both))?,
        ProposalKind::ResetSignIn => {
            each_may(&both, |actor| {
                administration::may_change(actor, account(&officer), &held, call.now)
            })?;
            let hash = password.ok_or_else(|| Failure::internal("no password was prepared"))?;
            let officer = with_one_time_password(tx, call, &officer, hash)?;
            second_factors::remove(tx, officer.id)?;
            let at = (officer.agency, officer.version);
            trace(tx, call, "officer_sign_in_reset", at, &record(&approved))?;
        }
        ProposalKind::ExtendDeadline | ProposalKind::ReopenDossier => return Err(not_here()),
    }
    proposals::decide(tx, &approved)?;
    trace(
        tx,
        call,
        "proposal_approved",
        (approved.agency, 2),
        &record(&approved),
    )?;
    Ok(approved)
}

/// The two people of an approval, each as whoever they can be now: the second one as signed in, the
/// first at every agency where a role still holds.
pub(super) struct Both {
    first: Vec<Actor>,
    second: Actor,
}

pub(super) fn both_people(tx: &mut Tx, call: &Call, approved: &Proposal) -> Result<Both, Failure> {
    let id = approved.proposed_by;
    let first = match officers::find(tx, id, Sight::Province) {
        Ok(officer) if officer.active => grants::of_officer(tx, id)?,
        Ok(_) | Err(StoreError::Absent) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let agencies: BTreeSet<AgencyId> = first.iter().map(|grant| grant.agency).collect();
    let acting = |agency| Actor::Officer {
        officer: id,
        agency,
        roles: roles_at(&first, agency, call.now),
    };
    Ok(Both {
        first: agencies.into_iter().map(acting).collect(),
        second: call.actor,
    })
}

/// Asks the rule for the second person, and whether the first one may still propose this.
pub(super) fn each_may(both: &Both, rule: impl Fn(&Actor) -> Result<(), Code>) -> Result<(), Code> {
    rule(&both.second)?;
    if both.first.iter().any(|actor| rule(actor).is_ok()) {
        Ok(())
    } else {
        Err(Code::ProposalClosed)
    }
}

fn give(
    tx: &mut Tx,
    call: &Call,
    approved: &Proposal,
    (officer, both): (&Officer, &Both),
) -> Result<(), Failure> {
    let wish: RoleWish = serde_json::from_str(&approved.payload).map_err(Failure::internal)?;
    let RoleWish {
        agency_id,
        role,
        from,
        until,
        reason,
    } = wish;
    each_may(both, |actor| {
        administration::may_give(actor, account(officer), agency_id, role)
    })?;
    let grant = Grant {
        id: call.id(),
        officer: officer.id,
        agency: agency_id,
        role,
        from,
        until,
        reason,
        granted_by: Some(approved.proposed_by),
        approved_by: Some(call.officer()?),
        granted_at: call.now,
        revoked: None,
    };
    grants::insert(tx, &grant)?;
    sign_out(tx, call, officer.id, EndReason::RolesChanged)?;
    trace_grant(tx, call, &grant)
}

/// Declines a proposal; its author may take it back like this, too.
///
/// # Errors
/// `role-forbids`, `not-found`, `proposal-closed`.
pub fn decline_proposal(tx: &mut Tx, call: &Call, id: ProposalId) -> Result<Proposal, Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    call.account_stands(tx)?;
    let open = proposals::lock(tx, id, call.actor.sight())?;
    let declined = open.decline(call.officer()?, call.now)?;
    proposals::decide(tx, &declined)?;
    trace(
        tx,
        call,
        "proposal_declined",
        (declined.agency, 2),
        &record(&declined),
    )?;
    Ok(declined)
}

/// The store tells proposals about dossiers from those about officers before they come here.
fn not_here() -> Failure {
    Failure::internal("a proposal about a dossier among those about officers")
}

/// What the log keeps of a proposal: who, what sort, about whom or which dossier, and the digest of the content.
pub(super) fn record(proposal: &Proposal) -> Value {
    let (officer, dossier) = match proposal.about {
        About::Officer(officer) => (Some(officer), None),
        About::Dossier(dossier) => (None, Some(dossier)),
    };
    json!({
        "proposal_id": proposal.id, "proposal": proposal.kind, "officer_id": officer,
        "about_dossier_id": dossier,
        "payload_sha256": hex(&proposal.digest), "proposed_by": proposal.proposed_by,
        "decided_by": proposal.decided.map(|(by, _)| by),
    })
}

pub(super) fn sha256(text: &str) -> [u8; 32] {
    let digest = digest(&SHA256, text.as_bytes());
    digest.as_ref().try_into().unwrap_or([0; 32])
}
