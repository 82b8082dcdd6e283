//! The files of one citizen: uploaded, handed in with a dossier that was accepted, or handed over as a
//! result. Each query begins with the citizen: nothing of anybody else's is looked at.

use diesel::prelude::*;
use domain::{
    ids::{DossierId, PersonId},
    papers::{File, FileSource, OwnFile, newest_once},
    time::Time,
};

use super::FileRow;
use crate::{
    StoreError, Tx, inspections,
    schema::{dossiers, files, papers, results, uploads},
    sql::Sql,
};

/// The newest files of a citizen, the same bytes once; only those with this digest, where one is given.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    person: PersonId,
    (sha256, now): (Option<&[u8; 32]>, Time),
    most: i64,
) -> Result<Vec<OwnFile>, StoreError> {
    let mut found = Vec::new();
    for (source, rows) in [
        (
            FileSource::Upload,
            uploaded(tx, person, (sha256, now), most)?,
        ),
        (FileSource::Paper, handed_in(tx, person, sha256, most)?),
        (FileSource::Result, handed_over(tx, person, sha256, most)?),
    ] {
        for row in rows {
            found.push(own(tx, person, (row.try_into()?, source))?);
        }
    }
    Ok(newest_once(
        found,
        usize::try_from(most).unwrap_or(usize::MAX),
    ))
}

fn own(
    tx: &mut Tx,
    person: PersonId,
    (file, source): (File, FileSource),
) -> Result<OwnFile, StoreError> {
    Ok(OwnFile {
        scan: inspections::state(tx, &file.sha256)?,
        uses: uses(tx, person, &file.sha256)?,
        file,
        source,
    })
}

fn uploaded(
    tx: &mut Tx,
    person: PersonId,
    (sha256, now): (Option<&[u8; 32]>, Time),
    most: i64,
) -> Result<Vec<FileRow>, StoreError> {
    let mut rows = uploads::table
        .inner_join(files::table.on(uploads::file_id.eq(files::id.nullable())))
        .filter(uploads::person_id.eq(Sql(person)))
        .filter(uploads::expires_at.gt(Sql(now)))
        .order(files::stored_at.desc())
        .limit(most)
        .select(FileRow::as_select())
        .into_boxed();
    if let Some(sha256) = sha256 {
        rows = rows.filter(files::sha256.eq(sha256.to_vec()));
    }
    Ok(rows.load(tx.conn())?)
}

fn handed_in(
    tx: &mut Tx,
    person: PersonId,
    sha256: Option<&[u8; 32]>,
    most: i64,
) -> Result<Vec<FileRow>, StoreError> {
    let mut rows = papers::table
        .inner_join(files::table)
        .inner_join(dossiers::table.on(dossiers::id.eq(papers::dossier_id)))
        .filter(dossiers::owner_id.eq(Some(Sql(person))))
        .filter(dossiers::accepted_at.is_not_null())
        .filter(papers::superseded_at.is_null())
        .order(files::stored_at.desc())
        .limit(most)
        .select(FileRow::as_select())
        .into_boxed();
    if let Some(sha256) = sha256 {
        rows = rows.filter(files::sha256.eq(sha256.to_vec()));
    }
    Ok(rows.load(tx.conn())?)
}

fn handed_over(
    tx: &mut Tx,
    person: PersonId,
    sha256: Option<&[u8; 32]>,
    most: i64,
) -> Result<Vec<FileRow>, StoreError> {
    let mut rows = results::table
        .inner_join(files::table)
        .inner_join(dossiers::table.on(dossiers::id.eq(results::dossier_id)))
        .filter(dossiers::owner_id.eq(Some(Sql(person))))
        .filter(dossiers::returned_at.is_not_null())
        .filter(results::recalled_at.is_null())
        .order(files::stored_at.desc())
        .limit(most)
        .select(FileRow::as_select())
        .into_boxed();
    if let Some(sha256) = sha256 {
        rows = rows.filter(files::sha256.eq(sha256.to_vec()));
    }
    Ok(rows.load(tx.conn())?)
}

/// The citizen's own dossiers whose paper these bytes are now.
fn uses(
    tx: &mut Tx,
    person: PersonId,
    sha256: &[u8; 32],
) -> Result<Vec<(DossierId, Time)>, StoreError> {
    let rows: Vec<(Sql<DossierId>, Sql<Time>)> = papers::table
        .inner_join(files::table)
        .inner_join(dossiers::table.on(dossiers::id.eq(papers::dossier_id)))
        .filter(files::sha256.eq(sha256.to_vec()))
        .filter(dossiers::owner_id.eq(Some(Sql(person))))
        .filter(papers::superseded_at.is_null())
        .order(papers::attached_at)
        .limit(100)
        .select((papers::dossier_id, papers::attached_at))
        .load(tx.conn())?;
    let used = rows.into_iter();
    Ok(used.map(|(Sql(dossier), Sql(at))| (dossier, at)).collect())
}
