//! Consents as they were given: appended, read, and never changed. Both engines refuse to.

pub mod withdrawals;

use diesel::prelude::*;
use domain::{
    consents::{Consent, Purpose, Tongue},
    dossiers::Channel,
    ids::{AgencyId, ConsentId, DossierId, OfficerId, PersonId},
    time::Time,
};

use crate::{StoreError, Tx, connection::MultiBackend, schema::consents, sql::Sql};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = consents, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
struct ConsentRow {
    id: Sql<ConsentId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Option<Sql<DossierId>>,
    person_id: Option<Sql<PersonId>>,
    purpose: Sql<Purpose>,
    text_version: i32,
    text_sha256: Vec<u8>,
    language: Sql<Tongue>,
    text_named: bool,
    channel: Sql<Channel>,
    taken_by: Option<Sql<OfficerId>>,
    given_at: Sql<Time>,
}

fn version(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number).map_err(|_| corrupt("a version of a consent's text"))
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}

impl ConsentRow {
    fn of(agency: AgencyId, consent: &Consent) -> Result<Self, StoreError> {
        let Consent {
            id,
            dossier,
            person,
            purpose,
            text_version,
            text_sha256,
            language,
            text_named,
            channel,
            taken_by,
            given_at,
        } = consent;
        Ok(Self {
            id: Sql(*id),
            agency_id: Sql(agency),
            dossier_id: dossier.map(Sql),
            person_id: person.map(Sql),
            purpose: Sql(*purpose),
            text_version: version(*text_version)?,
            text_sha256: text_sha256.to_vec(),
            language: Sql(*language),
            text_named: *text_named,
            channel: Sql(*channel),
            taken_by: taken_by.map(Sql),
            given_at: Sql(*given_at),
        })
    }
}

impl TryFrom<ConsentRow> for Consent {
    type Error = StoreError;

    fn try_from(row: ConsentRow) -> Result<Self, StoreError> {
        let ConsentRow {
            id: Sql(id),
            agency_id: _,
            dossier_id,
            person_id,
            purpose: Sql(purpose),
            text_version,
            text_sha256,
            language: Sql(language),
            text_named,
            channel: Sql(channel),
            taken_by,
            given_at: Sql(given_at),
        } = row;
        Ok(Self {
            id,
            dossier: dossier_id.map(Sql::into_inner),
            person: person_id.map(Sql::into_inner),
            purpose,
            text_version: u32::try_from(text_version)
                .map_err(|_| corrupt("a version of a consent's text"))?,
            text_sha256: text_sha256
                .try_into()
                .map_err(|_| corrupt("the digest of a consent's text"))?,
            language,
            text_named,
            channel,
            taken_by: taken_by.map(Sql::into_inner),
            given_at,
        })
    }
}

/// Keeps a consent, in the transaction of what it was given for.
///
/// # Errors
/// [`StoreError::Foreign`] when dossier and agency do not belong together, or the dossier is not there
/// yet; [`StoreError::Refused`] for one that belongs to no dossier and no person.
pub fn append(tx: &mut Tx, agency: AgencyId, consent: &Consent) -> Result<(), StoreError> {
    let row = ConsentRow::of(agency, consent)?;
    diesel::insert_into(consents::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// What was agreed to for a dossier, oldest first. The caller has loaded the dossier, and with it
/// settled who may see them.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Consent>, StoreError> {
    let rows: Vec<ConsentRow> = consents::table
        .filter(consents::dossier_id.eq(Some(Sql(dossier))))
        .order((consents::given_at, consents::id))
        .select(ConsentRow::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(TryInto::try_into).collect()
}
