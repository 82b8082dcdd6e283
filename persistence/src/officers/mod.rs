//! Officers (cán bộ).

pub mod grants;
mod row;
pub mod setup;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{
    actor::Sight,
    ids::{AgencyId, OfficerId},
    time::Time,
};

use crate::{
    StoreError, Tx,
    page::{Limit, Page},
    schema::officers,
    sql::{Sql, for_update, row_before},
};
use row::Row;

pub use row::Officer;

/// Where a list of officers goes on: newest first.
pub type Key = (Time, OfficerId);

/// Adds an officer.
///
/// # Errors
/// [`StoreError::Duplicate`] with `officers_login_key`.
pub fn insert(tx: &mut Tx, officer: &Officer) -> Result<(), StoreError> {
    diesel::insert_into(officers::table)
        .values(Row::of(officer))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Writes an officer back, whose `version` is one above that of the row it was loaded from.
///
/// # Errors
/// [`StoreError::Stale`] when the row has moved on, [`StoreError::Absent`] when it is gone.
pub fn save(tx: &mut Tx, officer: &Officer) -> Result<(), StoreError> {
    let loaded = officers::table
        .find(Sql(officer.id))
        .filter(officers::version.eq(officer.version - 1));
    let changed = diesel::update(loaded)
        .set(Row::of(officer))
        .execute(tx.conn())?;
    if changed == 0 {
        let current_version = officers::table
            .find(Sql(officer.id))
            .select(officers::version)
            .first(tx.conn())?;
        return Err(StoreError::Stale { current_version });
    }
    tx.note_save();
    Ok(())
}

/// The officer, if this actor may see them: one of their own agency, or any for the province.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn find(tx: &mut Tx, id: OfficerId, sight: Sight) -> Result<Officer, StoreError> {
    let row = officers::table.find(Sql(id)).select(Row::as_select());
    let row = match sight {
        Sight::Province => row.first(tx.conn())?,
        Sight::Agency(agency) => row
            .filter(officers::agency_id.eq(Sql(agency)))
            .first(tx.conn())?,
        Sight::Own(_) | Sight::Mandated(_) => return Err(StoreError::Absent),
    };
    Ok(row.into_officer())
}

/// Whether there is such an officer, active, whose own agency this is.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_active_at(tx: &mut Tx, id: OfficerId, agency: AgencyId) -> Result<bool, StoreError> {
    let found = officers::table
        .find(Sql(id))
        .filter(officers::agency_id.eq(Sql(agency)))
        .select(officers::active);
    Ok(found.first(tx.conn()).optional()? == Some(true))
}

/// The officer, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn lock(tx: &mut Tx, id: OfficerId, sight: Sight) -> Result<Officer, StoreError> {
    for_update(officers::table.find(Sql(id)).select(officers::version))
        .get_result::<i64>(tx.conn())?;
    find(tx, id, sight)
}

/// The officer with this login, for logging in.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Officer>, StoreError> {
    let found = officers::table
        .filter(officers::login.eq(login))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(found.map(Row::into_officer))
}

/// Whether there is an officer at all.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn any(tx: &mut Tx) -> Result<bool, StoreError> {
    let first: Option<Sql<OfficerId>> = officers::table
        .select(officers::id)
        .limit(1)
        .first(tx.conn())
        .optional()?;
    Ok(first.is_some())
}

/// An agency's officers, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    agency: AgencyId,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Officer, Key>, StoreError> {
    let newest = officers::table
        .filter(officers::agency_id.eq(Sql(agency)))
        .order((officers::created_at.desc(), officers::id.desc()))
        .limit(limit.and_one())
        .select(Row::as_select());
    let rows = match after {
        None => newest.load(tx.conn())?,
        Some((created_at, id)) => newest
            .filter(row_before(
                (officers::created_at, officers::id),
                (Sql(created_at), Sql(id)),
            ))
            .load(tx.conn())?,
    };
    Page::cut(rows, limit, Row::key).try_map(|row| Ok(row.into_officer()))
}
