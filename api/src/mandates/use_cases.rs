//! Looking at mandates, agreeing, ending them: what either side does.

use chrono::NaiveDate;
use domain::{
    actor::{Actor, Sight},
    ids::{MandateId, PersonId},
    mandates::{Act, Mandate, MandateState, Mandator, Side},
    rejection::Code,
    sessions::refuse_while_held,
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    mandates::{self, Key, Of},
    page::{Limit, Page},
    sessions::holds,
};
use serde_json::json;

use crate::{call::Call, failure::Failure, notices::making as notices};

/// Which mandate, and the version its author last saw (`If-Match`).
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The mandate.
    pub id: MandateId,
    /// The version.
    pub version: i64,
}

/// The rule of one move.
pub type Rule = fn(&Mandate, Side, domain::time::Time) -> Result<Mandate, Code>;

/// Writes down what happened to a mandate: ids and words, never a name or a number.
///
/// # Errors
/// As the store reports them.
pub fn trace(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    mandate: &Mandate,
    reason: Option<&str>,
) -> Result<(), Failure> {
    let id = call.id();
    let event = NewEvent {
        id,
        dossier: None,
        agency: mandate.agency,
        person: Some(mandate.mandator.person().unwrap_or(mandate.delegate)),
        version: mandate.version,
        kind,
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&json!({
            "mandate_id": mandate.id, "delegate_id": mandate.delegate, "ground": mandate.ground,
            "reason": reason,
        }))?,
    };
    events::append(tx, event)?;
    notices::of_mandate(tx, call, (kind, mandate), id)
}

/// On which side of a mandate a citizen stands who may see it.
fn side(tx: &mut Tx, mandate: &Mandate, person: PersonId, on: NaiveDate) -> Result<Side, Failure> {
    if mandate.delegate == person {
        return Ok(Side::Delegate(person));
    }
    let gives = match mandate.mandator {
        Mandator::Person(mandator) => mandator == person,
        Mandator::Organisation(organisation) => {
            mandates::represented_by(tx, person, on)?.contains(&organisation)
        }
        Mandator::Ward(_) => false,
    };
    if gives {
        Ok(Side::Mandator(person))
    } else {
        Err(Code::NotFound.into())
    }
}

/// The mandate at the version its author last saw, locked.
///
/// # Errors
/// `not-found`, `version-mismatch`.
pub fn locked(tx: &mut Tx, target: Target, sight: Sight) -> Result<Mandate, Failure> {
    let mandate = mandates::lock(tx, target.id, sight)?;
    if mandate.version == target.version {
        Ok(mandate)
    } else {
        let current_version = mandate.version;
        Err(StoreError::Stale { current_version }.into())
    }
}

/// Moves a mandate as one of its sides asks.
///
/// # Errors
/// `unauthenticated`, `not-found`, `version-mismatch`, those of the rule.
pub fn change_mandate(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    (kind, rule): (&str, Rule),
) -> Result<Mandate, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    call.account_stands(tx)?;
    let mandate = locked(tx, target, call.sight_for(Act::Read))?;
    let side = side(tx, &mandate, person, call.now.date())?;
    let changed = rule(&mandate, side, call.now)?;
    mandates::update(tx, &changed)?;
    trace(tx, call, kind, &changed, None)?;
    Ok(changed)
}

/// Ends everything that somebody has given or holds: the account goes.
///
/// # Errors
/// As the store reports them.
pub fn end_all_of(tx: &mut Tx, call: &Call, person: PersonId) -> Result<(), Failure> {
    for found in mandates::open_of(tx, person)? {
        let mandate = mandates::lock_for_worker(tx, found.id)?;
        let side = if mandate.delegate == person {
            Side::Delegate(person)
        } else {
            Side::Mandator(person)
        };
        let (kind, ended) = match (mandate.state, side) {
            (MandateState::Proposed, _) => ("mandate_refused", mandate.refuse(call.now)?),
            (_, Side::Delegate(_)) => ("mandate_given_back", mandate.give_back(side, call.now)?),
            (_, _) => ("mandate_revoked", mandate.revoke(side, call.now)?),
        };
        mandates::update(tx, &ended)?;
        trace(tx, call, kind, &ended, None)?;
    }
    Ok(())
}

/// The other side agrees.
///
/// # Errors
/// `account-on-hold` within a day of a change of the number; those of [`change_mandate`].
pub fn accept_mandate(tx: &mut Tx, call: &Call, target: Target) -> Result<Mandate, Failure> {
    if let Actor::Citizen { person } = call.actor {
        refuse_while_held(holds::until(tx, person)?, call.now)?;
    }
    change_mandate(tx, call, target, ("mandate_accepted", Mandate::accept))
}

/// A mandate in the caller's sight.
///
/// # Errors
/// `not-found`.
pub fn get_mandate(tx: &mut Tx, call: &Call, id: MandateId) -> Result<Mandate, Failure> {
    Ok(mandates::find(tx, id, call.sight_for(Act::Read))?)
}

/// What the caller has given and holds, newest first.
///
/// # Errors
/// `role-forbids` for anybody but a citizen.
pub fn list_mandates(
    tx: &mut Tx,
    call: &Call,
    state: Option<MandateState>,
    (after, limit): (Option<Key>, Limit),
) -> Result<Page<Mandate, Key>, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    let represented = mandates::represented_by(tx, person, call.now.date())?;
    let of = Of::Person(person, represented);
    Ok(mandates::list(tx, &of, state, after, limit)?)
}
