//! Rows of `identity_proofs`: appended, and read again by whoever asks how an identity was proved.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use domain::{
    identities::{IdentityDocument, ProofMethod},
    ids::{AgencyId, OfficerId, PersonId},
    personal::Personal,
    time::Time,
};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    disclosures::Witness,
    schema::identity_proofs,
    sealing::{self, DataKey},
    sql::Sql,
};

/// One proof of somebody's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Its id, made by the caller.
    pub id: Uuid,
    /// Whose.
    pub person: PersonId,
    /// By what.
    pub evidence: Evidence,
    /// When.
    pub at: Time,
}

/// By what an identity was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The identity provider of this issuer address.
    Provider(String),
    /// An officer who saw card and person.
    Counter(Counter),
}

/// What an officer saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Who.
    pub officer: OfficerId,
    /// At which agency.
    pub agency: AgencyId,
    /// What was shown.
    pub document: IdentityDocument,
    /// The last digits of its number.
    pub digits: Personal<String>,
}

impl Evidence {
    /// The method.
    pub const fn method(&self) -> ProofMethod {
        match self {
            Self::Provider(_) => ProofMethod::Provider,
            Self::Counter(_) => ProofMethod::Counter,
        }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = identity_proofs, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<Uuid>,
    person_id: Sql<PersonId>,
    method: Sql<ProofMethod>,
    issuer: Option<String>,
    verified_by: Option<Sql<OfficerId>>,
    agency_id: Option<Sql<AgencyId>>,
    document_kind: Option<Sql<IdentityDocument>>,
    document_digits: Option<Vec<u8>>,
    proved_at: Sql<Time>,
}

fn fields(id: Uuid, key: &DataKey) -> sealing::Row<'_> {
    sealing::Row {
        table: "identity_proofs",
        id,
        key,
    }
}

impl Row {
    fn sealed(proof: &Proof, key: &DataKey) -> Result<Self, StoreError> {
        let Proof {
            id,
            person,
            evidence,
            at,
        } = proof;
        let bare = Self {
            id: Sql(*id),
            person_id: Sql(*person),
            method: Sql(evidence.method()),
            issuer: None,
            verified_by: None,
            agency_id: None,
            document_kind: None,
            document_digits: None,
            proved_at: Sql(*at),
        };
        Ok(match evidence {
            Evidence::Provider(issuer) => Self {
                issuer: Some(issuer.clone()),
                ..bare
            },
            Evidence::Counter(Counter {
                officer,
                agency,
                document,
                digits,
            }) => Self {
                verified_by: Some(Sql(*officer)),
                agency_id: Some(Sql(*agency)),
                document_kind: Some(Sql(*document)),
                document_digits: Some(fields(*id, key).seal("document_digits", digits)?),
                ..bare
            },
        })
    }

    fn opened(self, key: &DataKey) -> Result<Proof, StoreError> {
        let Self {
            id: Sql(id),
            person_id: Sql(person),
            method: _,
            issuer,
            verified_by,
            agency_id,
            document_kind,
            document_digits,
            proved_at: Sql(at),
        } = self;
        let evidence = match (
            issuer,
            verified_by,
            agency_id,
            document_kind,
            document_digits,
        ) {
            (Some(issuer), None, None, None, None) => Evidence::Provider(issuer),
            (None, Some(officer), Some(agency), Some(document), Some(digits)) => {
                Evidence::Counter(Counter {
                    officer: officer.into_inner(),
                    agency: agency.into_inner(),
                    document: document.into_inner(),
                    digits: fields(id, key).open(
                        "document_digits",
                        &digits,
                        // The house shows them to nobody.
                        &Witness::of_no_officer(),
                    )?,
                })
            }
            _ => {
                return Err(StoreError::Corrupt(
                    "a proof of identity by nobody".to_owned(),
                ));
            }
        };
        Ok(Proof {
            id,
            person,
            evidence,
            at,
        })
    }
}

/// Keeps a proof, in the transaction that raises the citizen's level by it: that is the save.
///
/// # Errors
/// [`StoreError::Absent`] for a citizen who was erased.
pub fn append(tx: &mut Tx, proof: &Proof) -> Result<(), StoreError> {
    let key = sealing::of_subject(tx, proof.person.uuid())?.ok_or(StoreError::Absent)?;
    diesel::insert_into(identity_proofs::table)
        .values(Row::sealed(proof, &key)?)
        .execute(tx.conn())?;
    Ok(())
}

/// How somebody's identity was proved, oldest first. The caller has settled who may see it.
///
/// # Errors
/// [`StoreError::Absent`] for a citizen who was erased.
pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Proof>, StoreError> {
    let key = sealing::of_subject(tx, person.uuid())?.ok_or(StoreError::Absent)?;
    let rows: Vec<Row> = identity_proofs::table
        .filter(identity_proofs::person_id.eq(Sql(person)))
        .order((identity_proofs::proved_at, identity_proofs::id))
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(|row| row.opened(&key)).collect()
}
