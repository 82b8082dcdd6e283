//! Who reads personal fields, and why. What opens them asks for it, and there is no other way.

use domain::{
    actor::{Roles, Sight},
    disclosures::{AccessAction, AccessPurpose, Matter},
    ids::{AgencyId, DisclosureId, OfficerId, PersonId},
    mandates::{Act, Reach},
    personal::Personal,
    time::Time,
};
use uuid::Uuid;

/// Who reads.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A citizen, what is their own. No line is written.
    Own(PersonId),
    /// A citizen, what is their own or a mandate of now opens. No line is written: whose matter it is has
    /// agreed, and sees the mandate.
    Mandated(Reach),
    /// The house itself: the worker, and what the public sees of a dossier whose secret it knows. No line
    /// is written, so no officer may be shown anything of it.
    House,
    /// An officer. A line is written before anything is opened.
    Officer(OfficerReading),
}

/// An officer who reads.
#[derive(Debug, Clone)]
pub struct OfficerReading {
    /// Who.
    pub officer: OfficerId,
    /// Acting for which agency.
    pub agency: AgencyId,
    /// The roles held there now.
    pub roles: Roles,
    /// How far they see, for this purpose.
    pub sight: Sight,
    /// Why.
    pub purpose: AccessPurpose,
    /// The reason in their words, where the purpose is stated.
    pub note: Option<Personal<String>>,
    /// Until when the citizen does not see the line.
    pub restricted_until: Option<Time>,
    /// What is done.
    pub action: AccessAction,
    /// When.
    pub now: Time,
    /// The id of the first line this may write; those of further ones are made from it.
    pub line: DisclosureId,
    /// The request it is part of.
    pub request: Option<Uuid>,
}

impl Reading {
    /// How far whoever reads sees.
    pub const fn sight(&self) -> Sight {
        match self {
            Self::Own(person) => Sight::Own(*person),
            Self::Mandated(reach) => Sight::Mandated(*reach),
            Self::House => Sight::Province,
            Self::Officer(officer) => officer.sight,
        }
    }

    /// The same for another act under a mandate.
    #[must_use]
    pub fn to(self, act: Act) -> Self {
        match self {
            Self::Mandated(reach) => Self::Mandated(Reach { act, ..reach }),
            Self::Own(_) | Self::House | Self::Officer(_) => self,
        }
    }
}

/// Whose personal fields are about to be opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    /// The dossier or the mandate they are in.
    pub(crate) matter: Matter,
    /// The agency it was filed with, which its line refers to; of a mandate its agency.
    pub(crate) agency: AgencyId,
    /// The agency that holds it; of a mandate its agency.
    pub(crate) holder: AgencyId,
    /// The citizen whose account it belongs to; of a mandate the delegate.
    pub(crate) person: Option<PersonId>,
}
