//! Uploads: what was declared of files that come in pieces, and what came of it.

mod row;

use diesel::prelude::*;
use domain::{
    ids::{FileId, PersonId, UploadId},
    papers::File,
    time::Time,
    uploads::{Upload, UploadState, Usage},
};

use crate::{
    StoreError, Tx,
    files::{self, FileRow},
    schema::{files as file_rows, uploads},
    sql::{Sql, for_update},
};
use row::Row;

/// Adds an upload that begins.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, upload: &Upload) -> Result<(), StoreError> {
    diesel::insert_into(uploads::table)
        .values(Row::of(upload))
        .execute(tx.conn())?;
    Ok(())
}

/// The citizen's own upload, unless its time has passed.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is somebody else's.
pub fn find(tx: &mut Tx, id: UploadId, person: PersonId, now: Time) -> Result<Upload, StoreError> {
    let own = uploads::person_id
        .eq(Sql(person))
        .and(uploads::expires_at.gt(Sql(now)));
    let row: Row = uploads::table
        .find(Sql(id))
        .filter(own)
        .select(Row::as_select())
        .first(tx.conn())?;
    row.into_upload()
}

/// The citizen's own upload of the same bytes, on its way or finished: what a repeated request meant, or what
/// need not be sent again. Nobody else's: that somebody has a file is nobody's business.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn twin(tx: &mut Tx, like: &Upload) -> Result<Option<Upload>, StoreError> {
    let same = uploads::person_id
        .eq(Sql(like.person))
        .and(uploads::sha256.eq(like.sha256.as_slice()))
        .and(uploads::size.eq(like.size))
        .and(uploads::kind.eq(Sql(like.kind)))
        .and(uploads::state.ne(Sql(UploadState::Refused)))
        .and(uploads::expires_at.gt(Sql(like.created_at)));
    let row: Option<Row> = uploads::table
        .filter(same)
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    row.map(Row::into_upload).transpose()
}

/// What the citizen has: open uploads, bytes begun since `day`, bytes of everything kept.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn usage(tx: &mut Tx, person: PersonId, (now, day): (Time, Time)) -> Result<Usage, StoreError> {
    type Columns = (i64, Sql<UploadState>, Sql<Time>, Sql<Time>);
    let rows: Vec<Columns> = uploads::table
        .filter(uploads::person_id.eq(Sql(person)))
        .select((
            uploads::size,
            uploads::state,
            uploads::created_at,
            uploads::expires_at,
        ))
        .load(tx.conn())?;
    let mut usage = Usage::default();
    for (size, Sql(state), Sql(created_at), Sql(expires_at)) in rows {
        if created_at > day {
            usage.day_bytes = usage.day_bytes.saturating_add(size);
        }
        if expires_at > now && state != UploadState::Refused {
            usage.person_bytes = usage.person_bytes.saturating_add(size);
            usage.open += i64::from(state == UploadState::Open);
        }
    }
    Ok(usage)
}

/// Locks an upload that is still open until the transaction ends.
///
/// # Errors
/// [`StoreError::Absent`] when it is gone or not open any more.
fn lock_open(tx: &mut Tx, id: UploadId) -> Result<(), StoreError> {
    let line = uploads::table.find(Sql(id)).select(uploads::state);
    let state: Sql<UploadState> = for_update(line).get_result(tx.conn())?;
    if state.into_inner() == UploadState::Open {
        Ok(())
    } else {
        Err(StoreError::Absent)
    }
}

/// Records that an upload has become a file.
///
/// # Errors
/// [`StoreError::Absent`] when it is gone or not open any more.
pub fn finish(tx: &mut Tx, id: UploadId, file: &File, expires_at: Time) -> Result<(), StoreError> {
    lock_open(tx, id)?;
    files::insert(tx, file)?;
    diesel::update(uploads::table.find(Sql(id)))
        .set((
            uploads::state.eq(Sql(UploadState::Finished)),
            uploads::file_id.eq(Some(Sql(file.id))),
            uploads::expires_at.eq(Sql(expires_at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Records why an upload was refused.
///
/// # Errors
/// [`StoreError::Absent`] when it is gone or not open any more.
pub fn refuse(tx: &mut Tx, id: UploadId, code: &str) -> Result<(), StoreError> {
    lock_open(tx, id)?;
    diesel::update(uploads::table.find(Sql(id)))
        .set((
            uploads::state.eq(Sql(UploadState::Refused)),
            uploads::refusal.eq(Some(code)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes an upload and lets go of its file.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn remove(tx: &mut Tx, id: UploadId, now: Time) -> Result<(), StoreError> {
    // Locked: it may become a file at this moment.
    let line = uploads::table.find(Sql(id)).select(uploads::file_id);
    let file: Option<Option<Sql<FileId>>> = for_update(line).get_result(tx.conn()).optional()?;
    diesel::delete(uploads::table.find(Sql(id))).execute(tx.conn())?;
    if let Some(Some(file)) = file {
        files::release(tx, &[file], now)?;
    }
    Ok(())
}

/// Removes uploads whose time has passed, at most so many; which ones.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn expire(tx: &mut Tx, now: Time, most: i64) -> Result<Vec<UploadId>, StoreError> {
    let ids: Vec<Sql<UploadId>> = uploads::table
        .filter(uploads::expires_at.le(Sql(now)))
        .order(uploads::expires_at)
        .limit(most)
        .select(uploads::id)
        .load(tx.conn())?;
    let mut past = Vec::new();
    for Sql(id) in ids {
        let line = uploads::table.find(Sql(id)).select(uploads::expires_at);
        let until: Option<Sql<Time>> = for_update(line).get_result(tx.conn()).optional()?;
        // One that has become a file meanwhile is kept longer.
        if until.is_some_and(|Sql(until)| until <= now) {
            past.push(Sql(id));
        }
    }
    removed(tx, past, now)
}

/// Removes everything a citizen sent, who is being erased.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn remove_all_of(tx: &mut Tx, person: PersonId, now: Time) -> Result<(), StoreError> {
    let ids: Vec<Sql<UploadId>> = uploads::table
        .filter(uploads::person_id.eq(Sql(person)))
        .select(uploads::id)
        .load(tx.conn())?;
    removed(tx, ids, now).map(drop)
}

fn removed(tx: &mut Tx, ids: Vec<Sql<UploadId>>, now: Time) -> Result<Vec<UploadId>, StoreError> {
    let ids: Vec<UploadId> = ids.into_iter().map(Sql::into_inner).collect();
    for id in &ids {
        remove(tx, *id, now)?;
    }
    Ok(ids)
}

/// Whether there is such an upload and bytes may still come.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_open(tx: &mut Tx, id: UploadId) -> Result<bool, StoreError> {
    let state: Option<Sql<UploadState>> = uploads::table
        .find(Sql(id))
        .select(uploads::state)
        .first(tx.conn())
        .optional()?;
    Ok(state.is_some_and(|state| state.into_inner() == UploadState::Open))
}

/// The file that the citizen's own upload became.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is somebody else's.
pub fn file(tx: &mut Tx, id: FileId, person: PersonId) -> Result<File, StoreError> {
    let own = uploads::table
        .filter(uploads::person_id.eq(Sql(person)))
        .filter(uploads::file_id.eq(Some(Sql(id))));
    own.select(uploads::id).first::<Sql<UploadId>>(tx.conn())?;
    let row: FileRow = file_rows::table
        .find(Sql(id))
        .select(FileRow::as_select())
        .first(tx.conn())?;
    row.try_into()
}
