//! Result documents that were uploaded and wait to be issued.

use diesel::prelude::*;
use domain::{
    disclosures::Matter,
    ids::{AgencyId, DossierId, FileId, OfficerId, PersonId},
    papers::File,
    time::Time,
};

use crate::{
    StoreError, Tx,
    disclosures::{Reading, Subject, witness},
    files::{self, FileRow},
    schema::{dossiers, files as file_rows, result_drafts},
    sql::Sql,
};

/// Whose result document it will be.
#[derive(Debug, Clone, Copy)]
pub struct Destination {
    /// The agency the dossier was filed with.
    pub agency: AgencyId,
    /// The dossier.
    pub dossier: DossierId,
}

/// Records an uploaded document for a dossier.
///
/// # Errors
/// [`StoreError::Foreign`] when dossier and agency do not belong together.
pub fn insert(
    tx: &mut Tx,
    to: Destination,
    uploaded_by: OfficerId,
    file: &File,
) -> Result<(), StoreError> {
    files::insert(tx, file)?;
    let Destination { agency, dossier } = to;
    let row = (
        result_drafts::file_id.eq(Sql(file.id)),
        result_drafts::agency_id.eq(Sql(agency)),
        result_drafts::dossier_id.eq(Sql(dossier)),
        result_drafts::uploaded_by.eq(Sql(uploaded_by)),
        result_drafts::uploaded_at.eq(Sql(file.stored_at)),
    );
    diesel::insert_into(result_drafts::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a document out, to issue it for its own dossier.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist, was issued or expired, or is for another dossier.
pub fn take(tx: &mut Tx, to: Destination, file: FileId) -> Result<File, StoreError> {
    let Destination { agency, dossier } = to;
    let row: FileRow = result_drafts::table
        .inner_join(file_rows::table)
        .filter(
            result_drafts::file_id
                .eq(Sql(file))
                .and(result_drafts::agency_id.eq(Sql(agency)))
                .and(result_drafts::dossier_id.eq(Sql(dossier))),
        )
        .select(FileRow::as_select())
        .first(tx.conn())?;
    let gone = diesel::delete(result_drafts::table)
        .filter(
            result_drafts::file_id
                .eq(Sql(file))
                .and(result_drafts::agency_id.eq(Sql(agency)))
                .and(result_drafts::dossier_id.eq(Sql(dossier))),
        )
        .execute(tx.conn())?;
    if gone == 1 {
        row.try_into()
    } else {
        Err(StoreError::Absent)
    }
}

/// A document of the reader's agency that waits to be issued; the read is written down first.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist or is another agency's.
pub fn find(
    tx: &mut Tx,
    agency: AgencyId,
    file: FileId,
    reading: &Reading,
) -> Result<File, StoreError> {
    type Found = (
        FileRow,
        Sql<DossierId>,
        Sql<AgencyId>,
        Option<Sql<PersonId>>,
    );
    let (row, Sql(dossier), Sql(filed_with), person): Found = result_drafts::table
        .inner_join(file_rows::table)
        .inner_join(dossiers::table.on(dossiers::id.eq(result_drafts::dossier_id)))
        .filter(
            result_drafts::file_id
                .eq(Sql(file))
                .and(dossiers::holder_id.eq(Sql(agency))),
        )
        .select((
            FileRow::as_select(),
            result_drafts::dossier_id,
            dossiers::agency_id,
            dossiers::owner_id,
        ))
        .first(tx.conn())?;
    let subject = Subject {
        matter: Matter::Dossier(dossier),
        agency: filed_with,
        holder: agency,
        person: person.map(Sql::into_inner),
    };
    witness(tx, reading, subject)?;
    row.try_into()
}

/// Lets go of documents that were uploaded before `cutoff` and never issued; how many.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn expire(tx: &mut Tx, cutoff: Time, now: Time) -> Result<usize, StoreError> {
    let ids: Vec<Sql<FileId>> = result_drafts::table
        .filter(result_drafts::uploaded_at.lt(Sql(cutoff)))
        .select(result_drafts::file_id)
        .load(tx.conn())?;
    for id in &ids {
        diesel::delete(result_drafts::table.filter(result_drafts::file_id.eq(id)))
            .execute(tx.conn())?;
    }
    files::release(tx, &ids, now)?;
    Ok(ids.len())
}
