//! Who is asking, and what an officer's roles are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ids::{AgencyId, OfficerId, PersonId},
    mandates::{Act, Reach},
};

/// What an officer (cán bộ) may do at the agency where the role is held.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Receives at the one-stop desk (cán bộ một cửa).
    Receiver,
    /// Works on dossiers in the specialist unit (cán bộ thụ lý).
    Processor,
    /// Decides and signs (lãnh đạo).
    Approver,
    /// Hands results over at the return desk (cán bộ trả kết quả).
    Returner,
    /// Takes money at the counter (thủ quỹ).
    Cashier,
    /// Reads the figures (cán bộ thống kê).
    Statistician,
    /// Administers one agency's officers (quản trị cơ quan).
    AgencyAdministrator,
    /// Administers agencies and the catalogue (quản trị tỉnh).
    ProvinceAdministrator,
    /// Reviews who did and saw what (kiểm tra, giám sát).
    Auditor,
}

impl Role {
    /// Every role, in the order of the enum.
    pub const ALL: [Self; 9] = [
        Self::Receiver,
        Self::Processor,
        Self::Approver,
        Self::Returner,
        Self::Cashier,
        Self::Statistician,
        Self::AgencyAdministrator,
        Self::ProvinceAdministrator,
        Self::Auditor,
    ];

    /// The spelling on the wire, in tokens and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receiver => "receiver",
            Self::Processor => "processor",
            Self::Approver => "approver",
            Self::Returner => "returner",
            Self::Cashier => "cashier",
            Self::Statistician => "statistician",
            Self::AgencyAdministrator => "agency_administrator",
            Self::ProvinceAdministrator => "province_administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    const fn bit(self) -> u16 {
        match self {
            Self::Receiver => 1,
            Self::Processor => 1 << 1,
            Self::Approver => 1 << 2,
            Self::Returner => 1 << 3,
            Self::Cashier => 1 << 4,
            Self::Statistician => 1 << 5,
            Self::AgencyAdministrator => 1 << 6,
            Self::ProvinceAdministrator => 1 << 7,
            Self::Auditor => 1 << 8,
        }
    }
}

/// A set of roles held by one officer at one agency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// The set of the given roles.
    pub fn of(roles: &[Role]) -> Self {
        Self(roles.iter().fold(0, |bits, role| bits | role.bit()))
    }

    /// The empty set.
    pub const fn none() -> Self {
        Self(0)
    }

    /// Whether the set holds the role.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether the set holds no role.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every role of this set is in the other one too.
    pub const fn are_among(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// The roles of the set, in the order of the enum.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

/// Who performs an operation, as proved by the access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A citizen acting on their own dossiers.
    Citizen {
        /// The citizen's account.
        person: PersonId,
    },
    /// An officer acting for one agency.
    Officer {
        /// The officer's account.
        officer: OfficerId,
        /// The agency whose roles are used in this request.
        agency: AgencyId,
        /// The roles held there.
        roles: Roles,
    },
    /// The worker, acting on what the law's clock says.
    System,
}

/// One entry of a permission list: the rows of the transition tables say who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The citizen whose dossier it is. That it is theirs was settled when it was loaded.
    Citizen,
    /// An officer who holds this role at the dossier's agency.
    Officer(Role),
    /// The worker.
    System,
}

impl Actor {
    /// Whether this actor is one of those listed.
    pub fn is_one_of(&self, allowed: &[Who]) -> bool {
        allowed.iter().any(|who| match (who, self) {
            (Who::Citizen, Self::Citizen { .. }) | (Who::System, Self::System) => true,
            (Who::Officer(role), Self::Officer { roles, .. }) => roles.has(*role),
            (Who::Citizen | Who::Officer(_) | Who::System, _) => false,
        })
    }

    /// Whether this actor may act in a matter of the agency. Roles are held at one agency: whoever
    /// sees the whole province does not thereby decide, or take money, in every commune.
    pub fn acts_for(&self, matter_of: AgencyId) -> bool {
        match self {
            Self::Officer { agency, .. } => *agency == matter_of,
            Self::Citizen { .. } | Self::System => true,
        }
    }
}

/// What an actor may see. Every query takes one: a query without it does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The citizen's own rows.
    Own(PersonId),
    /// The citizen's own dossiers, and those that a mandate opens to them.
    Mandated(Reach),
    /// The rows of one agency.
    Agency(AgencyId),
    /// The rows of every agency of the province.
    Province,
}

impl Sight {
    /// The same sight for another act: what mandates open depends on what it is for.
    #[must_use]
    pub const fn to(self, act: Act) -> Self {
        match self {
            Self::Mandated(Reach { person, on, act: _ }) => {
                Self::Mandated(Reach { person, on, act })
            }
            Self::Own(_) | Self::Agency(_) | Self::Province => self,
        }
    }
}

impl Actor {
    /// What this actor may see.
    pub fn sight(&self) -> Sight {
        match self {
            Self::Citizen { person } => Sight::Own(*person),
            Self::Officer { roles, .. } if roles.has(Role::ProvinceAdministrator) => {
                Sight::Province
            }
            Self::Officer { agency, .. } => Sight::Agency(*agency),
            Self::System => Sight::Province,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_its_spelling_and_the_set() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert!(Roles::of(&[role]).has(role));
            assert_eq!(Roles::of(&[role]).iter().collect::<Vec<_>>(), [role]);
        }
    }
}
