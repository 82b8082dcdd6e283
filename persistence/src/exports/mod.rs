//! Exports: archives of what is held about a person, and the stored bytes they name.

use diesel::{
    AsChangeset, ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use domain::{
    exports::{Export, ExportState},
    ids::{ExportId, PersonId},
    time::Time,
};

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    files,
    schema::exports,
    sql::{Sql, Written, for_update},
};

/// What the index of archives that expire covers.
const READY: Written = Written("exports.state = 'ready'");

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = exports, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Sql<ExportId>,
    person_id: Sql<PersonId>,
    state: Sql<ExportState>,
    version: i64,
    asked_at: Sql<Time>,
    files_done: i32,
    files_total: Option<i32>,
    archive_sha256: Option<Vec<u8>>,
    archive_size: Option<i64>,
    finished_at: Option<Sql<Time>>,
    expires_at: Option<Sql<Time>>,
}

fn stored(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("an export".to_owned())
}

impl Row {
    fn of(export: &Export) -> Self {
        let Export {
            id,
            person,
            state,
            version,
            asked_at,
            files_done,
            files_total,
            archive,
            finished_at,
            expires_at,
        } = export;
        Self {
            id: Sql(*id),
            person_id: Sql(*person),
            state: Sql(*state),
            version: *version,
            asked_at: Sql(*asked_at),
            files_done: stored(*files_done),
            files_total: files_total.map(stored),
            archive_sha256: archive.map(|(digest, _)| digest.to_vec()),
            archive_size: archive.map(|(_, size)| size),
            finished_at: finished_at.map(Sql),
            expires_at: expires_at.map(Sql),
        }
    }
}

impl TryFrom<Row> for Export {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let Row {
            id: Sql(id),
            person_id: Sql(person),
            state: Sql(state),
            version,
            asked_at: Sql(asked_at),
            files_done,
            files_total,
            archive_sha256,
            archive_size,
            finished_at,
            expires_at,
        } = row;
        let counted = |count: i32| u32::try_from(count).map_err(|_| corrupt());
        let digest = archive_sha256.map(|digest| digest.try_into().map_err(|_| corrupt()));
        Ok(Self {
            id,
            person,
            state,
            version,
            asked_at,
            files_done: counted(files_done)?,
            files_total: files_total.map(counted).transpose()?,
            archive: digest.transpose()?.zip(archive_size),
            finished_at: finished_at.map(Sql::into_inner),
            expires_at: expires_at.map(Sql::into_inner),
        })
    }
}

/// Adds an export. One event is owed.
///
/// # Errors
/// [`StoreError::Duplicate`] with `exports_person_id_key` while another one is to be made.
pub fn insert(tx: &mut Tx, export: &Export) -> Result<(), StoreError> {
    diesel::insert_into(exports::table)
        .values(Row::of(export))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Writes an export back, whose `version` is one above that of the row it was loaded from. One event is
/// owed.
///
/// # Errors
/// [`StoreError::Absent`] when the row has moved on.
pub fn save(tx: &mut Tx, export: &Export) -> Result<(), StoreError> {
    let loaded = exports::table
        .find(Sql(export.id))
        .filter(exports::version.eq(export.version - 1));
    let changed = diesel::update(loaded)
        .set(Row::of(export))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(StoreError::Absent);
    }
    tx.note_save();
    Ok(())
}

/// Notes how far the making has come: a figure that moves, and no change of the export.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn progress(tx: &mut Tx, id: ExportId, done: u32, total: u32) -> Result<(), StoreError> {
    let waiting = exports::table
        .find(Sql(id))
        .filter(exports::state.eq(Sql(ExportState::Waiting)));
    diesel::update(waiting)
        .set((
            exports::files_done.eq(stored(done)),
            exports::files_total.eq(Some(stored(total))),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The export of that id, of that person.
///
/// # Errors
/// [`StoreError::Absent`], also for somebody else's.
pub fn find(tx: &mut Tx, id: ExportId, person: PersonId) -> Result<Export, StoreError> {
    let row: Row = exports::table
        .find(Sql(id))
        .filter(exports::person_id.eq(Sql(person)))
        .select(Row::as_select())
        .first(tx.conn())?;
    row.try_into()
}

/// The export of that id, whosever, for the worker.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn find_any(tx: &mut Tx, id: ExportId) -> Result<Export, StoreError> {
    let one = exports::table.find(Sql(id)).select(Row::as_select());
    let row: Row = one.first(tx.conn())?;
    row.try_into()
}

/// The export, locked until the transaction ends, for the worker.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn lock(tx: &mut Tx, id: ExportId) -> Result<Export, StoreError> {
    let one = exports::table.find(Sql(id)).select(Row::as_select());
    let row: Row = for_update(one).get_result(tx.conn())?;
    row.try_into()
}

/// The newest exports of a person.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_person(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Export>, StoreError> {
    let rows: Vec<Row> = exports::table
        .filter(exports::person_id.eq(Sql(person)))
        .order((exports::asked_at.desc(), exports::id.desc()))
        .limit(most)
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Archives whose time has passed, longest ago first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn past(tx: &mut Tx, now: Time, most: i64) -> Result<Vec<ExportId>, StoreError> {
    Ok(exports::table
        .filter(READY)
        .filter(exports::expires_at.le(Some(Sql(now))))
        .order(exports::expires_at.asc())
        .limit(most)
        .select(exports::id)
        .load(tx.conn())?)
}

/// Lets go of the stored bytes of an archive that no row names any more: the next sweep deletes them.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn let_go(tx: &mut Tx, archive: &[u8; 32]) -> Result<(), StoreError> {
    // They are nobody's from now on, however young they are.
    let long_ago = Time::from_micros(0).ok_or_else(corrupt)?;
    files::loose_since(tx, archive, long_ago)
}
