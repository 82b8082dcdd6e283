//! What administrators may do about the officers of an agency: one table, and nobody for themself.

use chrono::NaiveDate;

use super::Grant;
use crate::{
    actor::{Actor, Role},
    ids::{AgencyId, OfficerId},
    rejection::Code,
    time::Time,
};

/// How far a power reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Officers of the own agency, and roles at it.
    OwnAgency,
    /// Every officer and every agency.
    Province,
}

/// What the holder of a role may give to others.
#[derive(Debug)]
pub struct Power {
    /// Who may.
    pub held: Role,
    /// Where.
    pub reach: Reach,
    /// Which roles. The one it is held by is never among them: no role makes more of itself.
    pub gives: &'static [Role],
}

/// Who may give which roles. Administrators of the province are made at the machine only: by the
/// set-up, which works once, and by the command.
pub const POWERS: [Power; 2] = [
    Power {
        held: Role::AgencyAdministrator,
        reach: Reach::OwnAgency,
        gives: &[
            Role::Receiver,
            Role::Processor,
            Role::Approver,
            Role::Returner,
            Role::Cashier,
            Role::Statistician,
        ],
    },
    Power {
        held: Role::ProvinceAdministrator,
        reach: Reach::Province,
        gives: &[
            Role::Receiver,
            Role::Processor,
            Role::Approver,
            Role::Returner,
            Role::Cashier,
            Role::Statistician,
            Role::AgencyAdministrator,
            Role::Auditor,
        ],
    },
];

/// Whose account it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// The officer.
    pub officer: OfficerId,
    /// The agency they belong to.
    pub home: AgencyId,
}

/// The powers an actor holds that reach officers of this agency.
fn powers(actor: &Actor, home: AgencyId) -> impl Iterator<Item = &'static Power> {
    let (roles, own) = match actor {
        Actor::Officer {
            officer: _,
            agency,
            roles,
        } => (*roles, Some(*agency)),
        Actor::Citizen { person: _ } | Actor::System => (crate::actor::Roles::default(), None),
    };
    POWERS.iter().filter(move |power| {
        roles.has(power.held) && (power.reach == Reach::Province || own == Some(home))
    })
}

/// Whether the actor looks after the officers of this agency at all.
///
/// # Errors
/// `role-forbids`.
pub fn may_look_after(actor: &Actor, home: AgencyId) -> Result<(), Code> {
    match powers(actor, home).next() {
        Some(_) => Ok(()),
        None => Err(Code::RoleForbids),
    }
}

fn another(actor: &Actor, account: Account) -> Result<(), Code> {
    match actor {
        Actor::Officer {
            officer,
            agency: _,
            roles: _,
        } if *officer == account.officer => Err(Code::NotToOneself),
        Actor::Officer { .. } | Actor::Citizen { .. } | Actor::System => Ok(()),
    }
}

/// Whether the actor may give, or agree to give, this role at this agency to that officer.
///
/// # Errors
/// `not-to-oneself`, whatever the actor's roles; `role-forbids` for what the table does not list.
pub fn may_give(actor: &Actor, account: Account, agency: AgencyId, role: Role) -> Result<(), Code> {
    another(actor, account)?;
    let listed = powers(actor, account.home).any(|power| {
        let there = power.reach == Reach::Province || agency == account.home;
        there && power.gives.contains(&role)
    });
    if listed {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

/// Whether the actor may take this role away: what they may give, and for administrators of the
/// province also that role of another one. Taking away needs no second person, so that it is quick.
///
/// # Errors
/// As [`may_give`].
pub fn may_take(actor: &Actor, account: Account, agency: AgencyId, role: Role) -> Result<(), Code> {
    another(actor, account)?;
    let equal = powers(actor, account.home)
        .any(|power| power.reach == Reach::Province && power.held == role);
    if equal {
        return Ok(());
    }
    may_give(actor, account, agency, role)
}

/// Whether the actor may change the account: its name, and whether it is in use. Nobody may who
/// could not take every role of it that holds now or later.
///
/// # Errors
/// As [`may_take`].
pub fn may_change(
    actor: &Actor,
    account: Account,
    grants: &[Grant],
    now: Time,
) -> Result<(), Code> {
    may_look_after(actor, account.home)?;
    another(actor, account)?;
    still_to_hold(grants, now).try_for_each(|it| may_take(actor, account, it.agency, it.role))
}

/// Whether the actor may give the account a new password alone. Of an administrator's account nobody
/// may: with it one person would be two, so that it takes two to do it.
///
/// # Errors
/// As [`may_change`]; `second-person-needed` for an administrator's account.
pub fn may_reset_password(
    actor: &Actor,
    account: Account,
    grants: &[Grant],
    now: Time,
) -> Result<(), Code> {
    may_change(actor, account, grants, now)?;
    let administers = |role| POWERS.iter().any(|power| power.held == role);
    if still_to_hold(grants, now).any(|grant| administers(grant.role)) {
        return Err(Code::SecondPersonNeeded);
    }
    Ok(())
}

/// The grants that hold now or will.
fn still_to_hold(grants: &[Grant], now: Time) -> impl Iterator<Item = &Grant> {
    let today: NaiveDate = now.date();
    grants.iter().filter(move |grant| {
        grant.revoked.is_none() && grant.until.is_none_or(|last| today <= last)
    })
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod walks;
