//! The mandate as the rules see it.

use chrono::NaiveDate;

use crate::{
    ids::{AgencyId, MandateId, OfficerId, OrganisationId, PersonId, WardId},
    mandates::{Act, Scope},
    personal::Personal,
    procedures::ProcedureCode,
    time::Time,
    vocabulary,
};

vocabulary! {
    /// Whom a mandate is of.
    MandatorKind {
        /// A person with an account.
        Person = "person",
        /// A child, or another person without an account who is represented by law.
        Ward = "ward",
        /// An organisation.
        Organisation = "organisation",
    }
}

vocabulary! {
    /// What a mandate rests on.
    Ground {
        /// A father or mother represents a child under age (Civil Code 2015, art. 136).
        ParentOfMinor = "parent_of_minor",
        /// A guardian represents the ward (art. 58 and 136).
        Guardian = "guardian",
        /// An authorisation in writing, notarised or certified (giấy uỷ quyền).
        NotarisedAuthorisation = "notarised_authorisation",
        /// The legal representative of an organisation (người đại diện theo pháp luật, art. 137).
        LegalRepresentative = "legal_representative",
        /// A legal representative authorises somebody of the organisation (art. 138).
        OrganisationAuthorisation = "organisation_authorisation",
    }
}

impl Ground {
    /// Whose mandate can rest on it.
    pub const fn of(self) -> MandatorKind {
        match self {
            Self::ParentOfMinor | Self::Guardian => MandatorKind::Ward,
            Self::NotarisedAuthorisation => MandatorKind::Person,
            Self::LegalRepresentative | Self::OrganisationAuthorisation => {
                MandatorKind::Organisation
            }
        }
    }
}

vocabulary! {
    /// Where a mandate stands.
    MandateState {
        /// It waits for whoever must agree or confirm.
        Proposed = "proposed",
        /// It stands, on the days it is for.
        Active = "active",
        /// It is over.
        Ended = "ended",
    }
}

vocabulary! {
    /// How a mandate ended.
    Ending {
        /// Whoever was to agree or confirm did not, or it was taken back before.
        Refused = "refused",
        /// The mandator, or the desk for whoever has no account, revoked it.
        Revoked = "revoked",
        /// The delegate gave it back.
        GivenBack = "given_back",
        /// Its last day has passed.
        Expired = "expired",
    }
}

/// Whom a mandate is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mandator {
    /// A person with an account.
    Person(PersonId),
    /// A person without one.
    Ward(WardId),
    /// An organisation.
    Organisation(OrganisationId),
}

impl Mandator {
    /// Of which kind.
    pub const fn kind(self) -> MandatorKind {
        match self {
            Self::Person(_) => MandatorKind::Person,
            Self::Ward(_) => MandatorKind::Ward,
            Self::Organisation(_) => MandatorKind::Organisation,
        }
    }

    /// The account it is, if it is one.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Ward(_) | Self::Organisation(_) => None,
        }
    }
}

/// The days a mandate is for; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, if there is one.
    pub until: Option<NaiveDate>,
}

impl Term {
    /// Whether the day belongs to it.
    pub fn holds(self, on: NaiveDate) -> bool {
        self.from <= on && !self.is_over(on)
    }

    /// Whether its last day has passed.
    pub fn is_over(self, on: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < on)
    }
}

/// The paper a mandate rests on: a birth certificate, a notarised authorisation, a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its number.
    pub number: Personal<String>,
    /// Its date.
    pub issued_on: NaiveDate,
    /// Who issued it.
    pub issuer: String,
}

/// A mandate: a delegate acts for a mandator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its id, made by whoever proposes it.
    pub id: MandateId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whom it is of.
    pub mandator: Mandator,
    /// Who acts.
    pub delegate: PersonId,
    /// What it rests on.
    pub ground: Ground,
    /// What it is for.
    pub scope: Scope,
    /// On which days.
    pub term: Term,
    /// The paper it rests on.
    pub evidence: Evidence,
    /// The agency at whose counter the evidence is looked at; none between two accounts.
    pub agency: Option<AgencyId>,
    /// Where it stands.
    pub state: MandateState,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Who recorded it.
    pub proposed_by: PersonId,
    /// The other of the two accounts, and when they agreed.
    pub agreed: Option<(PersonId, Time)>,
    /// The officer who has looked at the evidence, and when.
    pub confirmed: Option<(OfficerId, Time)>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// When it was proposed.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

impl Mandate {
    /// Whether it stands on this day.
    pub fn stands(&self, on: NaiveDate) -> bool {
        self.state == MandateState::Active && self.term.holds(on)
    }

    /// Whether the delegate may do this in that procedure on this day.
    pub fn allows(&self, procedure: &ProcedureCode, act: Act, on: NaiveDate) -> bool {
        self.stands(on) && self.scope.covers(procedure, act)
    }
}
