//! How long each request may take, who handles it, and what needs no request: three tables.

use super::{CorrectableField, DataRequestKind};
use crate::{
    actor::{Actor, Role},
    deadlines::{DayCounting, TimeLimit},
    ids::AgencyId,
    officers::administration::Reach,
    rejection::Code,
};

/// Within which a request is answered, of whatever kind (356/2025/NĐ-CP art. 5).
pub const ANSWER: TimeLimit = TimeLimit::WorkingDays {
    days: 2,
    counting: DayCounting::ByDays,
};

/// How long what was asked for may take, and how much longer after the one extension
/// (356/2025/NĐ-CP art. 5): in days, counted as the Civil Code counts them.
pub const LIMITS: [(DataRequestKind, u32); 7] = [
    (DataRequestKind::Access, 10),
    (DataRequestKind::Provision, 10),
    (DataRequestKind::Correction, 10),
    (DataRequestKind::Withdrawal, 15),
    (DataRequestKind::Restriction, 15),
    (DataRequestKind::Objection, 15),
    (DataRequestKind::Erasure, 20),
];

/// The limit of a kind.
pub fn limit(kind: DataRequestKind) -> TimeLimit {
    let row = LIMITS.iter().find(|(of, _)| *of == kind);
    // Every kind has its row, which a test holds; the shortest would be the safe one.
    let days = row.map_or(10, |(_, days)| *days);
    TimeLimit::CalendarDays { days }
}

/// Who handles which requests.
#[derive(Debug)]
pub struct Handler {
    /// The role.
    pub held: Role,
    /// To which controllers it reaches.
    pub reach: Reach,
    /// What it may decide.
    pub kinds: &'static [DataRequestKind],
}

/// An agency's administrator handles what was addressed to the agency. Erasure reaches the account,
/// which is the province's: only the province's administrator decides it, and everything else that
/// an agency lets lie.
pub const HANDLERS: [Handler; 2] = [
    Handler {
        held: Role::AgencyAdministrator,
        reach: Reach::OwnAgency,
        kinds: &[
            DataRequestKind::Access,
            DataRequestKind::Provision,
            DataRequestKind::Correction,
            DataRequestKind::Withdrawal,
            DataRequestKind::Restriction,
            DataRequestKind::Objection,
        ],
    },
    Handler {
        held: Role::ProvinceAdministrator,
        reach: Reach::Province,
        kinds: DataRequestKind::ALL,
    },
];

fn handlers(actor: &Actor) -> impl Iterator<Item = &'static Handler> {
    let roles = match actor {
        Actor::Officer {
            officer: _,
            agency: _,
            roles,
        } => *roles,
        Actor::Citizen { person: _ } | Actor::System => crate::actor::Roles::default(),
    };
    HANDLERS.iter().filter(move |row| roles.has(row.held))
}

/// Whether the actor handles requests at all.
///
/// # Errors
/// `role-forbids`.
pub fn may_look(actor: &Actor) -> Result<(), Code> {
    handlers(actor).next().map(drop).ok_or(Code::RoleForbids)
}

/// Whether the actor may decide a request of this kind to this controller.
///
/// # Errors
/// `role-forbids`.
pub fn may_handle(actor: &Actor, controller: AgencyId, kind: DataRequestKind) -> Result<(), Code> {
    let listed = handlers(actor).any(|row| {
        let reaches = row.reach == Reach::Province || actor.acts_for(controller);
        reaches && row.kinds.contains(&kind)
    });
    if listed {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

/// How something is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowCorrected {
    /// By the person, at once, with this operation.
    AtOnce(&'static str),
    /// By an officer, who has seen proof.
    WithProof,
}

/// What a citizen puts right alone, and what takes proof.
pub const CORRECTIONS: [(CorrectableField, HowCorrected); 7] = [
    (CorrectableField::Address, HowCorrected::AtOnce("change_me")),
    (
        CorrectableField::Language,
        HowCorrected::AtOnce("change_me"),
    ),
    (
        CorrectableField::Phone,
        HowCorrected::AtOnce("change_phone"),
    ),
    (CorrectableField::FullName, HowCorrected::WithProof),
    (CorrectableField::PersonalNumber, HowCorrected::WithProof),
    (CorrectableField::BirthDate, HowCorrected::WithProof),
    (CorrectableField::FiledDossier, HowCorrected::WithProof),
];

/// The operation by which a person puts this right at once, if there is one.
pub fn corrected_by(field: CorrectableField) -> Option<&'static str> {
    let row = CORRECTIONS.iter().find(|(of, _)| *of == field);
    row.and_then(|(_, how)| match how {
        HowCorrected::AtOnce(operation) => Some(*operation),
        HowCorrected::WithProof => None,
    })
}
