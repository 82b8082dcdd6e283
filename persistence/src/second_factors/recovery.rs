//! Recovery codes: for an officer whose device is lost. Only keyed digests are kept.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{ids::OfficerId, time::Time};
use uuid::Uuid;

use crate::{StoreError, Tx, schema::recovery_codes, sql::Sql};

/// Keeps the digests of new codes, in place of all earlier ones. Part of the change that confirms the
/// second factor.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn replace(
    tx: &mut Tx,
    officer: OfficerId,
    codes: &[(Uuid, Vec<u8>)],
) -> Result<(), StoreError> {
    let earlier = recovery_codes::table.filter(recovery_codes::officer_id.eq(Sql(officer)));
    diesel::delete(earlier).execute(tx.conn())?;
    for (id, digest) in codes {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::id.eq(Sql(*id)),
                recovery_codes::officer_id.eq(Sql(officer)),
                recovery_codes::digest.eq(digest.as_slice()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Uses a code up; whether it was there and unused. One event is owed if so.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn use_up(
    tx: &mut Tx,
    officer: OfficerId,
    digest: &[u8],
    now: Time,
) -> Result<bool, StoreError> {
    let unused = recovery_codes::table
        .filter(recovery_codes::digest.eq(digest))
        .filter(recovery_codes::officer_id.eq(Sql(officer)))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(unused)
        .set(recovery_codes::used_at.eq(Some(Sql(now))))
        .execute(tx.conn())?;
    if used == 1 {
        tx.note_save();
    }
    Ok(used == 1)
}

/// How many codes are unused.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn left(tx: &mut Tx, officer: OfficerId) -> Result<i64, StoreError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::officer_id.eq(Sql(officer)))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(tx.conn())?)
}
