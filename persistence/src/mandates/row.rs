//! Rows of `mandates`, and how they become mandates.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    ids::{AgencyId, MandateId, OfficerId, OrganisationId, PersonId, WardId},
    mandates::{Act, Acts, Ending, Evidence, Ground, Mandate, MandateState, Mandator, Scope, Term},
    personal::Personal,
    procedures::ProcedureCode,
    time::Time,
};
use uuid::Uuid;

use crate::{
    StoreError,
    connection::MultiBackend,
    disclosures::Witness,
    schema::mandates,
    sealing::{self, DataKey},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mandates, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Sql<MandateId>,
    version: i64,
    mandator_id: Option<Sql<PersonId>>,
    ward_id: Option<Sql<WardId>>,
    organisation_id: Option<Sql<OrganisationId>>,
    delegate_id: Sql<PersonId>,
    ground: Sql<Ground>,
    procedures: Option<String>,
    acts: String,
    valid_from: Sql<NaiveDate>,
    valid_until: Option<Sql<NaiveDate>>,
    key_id: Sql<Uuid>,
    evidence_number: Vec<u8>,
    evidence_issued_on: Sql<NaiveDate>,
    evidence_issuer: String,
    agency_id: Option<Sql<AgencyId>>,
    state: Sql<MandateState>,
    ending: Option<Sql<Ending>>,
    proposed_by: Sql<PersonId>,
    agreed_by: Option<Sql<PersonId>>,
    agreed_at: Option<Sql<Time>>,
    confirmed_by: Option<Sql<OfficerId>>,
    confirmed_at: Option<Sql<Time>>,
    ended_at: Option<Sql<Time>>,
    created_at: Sql<Time>,
    updated_at: Sql<Time>,
}

/// Each word between bars, so that `LIKE '%|word|%'` finds it and no other.
fn barred<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.fold("|".to_owned(), |text, word| text + word + "|")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|word| !word.is_empty())
}

fn acts(text: &str) -> Result<Acts, StoreError> {
    let act = |word| {
        Act::parse(word).ok_or_else(|| StoreError::Corrupt("an act of a mandate".to_owned()))
    };
    words(text).map(act).collect()
}

fn procedures(text: &str) -> Result<BTreeSet<ProcedureCode>, StoreError> {
    let code = |word| {
        ProcedureCode::parse(word)
            .map_err(|_| StoreError::Corrupt("a procedure of a mandate".to_owned()))
    };
    words(text).map(code).collect()
}

fn fields(id: MandateId, key: &DataKey) -> sealing::Row<'_> {
    sealing::Row {
        table: "mandates",
        id: id.uuid(),
        key,
    }
}

/// Whose key the evidence is sealed under: the mandator's, and for an organisation the delegate's.
pub(super) const fn sealed_for(mandate: &Mandate) -> Uuid {
    match mandate.mandator {
        Mandator::Person(person) => person.uuid(),
        Mandator::Ward(ward) => ward.uuid(),
        Mandator::Organisation(_) => mandate.delegate.uuid(),
    }
}

impl Row {
    #[expect(
        clippy::too_many_lines,
        reason = "one line per column, so that none is forgotten"
    )]
    pub(super) fn sealed(mandate: &Mandate, key: &DataKey) -> Result<Self, StoreError> {
        let Mandate {
            id,
            version,
            mandator,
            delegate,
            ground,
            scope: Scope { procedures, acts },
            term: Term { from, until },
            evidence:
                Evidence {
                    number,
                    issued_on,
                    issuer,
                },
            agency,
            state,
            ending,
            proposed_by,
            agreed,
            confirmed,
            ended_at,
            created_at,
            updated_at,
        } = mandate;
        let (mandator_id, ward_id, organisation_id) = columns(*mandator);
        let codes = procedures.as_ref();
        Ok(Self {
            id: Sql(*id),
            version: *version,
            mandator_id,
            ward_id,
            organisation_id,
            delegate_id: Sql(*delegate),
            ground: Sql(*ground),
            procedures: codes.map(|codes| barred(codes.iter().map(ProcedureCode::as_str))),
            acts: barred(acts.iter().map(|act| act.as_str())),
            valid_from: Sql(*from),
            valid_until: until.map(Sql),
            key_id: Sql(key.id()),
            evidence_number: fields(*id, key).seal("evidence_number", number)?,
            evidence_issued_on: Sql(*issued_on),
            evidence_issuer: issuer.clone(),
            agency_id: agency.map(Sql),
            state: Sql(*state),
            ending: ending.map(Sql),
            proposed_by: Sql(*proposed_by),
            agreed_by: agreed.map(|(by, _)| Sql(by)),
            agreed_at: agreed.map(|(_, at)| Sql(at)),
            confirmed_by: confirmed.map(|(by, _)| Sql(by)),
            confirmed_at: confirmed.map(|(_, at)| Sql(at)),
            ended_at: ended_at.map(Sql),
            created_at: Sql(*created_at),
            updated_at: Sql(*updated_at),
        })
    }

    /// The mandate, its evidence opened with this key. Where that was deleted the number is gone.
    pub(super) fn opened(self, key: Option<&DataKey>) -> Result<Mandate, StoreError> {
        let number = match key {
            Some(key) => fields(self.id.0, key).open(
                "evidence_number",
                &self.evidence_number,
                // An officer is shown its last signs at most.
                &Witness::of_no_officer(),
            )?,
            None => Personal::new(String::new()),
        };
        let mandator = self.mandator()?;
        let codes = self.procedures.as_deref().map(procedures);
        let agreed = self.agreed_by.map(Sql::into_inner);
        let confirmed = self.confirmed_by.map(Sql::into_inner);
        Ok(Mandate {
            id: self.id.0,
            version: self.version,
            mandator,
            delegate: self.delegate_id.0,
            ground: self.ground.0,
            scope: Scope {
                procedures: codes.transpose()?,
                acts: acts(&self.acts)?,
            },
            term: Term {
                from: self.valid_from.0,
                until: self.valid_until.map(Sql::into_inner),
            },
            evidence: Evidence {
                number,
                issued_on: self.evidence_issued_on.0,
                issuer: self.evidence_issuer,
            },
            agency: self.agency_id.map(Sql::into_inner),
            state: self.state.0,
            ending: self.ending.map(Sql::into_inner),
            proposed_by: self.proposed_by.0,
            agreed: agreed.zip(self.agreed_at.map(Sql::into_inner)),
            confirmed: confirmed.zip(self.confirmed_at.map(Sql::into_inner)),
            ended_at: self.ended_at.map(Sql::into_inner),
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        })
    }

    fn mandator(&self) -> Result<Mandator, StoreError> {
        let found = [
            self.mandator_id.as_ref().map(|id| Mandator::Person(id.0)),
            self.ward_id.as_ref().map(|id| Mandator::Ward(id.0)),
            self.organisation_id
                .as_ref()
                .map(|id| Mandator::Organisation(id.0)),
        ];
        let mut found = found.into_iter().flatten();
        found
            .next()
            .ok_or_else(|| StoreError::Corrupt("a mandate of nobody".to_owned()))
    }

    /// Whose key it is sealed under.
    pub(super) const fn key_id(&self) -> Uuid {
        self.key_id.0
    }

    pub(super) const fn key(&self) -> (Time, MandateId) {
        (self.created_at.0, self.id.0)
    }
}

type MandatorColumns = (
    Option<Sql<PersonId>>,
    Option<Sql<WardId>>,
    Option<Sql<OrganisationId>>,
);

const fn columns(mandator: Mandator) -> MandatorColumns {
    match mandator {
        Mandator::Person(person) => (Some(Sql(person)), None, None),
        Mandator::Ward(ward) => (None, Some(Sql(ward)), None),
        Mandator::Organisation(organisation) => (None, None, Some(Sql(organisation))),
    }
}
