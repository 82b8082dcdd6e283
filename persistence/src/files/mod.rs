//! Files: the rows that name stored bytes, and the book of bytes that perhaps nothing names.
//!
//! Bytes are stored before the row that names them commits, so a crash in between leaves bytes
//! without a row and never a row without bytes. A line in `loose_objects` is written before the
//! bytes are: from it the sweep knows every object that may have been left behind, without listing
//! the storage. An object that is being deleted is condemned first; until it is gone, the same bytes
//! cannot be taken on.

pub mod own;

use diesel::prelude::*;
use domain::{
    ids::FileId,
    papers::{File, FileKind},
    time::Time,
};

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    inspections, native,
    schema::{exports, files, loose_objects, papers, result_drafts, results, uploads},
    sql::{Sql, for_update},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = files, check_for_backend(MultiBackend))]
pub(crate) struct FileRow {
    id: Sql<FileId>,
    sha256: Vec<u8>,
    size: i64,
    kind: Sql<FileKind>,
    stored_at: Sql<Time>,
}

impl From<&File> for FileRow {
    fn from(file: &File) -> Self {
        let File {
            id,
            sha256,
            size,
            kind,
            stored_at,
        } = file;
        Self {
            id: Sql(*id),
            sha256: sha256.to_vec(),
            size: *size,
            kind: Sql(*kind),
            stored_at: Sql(*stored_at),
        }
    }
}

impl TryFrom<FileRow> for File {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let FileRow {
            id: Sql(id),
            sha256,
            size,
            kind: Sql(kind),
            stored_at: Sql(stored_at),
        } = row;
        let sha256 = sha256
            .try_into()
            .map_err(|_| StoreError::Corrupt("a file's digest".to_owned()))?;
        Ok(Self {
            id,
            sha256,
            size,
            kind,
            stored_at,
        })
    }
}

/// Records a file whose bytes are stored.
///
/// # Errors
/// [`StoreError::Duplicate`] when the id is taken.
pub fn insert(tx: &mut Tx, file: &File) -> Result<(), StoreError> {
    diesel::insert_into(files::table)
        .values(FileRow::from(file))
        .execute(tx.conn())?;
    Ok(())
}

/// Announces bytes that are about to be stored: from now on, and for as long as the sweep leaves
/// young objects alone, they stay although no row names them.
///
/// # Errors
/// [`StoreError::Unavailable`] while the sweep is deleting the same bytes: try again shortly.
pub fn announce(tx: &mut Tx, sha256: &[u8; 32], now: Time) -> Result<(), StoreError> {
    mark_loose(tx, sha256, now)?;
    let this = loose_objects::sha256.eq(sha256.as_slice());
    let line = loose_objects::table
        .filter(this)
        .select(loose_objects::condemned_at);
    let condemned: Option<Option<Sql<Time>>> = for_update(line).get_result(tx.conn()).optional()?;
    if condemned != Some(None) {
        return Err(StoreError::Unavailable(
            "the same bytes are being swept away".to_owned(),
        ));
    }
    diesel::update(loose_objects::table)
        .filter(this)
        .set(loose_objects::since.eq(Sql(now)))
        .execute(tx.conn())?;
    Ok(())
}

fn mark_loose(tx: &mut Tx, sha256: &[u8], now: Time) -> Result<(), StoreError> {
    let line = (
        loose_objects::sha256.eq(sha256),
        loose_objects::since.eq(Sql(now)),
    );
    native!(tx.conn(), c => diesel::insert_into(loose_objects::table)
        .values(line)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Enters an object in the book as loose since then, whatever stood there: nothing names it any more.
pub(crate) fn loose_since(tx: &mut Tx, sha256: &[u8], since: Time) -> Result<(), StoreError> {
    mark_loose(tx, sha256, since)?;
    diesel::update(loose_objects::table)
        .filter(loose_objects::sha256.eq(sha256))
        .set(loose_objects::since.eq(Sql(since)))
        .execute(tx.conn())?;
    Ok(())
}

/// Lets go of files that nothing refers to any more; their bytes stay until the sweep.
pub(crate) fn release(tx: &mut Tx, ids: &[Sql<FileId>], now: Time) -> Result<(), StoreError> {
    for id in ids {
        let unused = files::id
            .eq(id)
            .and(diesel::dsl::not(diesel::dsl::exists(
                papers::table.filter(papers::file_id.eq(files::id)),
            )))
            .and(diesel::dsl::not(diesel::dsl::exists(
                results::table.filter(results::file_id.eq(files::id)),
            )))
            .and(diesel::dsl::not(diesel::dsl::exists(
                result_drafts::table.filter(result_drafts::file_id.eq(files::id)),
            )))
            .and(diesel::dsl::not(diesel::dsl::exists(
                uploads::table.filter(uploads::file_id.eq(files::id.nullable())),
            )));
        let sha256: Option<Vec<u8>> = files::table
            .filter(unused)
            .select(files::sha256)
            .first(tx.conn())
            .optional()?;
        if let Some(sha256) = sha256 {
            diesel::delete(files::table.filter(files::id.eq(id))).execute(tx.conn())?;
            mark_loose(tx, &sha256, now)?;
        }
    }
    Ok(())
}

/// Objects that have been loose since before `cutoff`, longest first.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn loose_before(tx: &mut Tx, cutoff: Time, limit: i64) -> Result<Vec<[u8; 32]>, StoreError> {
    let rows: Vec<Vec<u8>> = loose_objects::table
        .filter(loose_objects::since.lt(Sql(cutoff)))
        .order(loose_objects::since)
        .limit(limit)
        .select(loose_objects::sha256)
        .load(tx.conn())?;
    let digest = |row: Vec<u8>| {
        row.try_into()
            .map_err(|_| StoreError::Corrupt("a loose object's digest".to_owned()))
    };
    rows.into_iter().map(digest).collect()
}

/// Condemns an object that is still loose since before `cutoff` and named by no row; whether it is.
/// One that a row names is struck from the book.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn condemn(
    tx: &mut Tx,
    sha256: &[u8; 32],
    cutoff: Time,
    now: Time,
) -> Result<bool, StoreError> {
    let this = loose_objects::sha256.eq(sha256.as_slice());
    let line = loose_objects::table
        .filter(this)
        .select(loose_objects::since);
    let since: Option<Sql<Time>> = for_update(line).get_result(tx.conn()).optional()?;
    if since.is_none_or(|since| since.into_inner() >= cutoff) {
        return Ok(false);
    }
    let named: i64 = files::table
        .filter(files::sha256.eq(sha256.as_slice()))
        .count()
        .get_result(tx.conn())?;
    let archives: i64 = exports::table
        .filter(exports::archive_sha256.eq(Some(sha256.as_slice())))
        .count()
        .get_result(tx.conn())?;
    if named > 0 || archives > 0 || inspections::names(tx, sha256)? {
        forget(tx, sha256)?;
        return Ok(false);
    }
    diesel::update(loose_objects::table)
        .filter(this)
        .set(loose_objects::condemned_at.eq(Some(Sql(now))))
        .execute(tx.conn())?;
    Ok(true)
}

/// The bytes of an object are gone: it is struck from the book, and what was known of it is forgotten.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn gone(tx: &mut Tx, sha256: &[u8; 32], now: Time) -> Result<(), StoreError> {
    inspections::forget(tx, sha256, now)?;
    forget(tx, sha256)
}

/// Strikes an object from the book: its bytes are gone, or a row names them.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn forget(tx: &mut Tx, sha256: &[u8; 32]) -> Result<(), StoreError> {
    diesel::delete(loose_objects::table)
        .filter(loose_objects::sha256.eq(sha256.as_slice()))
        .execute(tx.conn())?;
    Ok(())
}
