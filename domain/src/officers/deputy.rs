//! Standing in for another officer (ủy quyền, phân công thay thế): one role, for some days, never more
//! than whoever is stood in for holds at that moment.

use chrono::NaiveDate;

use super::{
    Grant, Revocation,
    administration::{self, Account},
    roles_at,
};
use crate::{
    actor::{Actor, Role},
    ids::{AgencyId, DeputyId, OfficerId},
    rejection::Code,
    time::Time,
};

/// How many days one may stand in at most; after that somebody has to think about it again.
pub const LONGEST_DAYS: i64 = 366;

/// The roles somebody can stand in for: those of case work. Administering and auditing cannot be handed
/// on, since making an administrator takes two people.
pub const ROLES: [Role; 6] = [
    Role::Receiver,
    Role::Processor,
    Role::Approver,
    Role::Returner,
    Role::Cashier,
    Role::Statistician,
];

/// That one officer stands in for another one of the same agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputy {
    /// Its id.
    pub id: DeputyId,
    /// The agency of both.
    pub agency: AgencyId,
    /// Who is stood in for.
    pub officer: OfficerId,
    /// Who stands in.
    pub deputy: OfficerId,
    /// With which role.
    pub role: Role,
    /// The first day, as clocks in Viet Nam show it.
    pub from: NaiveDate,
    /// The last day, which still counts.
    pub until: NaiveDate,
    /// Why, as somebody typed it.
    pub reason: String,
    /// Who made it: whoever is stood in for, or an administrator.
    pub made_by: OfficerId,
    /// When.
    pub made_at: Time,
    /// When and by whom it was ended before its last day.
    pub ended: Option<Revocation>,
}

impl Deputy {
    /// Whether it holds at this instant, as far as it goes by itself.
    pub fn holds_at(&self, now: Time) -> bool {
        let today = now.date();
        self.from <= today && today <= self.until && self.ended.is_none_or(|ended| now < ended.at)
    }

    /// Whether whoever stands in may act now, given what the other one holds at the agency now: the
    /// grants of an account that is in use, none of one that is not.
    pub fn acts(&self, grants: &[Grant], now: Time) -> bool {
        self.holds_at(now) && roles_at(grants, self.agency, now).has(self.role)
    }

    /// Whether this officer may end it: either of the two, and whoever looks after the officers of the
    /// agency.
    pub fn may_end(&self, actor: &Actor) -> bool {
        let own = matches!(actor, Actor::Officer { officer, .. }
            if *officer == self.officer || *officer == self.deputy);
        own || administration::may_look_after(actor, self.agency).is_ok()
    }
}

/// Whether the actor may let one officer stand in for another with this role: the officer themself, or
/// whoever may give the role. What is held by deputising is not in `grants`, so it cannot be handed on.
///
/// # Errors
/// `not-to-oneself` when both are the same, or an administrator would stand in themself;
/// `role-forbids` for a role that cannot be handed on, that is not held now, or is not the actor's to
/// give.
pub fn may_make(
    actor: &Actor,
    (officer, grants): (Account, &[Grant]),
    deputy: Account,
    role: Role,
    now: Time,
) -> Result<(), Code> {
    if officer.officer == deputy.officer {
        return Err(Code::NotToOneself);
    }
    let own = matches!(actor, Actor::Officer { officer: asking, .. } if *asking == officer.officer);
    if !own {
        administration::may_give(actor, deputy, officer.home, role)?;
    }
    if ROLES.contains(&role) && roles_at(grants, officer.home, now).has(role) {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

#[cfg(test)]
mod tests;
