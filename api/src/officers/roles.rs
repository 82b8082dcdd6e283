//! Roles proposed, read and taken back.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    ids::{AgencyId, GrantId, OfficerId},
    officers::{Grant, Revocation, administration},
    proposals::{Proposal, ProposalKind},
    rejection::{Code, Fault, Rejection},
    sessions::{EndReason, Sensitive},
    text::has_hidden_characters,
};
use persistence::{Tx, officers::grants};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    accounts::{account, administered, administered_freshly, sign_out},
    hiring::works_today,
    trace::trace,
};
use crate::{call::Call, failure::Failure, proposals::use_cases::propose};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// A role for somebody: what is proposed, and what was agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleWish {
    /// Where.
    pub agency_id: AgencyId,
    /// Which role.
    pub role: Role,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Proposes a role for an officer; it takes effect when a second person agrees.
///
/// # Errors
/// `role-forbids`, `not-found`, `not-to-oneself`; `invalid-content` with every fault;
/// `already-exists` when the same is proposed already.
pub fn propose_role(
    tx: &mut Tx,
    call: &Call,
    id: OfficerId,
    wish: &RoleWish,
) -> Result<Proposal, Failure> {
    let (officer, _) = administered_freshly(tx, call, id, Sensitive::ProposeRole)?;
    administration::may_give(&call.actor, account(&officer), wish.agency_id, wish.role)?;
    Rejection::of_faults(faults_of(call, wish))?;
    propose(tx, call, ProposalKind::GrantRole, &officer, wish)
}

/// Proposes to let an officer sign in anew, with a one-time password and without what was lost.
///
/// # Errors
/// `role-forbids`, `not-found`, `not-to-oneself`; `already-exists` when it is proposed already.
pub fn propose_reset_sign_in(tx: &mut Tx, call: &Call, id: OfficerId) -> Result<Proposal, Failure> {
    let what = Sensitive::ProposeResetSignIn;
    let (officer, held) = administered_freshly(tx, call, id, what)?;
    administration::may_change(&call.actor, account(&officer), &held, call.now)?;
    propose(tx, call, ProposalKind::ResetSignIn, &officer, &json!({}))
}

/// Takes a role back, from this instant on.
///
/// # Errors
/// `role-forbids`, `not-found`, `not-to-oneself`; `grant-ended` when it was taken back before.
pub fn revoke_role(
    tx: &mut Tx,
    call: &Call,
    id: OfficerId,
    grant: GrantId,
) -> Result<Vec<Grant>, Failure> {
    let (officer, _) = administered(tx, call, id)?;
    let grant = grants::lock(tx, id, grant)?;
    administration::may_take(&call.actor, account(&officer), grant.agency, grant.role)?;
    if grant.revoked.is_some() {
        return Err(Code::GrantEnded.into());
    }
    let revoked = Revocation {
        at: call.now,
        by: Some(call.officer()?),
    };
    grants::revoke(tx, grant.id, revoked)?;
    sign_out(tx, call, id, EndReason::RolesChanged)?;
    let payload = json!({ "grant_id": grant.id, "officer_id": id, "role": grant.role });
    trace(tx, call, "role_revoked", (grant.agency, 2), &payload)?;
    Ok(grants::of_officer(tx, id)?)
}

fn faults_of(call: &Call, wish: &RoleWish) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !works_today(call, wish.agency_id) {
        faults.push(Fault::new("/agency_id", Code::UnknownReference));
    }
    // Nobody held a role before somebody agreed to it.
    if wish.from < call.now.date() {
        faults.push(Fault::new("/from", Code::OutOfRange));
    }
    if wish.until.is_some_and(|last| last < wish.from) {
        faults.push(Fault::new("/until", Code::OutOfRange));
    }
    let reason = if wish.reason.trim().is_empty() {
        Some(Code::Required)
    } else if wish.reason.chars().count() > LONGEST_REASON {
        Some(Code::TooLong)
    } else if has_hidden_characters(&wish.reason) {
        Some(Code::HiddenCharacters)
    } else {
        None
    };
    faults.extend(reason.map(|code| Fault::new("/reason", code)));
    faults
}
