//! Sessions (phiên đăng nhập) and what belongs to them.
//!
//! Opening and ending a session are changes with an event; using it is not: its time and network of
//! use, and the refresh tokens it goes through, are written without one.

pub mod holds;
mod row;
pub mod step_ups;
pub mod tokens;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{
    ids::SessionId,
    personal::Personal,
    sessions::{Account, EndReason},
    time::Time,
};

use crate::{
    StoreError, Tx,
    notices::devices,
    purge::Purge,
    schema::sessions,
    sql::{Sql, for_update},
};
use row::Row;

pub use row::{RefreshToken, Session};

/// Adds a session.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table)
        .values(Row::of(session))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// The session, locked until the transaction ends, so that two uses at once take turns.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lock(tx: &mut Tx, id: SessionId) -> Result<Option<Session>, StoreError> {
    let held = sessions::table.find(Sql(id)).select(sessions::id);
    let held: Option<Sql<SessionId>> = for_update(held).get_result(tx.conn()).optional()?;
    let Some(held) = held else {
        return Ok(None);
    };
    let row: Row = sessions::table
        .find(held)
        .select(Row::as_select())
        .first(tx.conn())?;
    Ok(Some(row.into_session()))
}

/// The account's sessions that are neither ended nor too old, those used last first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn live(tx: &mut Tx, account: Account, now: Time) -> Result<Vec<Session>, StoreError> {
    let rows: Vec<Row> = sessions::table
        .filter(sessions::account_id.eq(Sql(account.uuid())))
        .filter(sessions::account_kind.eq(Sql(account.kind())))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(Sql(now)))
        .order((sessions::last_used_at.desc(), sessions::id.desc()))
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_session).collect())
}

/// The account's sessions that are kept, ended ones too, the newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn kept(tx: &mut Tx, account: Account) -> Result<Vec<Session>, StoreError> {
    let rows: Vec<Row> = sessions::table
        .filter(sessions::account_id.eq(Sql(account.uuid())))
        .filter(sessions::account_kind.eq(Sql(account.kind())))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_session).collect())
}

/// Whether the account's session goes on at this instant: it was not ended and is not too old.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn goes_on(
    tx: &mut Tx,
    id: SessionId,
    account: Account,
    now: Time,
) -> Result<bool, StoreError> {
    let open: Option<Sql<SessionId>> = sessions::table
        .find(Sql(id))
        .filter(sessions::account_id.eq(Sql(account.uuid())))
        .filter(sessions::account_kind.eq(Sql(account.kind())))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(Sql(now)))
        .select(sessions::id)
        .first(tx.conn())
        .optional()?;
    Ok(open.is_some())
}

/// Notes that a session was used.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn touch(
    tx: &mut Tx,
    id: SessionId,
    network: &Personal<String>,
    now: Time,
) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(Sql(id)))
        .set((
            sessions::network.eq(Sql(network.clone())),
            sessions::last_used_at.eq(Sql(now)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a session; whether it was open until now.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn end(tx: &mut Tx, id: SessionId, why: EndReason, now: Time) -> Result<bool, StoreError> {
    let open = sessions::table
        .find(Sql(id))
        .filter(sessions::ended_at.is_null());
    let ended = diesel::update(open)
        .set((
            sessions::ended_at.eq(Some(Sql(now))),
            sessions::end_reason.eq(Some(Sql(why))),
        ))
        .execute(tx.conn())?;
    if ended == 1 {
        devices::end(tx, id)?;
        tx.note_save();
    }
    Ok(ended == 1)
}

/// The sessions that were ended since then, by anybody, with the time of it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn ended_since(tx: &mut Tx, since: Time) -> Result<Vec<(SessionId, Time)>, StoreError> {
    let rows: Vec<(Sql<SessionId>, Option<Sql<Time>>)> = sessions::table
        .filter(sessions::ended_at.ge(Some(Sql(since))))
        .select((sessions::id, sessions::ended_at))
        .load(tx.conn())?;
    let ended = rows.into_iter();
    Ok(ended
        .filter_map(|(Sql(id), at)| Some((id, at?.into_inner())))
        .collect())
}

/// Whether the account was signed in on a device of this digest, and nothing but signing out has
/// happened to it there since.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn knows_device(tx: &mut Tx, account: Account, digest: &[u8]) -> Result<bool, StoreError> {
    let reasons: Vec<Option<Sql<EndReason>>> = sessions::table
        .filter(sessions::account_id.eq(Sql(account.uuid())))
        .filter(sessions::account_kind.eq(Sql(account.kind())))
        .filter(sessions::device_digest.eq(Some(digest)))
        .order(sessions::created_at.desc())
        .limit(1)
        .select(sessions::end_reason)
        .load(tx.conn())?;
    Ok(reasons.into_iter().any(|why| {
        matches!(
            why,
            None | Some(Sql(EndReason::Logout | EndReason::Superseded))
        )
    }))
}

/// Removes sessions that were too old before then, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    past(before, most).run(tx)
}

/// Sessions that were too old before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "sessions",
        key: "id",
        condition: "TRUE",
        at: "expires_at",
        before,
        most,
    }
}
