//! What waits for the worker: dossiers whose time runs, or has run out.

use diesel::prelude::*;
use domain::{dossiers::State, ids::DossierId, mandates::Reach, time::Time};

use crate::{
    StoreError, Tx,
    mandates::opened_to,
    schema::{dossiers, supplements},
    sql::Sql,
};

/// Dossiers whose supplement request ran out before `now`, oldest first.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn with_lapsed_supplement(
    tx: &mut Tx,
    now: Time,
    limit: i64,
) -> Result<Vec<DossierId>, StoreError> {
    let ids: Vec<Sql<DossierId>> = supplements::table
        .inner_join(dossiers::table.on(dossiers::id.eq(supplements::dossier_id)))
        .filter(supplements::status.eq(Sql(domain::supplements::SupplementStatus::Open)))
        .filter(supplements::reply_by.lt(Sql(now)))
        .filter(dossiers::state.eq(Sql(State::SupplementRequested)))
        .order(supplements::reply_by)
        .limit(limit)
        .select(dossiers::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}

/// Where a dossier stands, for the worker, which tells nobody.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn state_for_worker(tx: &mut Tx, id: DossierId) -> Result<Option<State>, StoreError> {
    let state: Option<Sql<State>> = dossiers::table
        .find(Sql(id))
        .select(dossiers::state)
        .first(tx.conn())
        .optional()?;
    Ok(state.map(Sql::into_inner))
}

/// Whether a dossier is somebody's to see: their own, or opened to them by a mandate of that day.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn is_seen_by(tx: &mut Tx, id: DossierId, reach: Reach) -> Result<bool, StoreError> {
    let own = dossiers::owner_id.eq(Some(Sql(reach.person)));
    let seen = dossiers::table
        .filter(dossiers::id.eq(Sql(id)))
        .filter(own.or(opened_to(reach)))
        .select(dossiers::version);
    Ok(seen.first::<i64>(tx.conn()).optional()?.is_some())
}

/// Dossiers whose clock runs, by id from after `after` on: for the worker, which looks through all.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn with_running_clock(
    tx: &mut Tx,
    after: Option<DossierId>,
    limit: i64,
) -> Result<Vec<DossierId>, StoreError> {
    let mut query = dossiers::table
        .filter(dossiers::clock.is_not_null())
        .filter(dossiers::finished_at.is_null())
        .filter(dossiers::paused_since.is_null())
        .select(dossiers::id)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(dossiers::id.gt(Sql(after)));
    }
    let ids: Vec<Sql<DossierId>> = query.order(dossiers::id).limit(limit).load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}
