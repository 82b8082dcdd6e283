//! Result documents: uploaded, issued, recalled.

pub mod drafts;

use chrono::{Datelike as _, NaiveDate};
use diesel::prelude::*;
use domain::{
    ids::{AgencyId, DossierId, FileId, OfficerId, PersonId, ResultDocumentId},
    results::{Outcome, ResultDocument},
    time::Time,
};

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    files::FileRow,
    native,
    schema::{dossiers, files, results},
    sql::{Sql, row_before},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = results, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
struct ResultRow {
    id: Sql<ResultDocumentId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    owner_id: Option<Sql<PersonId>>,
    number: String,
    issued_on: Sql<NaiveDate>,
    signer_name: String,
    outcome: Sql<Outcome>,
    file_id: Sql<FileId>,
    issued_by: Sql<OfficerId>,
    issued_at: Sql<Time>,
    recalled_at: Option<Sql<Time>>,
    year: Option<i32>,
    holder_id: Sql<AgencyId>,
}

fn document((row, file): (ResultRow, FileRow)) -> Result<ResultDocument, StoreError> {
    let ResultRow {
        id: Sql(id),
        agency_id: _,
        dossier_id: Sql(dossier_id),
        owner_id: _,
        number,
        issued_on: Sql(issued_on),
        signer_name,
        outcome: Sql(outcome),
        file_id: _,
        issued_by: Sql(issued_by),
        issued_at: Sql(issued_at),
        recalled_at: _,
        year: _,
        holder_id: _,
    } = row;
    let file = file.try_into()?;
    Ok(ResultDocument {
        id,
        dossier: dossier_id,
        number,
        issued_on,
        signer_name,
        outcome,
        file,
        issued_by,
        issued_at,
    })
}

/// The results of a dossier that were not recalled.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<ResultDocument>, StoreError> {
    let rows: Vec<(ResultRow, FileRow)> = native!(tx.conn(), c => results::table
        .inner_join(files::table)
        .filter(
            results::dossier_id
                .eq(Sql(dossier))
                .and(results::recalled_at.is_null()),
        )
        .order(results::issued_at)
        .select((ResultRow::as_select(), FileRow::as_select()))
        .load(c))?;
    rows.into_iter().map(document).collect()
}

/// The citizen's own list of results that were handed over, newest first, from the row after `place`.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_person(
    tx: &mut Tx,
    person: PersonId,
    place: Option<(Time, ResultDocumentId)>,
    limit: i64,
) -> Result<Vec<ResultDocument>, StoreError> {
    let mut query = results::table
        .inner_join(files::table)
        .inner_join(dossiers::table.on(dossiers::id.eq(results::dossier_id)))
        .filter(
            results::owner_id
                .eq(Sql(person))
                .and(results::recalled_at.is_null())
                .and(dossiers::returned_at.is_not_null()),
        )
        .select((ResultRow::as_select(), FileRow::as_select()))
        .into_boxed();
    if let Some((issued_at, id)) = place {
        query = query.filter(row_before(
            (results::issued_at, results::id),
            (Sql(issued_at), Sql(id)),
        ));
    }
    let rows: Vec<(ResultRow, FileRow)> = query
        .order((results::issued_at.desc(), results::id.desc()))
        .limit(limit)
        .load(tx.conn())?;
    rows.into_iter().map(document).collect()
}

/// Writes an issued result, whose file is recorded already: of a dossier that was filed with the first
/// agency, and in the register of the second, which holds it. It goes into the owner's list
/// when it is handed over.
///
/// # Errors
/// [`StoreError::Foreign`] when dossier and agency do not belong together; [`StoreError::Duplicate`]
/// when the agency's register has the number in the year of `issued_on` already.
pub fn insert(
    tx: &mut Tx,
    (agency, holder): (AgencyId, AgencyId),
    owner: Option<PersonId>,
    result: &ResultDocument,
) -> Result<(), StoreError> {
    let ResultDocument {
        id,
        dossier,
        number,
        issued_on,
        signer_name,
        outcome,
        file,
        issued_by,
        issued_at,
    } = result;
    let row = ResultRow {
        id: Sql(*id),
        agency_id: Sql(agency),
        dossier_id: Sql(*dossier),
        owner_id: owner.map(Sql),
        number: number.clone(),
        issued_on: Sql(*issued_on),
        signer_name: signer_name.clone(),
        outcome: Sql(*outcome),
        file_id: Sql(file.id),
        issued_by: Sql(*issued_by),
        issued_at: Sql(*issued_at),
        recalled_at: None,
        year: Some(issued_on.year()),
        holder_id: Sql(holder),
    };
    diesel::insert_into(results::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// Marks the results of a dossier as recalled; they leave the owner's list.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn recall(tx: &mut Tx, dossier: DossierId, at: Time) -> Result<(), StoreError> {
    diesel::update(results::table)
        .filter(
            results::dossier_id
                .eq(Sql(dossier))
                .and(results::recalled_at.is_null()),
        )
        .set(results::recalled_at.eq(Sql(at)))
        .execute(tx.conn())?;
    Ok(())
}
