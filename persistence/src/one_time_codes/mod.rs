//! One-time codes (mã OTP), found by the request they were sent for.
//!
//! They are no records of the domain: nothing but signing in depends on them, so they are written
//! without events and swept away when their time has passed.

mod row;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::time::Time;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    purge::Purge,
    schema::one_time_codes,
    sql::{Sql, for_update},
};
use row::Row;

pub use row::OneTimeCode;

/// Adds a code.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, code: &OneTimeCode) -> Result<(), StoreError> {
    diesel::insert_into(one_time_codes::table)
        .values(Row::of(code))
        .execute(tx.conn())?;
    Ok(())
}

/// A code by the request it was sent for, locked until the transaction ends, so that two tries at
/// once count as two.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lock(tx: &mut Tx, id: Uuid) -> Result<Option<OneTimeCode>, StoreError> {
    let held = one_time_codes::table
        .find(Sql(id))
        .select(one_time_codes::id);
    let held: Option<Sql<Uuid>> = for_update(held).get_result(tx.conn()).optional()?;
    let Some(held) = held else {
        return Ok(None);
    };
    let row: Row = one_time_codes::table
        .find(held)
        .select(Row::as_select())
        .first(tx.conn())?;
    Ok(Some(row.into_code()))
}

/// The codes sent to a number since then that were not used.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn unused_since(
    tx: &mut Tx,
    number_digest: &[u8],
    since: Time,
) -> Result<Vec<OneTimeCode>, StoreError> {
    let rows: Vec<Row> = one_time_codes::table
        .filter(one_time_codes::number_digest.eq(number_digest))
        .filter(one_time_codes::created_at.gt(Sql(since)))
        .filter(one_time_codes::used_at.is_null())
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_code).collect())
}

/// Notes a wrong try.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn count_try(tx: &mut Tx, code: &OneTimeCode) -> Result<(), StoreError> {
    diesel::update(one_time_codes::table.find(Sql(code.id)))
        .set(one_time_codes::tries_left.eq(code.tries_left - 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a code was used: it opens nothing again.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn use_up(tx: &mut Tx, code: &OneTimeCode, now: Time) -> Result<(), StoreError> {
    diesel::update(one_time_codes::table.find(Sql(code.id)))
        .set(one_time_codes::used_at.eq(Some(Sql(now))))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes codes sent before then, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    past(before, most).run(tx)
}

/// Codes sent before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "one_time_codes",
        key: "id",
        condition: "TRUE",
        at: "created_at",
        before,
        most,
    }
}
