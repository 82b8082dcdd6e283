//! Who may read whose dossiers, and for what: from the role held now, or from a stated purpose.

use super::AccessPurpose;
use crate::{
    actor::{
        Actor,
        Role::{self, Auditor, ProvinceAdministrator},
        Roles, Sight,
    },
    dossiers::readers::{may_read_dossiers, may_read_files},
    rejection::Code,
};

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Dossiers.
    Dossiers,
    /// The papers and results in them.
    Files,
}

/// On what ground somebody reads: how far they see, and an officer's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// How far.
    pub sight: Sight,
    /// Why; nothing for whoever is no officer.
    pub purpose: Option<AccessPurpose>,
}

/// The ground of a read. With a stated purpose an officer sees the whole province, if a role of theirs
/// may state it; without one, what a role at the own agency implies.
///
/// # Errors
/// `role-forbids`.
pub fn ground(
    actor: &Actor,
    stated: Option<AccessPurpose>,
    what: Readable,
) -> Result<Ground, Code> {
    let (agency, roles) = match actor {
        Actor::Citizen { .. } | Actor::System => {
            return Ok(Ground {
                sight: actor.sight(),
                purpose: None,
            });
        }
        Actor::Officer {
            officer: _,
            agency,
            roles,
        } => (*agency, *roles),
    };
    match stated {
        Some(purpose) if purpose.may_be_stated_with(roles) => Ok(Ground {
            sight: Sight::Province,
            purpose: Some(purpose),
        }),
        Some(_) => Err(Code::RoleForbids),
        None => Ok(Ground {
            sight: Sight::Agency(agency),
            purpose: Some(implied(actor, what)?),
        }),
    }
}

/// What the roles imply at their own agency: whoever reads without being an auditor handles cases, and
/// whoever reads as an auditor alone inspects.
fn implied(actor: &Actor, what: Readable) -> Result<AccessPurpose, Code> {
    let may_read = match what {
        Readable::Dossiers => may_read_dossiers,
        Readable::Files => may_read_files,
    };
    may_read(actor)?;
    let handles = may_read(&without_auditing(actor)).is_ok();
    Ok(if handles {
        AccessPurpose::Handling
    } else {
        AccessPurpose::Inspection
    })
}

fn without_auditing(actor: &Actor) -> Actor {
    match *actor {
        Actor::Officer {
            officer,
            agency,
            roles,
        } => {
            let others: Vec<Role> = roles.iter().filter(|role| *role != Auditor).collect();
            Actor::Officer {
                officer,
                agency,
                roles: Roles::of(&others),
            }
        }
        other @ (Actor::Citizen { .. } | Actor::System) => other,
    }
}

/// Whether this actor could read more by stating a purpose: told `purpose-required` where others are
/// told that there is nothing.
pub fn could_state_a_purpose(actor: &Actor) -> bool {
    match actor {
        Actor::Officer {
            officer: _,
            agency: _,
            roles,
        } => roles.has(Auditor) || roles.has(ProvinceAdministrator),
        Actor::Citizen { .. } | Actor::System => false,
    }
}

/// What somebody is told whose roles read nothing by themselves, where a purpose may be stated: that one is
/// needed, if a role of theirs may state one; else that the roles do not go so far.
pub fn without_a_purpose(actor: &Actor) -> Code {
    if could_state_a_purpose(actor) {
        Code::PurposeRequired
    } else {
        Code::RoleForbids
    }
}

/// Nothing if this actor may review who read what.
///
/// # Errors
/// `role-forbids`.
pub fn may_review(actor: &Actor) -> Result<(), Code> {
    match actor {
        Actor::Officer {
            officer: _,
            agency: _,
            roles,
        } if roles.has(Auditor) => Ok(()),
        Actor::Officer { .. } | Actor::Citizen { .. } | Actor::System => Err(Code::RoleForbids),
    }
}
