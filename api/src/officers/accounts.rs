//! What administrators do with the accounts of an agency's officers.

use domain::{
    ids::{AgencyId, OfficerId},
    officers::{
        Grant,
        administration::{self, Account},
    },
    people::checked_name,
    personal::Personal,
    rejection::{Fault, Rejection},
    sessions::{self, EndReason, Sensitive},
};
use persistence::{
    StoreError, Tx,
    officers::{self, Key, Officer, grants},
    page::{Limit, Page},
};
use serde_json::json;

use super::{hiring, hiring::NewOfficer, trace::trace};
use crate::{
    call::Call, failure::Failure, office::intake::own_agency, sessions::ending::revoke_all,
};

/// The officers of an agency, newest first.
///
/// # Errors
/// `role-forbids` unless the actor looks after that agency's officers.
pub fn list_officers(
    tx: &mut Tx,
    call: &Call,
    agency: AgencyId,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Officer, Key>, Failure> {
    administration::may_look_after(&call.actor, agency)?;
    Ok(officers::list(tx, agency, after, limit)?)
}

/// One officer, with every grant.
///
/// # Errors
/// `role-forbids` for whoever administers nothing, `not-found` also for another agency's officer.
pub fn get_officer(
    tx: &mut Tx,
    call: &Call,
    id: OfficerId,
) -> Result<(Officer, Vec<Grant>), Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    let officer = officers::find(tx, id, call.actor.sight())?;
    Ok((officer, grants::of_officer(tx, id)?))
}

/// An officer about to be changed in some way, locked, with every grant. The lock is the account's:
/// whatever is decided about the officer's roles is decided one at a time.
///
/// # Errors
/// As [`get_officer`]; `unauthenticated` when the actor's role does not hold any more.
pub(crate) fn administered(
    tx: &mut Tx,
    call: &Call,
    id: OfficerId,
) -> Result<(Officer, Vec<Grant>), Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    call.account_stands(tx)?;
    let officer = officers::lock(tx, id, call.actor.sight())?;
    Ok((officer, grants::of_officer(tx, id)?))
}

/// The same for what asks for a fresh proof.
///
/// # Errors
/// As [`administered`]; `step-up-required`.
pub(crate) fn administered_freshly(
    tx: &mut Tx,
    call: &Call,
    id: OfficerId,
    operation: Sensitive,
) -> Result<(Officer, Vec<Grant>), Failure> {
    administration::may_look_after(&call.actor, own_agency(call)?)?;
    call.account_stands(tx)?;
    call.freshly_proved(tx, operation)?;
    administered(tx, call, id)
}

/// Whose account it is, as the rules ask for it.
pub(crate) const fn account(officer: &Officer) -> Account {
    Account {
        officer: officer.id,
        home: officer.agency,
    }
}

/// Makes an account without a role, whose password is only for choosing another one.
///
/// # Errors
/// `role-forbids`; those of [`hiring::add_account`].
pub fn create_officer(tx: &mut Tx, call: &Call, new: &NewOfficer) -> Result<Officer, Failure> {
    administration::may_look_after(&call.actor, new.agency)?;
    call.account_stands(tx)?;
    call.freshly_proved(tx, Sensitive::CreateOfficer)?;
    hiring::add_account(tx, call, new, true)
}

/// What is to be different about an account: what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The full name.
    pub full_name: Option<Personal<String>>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// Which officer, and the version that was seen.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The officer.
    pub id: OfficerId,
    /// The version.
    pub version: i64,
}

/// Changes the account. One taken out of use signs in no more, and its tokens end with their next use.
///
/// # Errors
/// `role-forbids`, `not-found`, `not-to-oneself`, `version-mismatch`, `invalid-content`.
pub fn change_officer(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    changes: &Changes,
) -> Result<Officer, Failure> {
    let (loaded, held) = administered(tx, call, target.id)?;
    administration::may_change(&call.actor, account(&loaded), &held, call.now)?;
    seen(&loaded, target)?;
    if let Some(Err(code)) = changes
        .full_name
        .as_ref()
        .map(|name| checked_name(name.reveal()))
    {
        Rejection::of_faults(vec![Fault::new("/full_name", code)])?;
    }
    let Changes { full_name, active } = changes.clone();
    let officer = Officer {
        full_name: full_name.unwrap_or_else(|| loaded.full_name.clone()),
        active: active.unwrap_or(loaded.active),
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded.clone()
    };
    officers::save(tx, &officer)?;
    if !officer.active {
        sign_out(tx, call, officer.id, EndReason::AccountClosed)?;
    }
    let payload = json!({
        "officer_id": officer.id, "active": officer.active,
        "renamed": officer.full_name != loaded.full_name,
    });
    trace(
        tx,
        call,
        "officer_changed",
        (officer.agency, officer.version),
        &payload,
    )?;
    Ok(officer)
}

/// Gives the account a password that is only for choosing another one.
///
/// # Errors
/// As [`change_officer`]; `second-person-needed` for an administrator's account.
pub fn reset_password(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    hash: &Personal<String>,
) -> Result<Officer, Failure> {
    let (loaded, held) = administered_freshly(tx, call, target.id, Sensitive::ResetPassword)?;
    administration::may_reset_password(&call.actor, account(&loaded), &held, call.now)?;
    seen(&loaded, target)?;
    let officer = with_one_time_password(tx, call, &loaded, hash)?;
    let payload = json!({ "officer_id": officer.id });
    let at = (officer.agency, officer.version);
    trace(tx, call, "officer_password_reset", at, &payload)?;
    Ok(officer)
}

/// Saves the account with a password that is only for choosing another one; the event is the caller's.
pub(crate) fn with_one_time_password(
    tx: &mut Tx,
    call: &Call,
    loaded: &Officer,
    hash: &Personal<String>,
) -> Result<Officer, Failure> {
    let officer = Officer {
        password_hash: hash.clone(),
        must_change_password: true,
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded.clone()
    };
    officers::save(tx, &officer)?;
    sign_out(tx, call, officer.id, EndReason::PasswordChanged)?;
    Ok(officer)
}

/// Ends all sessions of an officer. Access tokens of theirs stop to hold within a second, as every
/// process follows what ended.
pub(crate) fn sign_out(
    tx: &mut Tx,
    call: &Call,
    officer: OfficerId,
    why: EndReason,
) -> Result<(), Failure> {
    revoke_all(tx, call, sessions::Account::Officer(officer), why).map(drop)
}

/// Nothing if the version is the one that was seen.
///
/// # Errors
/// [`StoreError::Stale`].
pub(super) fn seen(loaded: &Officer, target: Target) -> Result<(), StoreError> {
    if loaded.version == target.version {
        return Ok(());
    }
    Err(StoreError::Stale {
        current_version: loaded.version,
    })
}
