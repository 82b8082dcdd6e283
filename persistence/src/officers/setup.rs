//! The one-time token by which an empty installation gets its first administrator.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{actor::Role, ids::GrantId, time::Time};

use crate::{
    StoreError, Tx,
    schema::{role_grants, setup_tokens},
    sql::Sql,
};

/// Whether somebody ever administered the province: then nobody is set up any more.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_over(tx: &mut Tx) -> Result<bool, StoreError> {
    let first: Option<Sql<GrantId>> = role_grants::table
        .filter(role_grants::role.eq(Sql(Role::ProvinceAdministrator)))
        .select(role_grants::id)
        .first(tx.conn())
        .optional()?;
    Ok(first.is_some())
}

/// Keeps the digest of a token, in place of any earlier one.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn put(tx: &mut Tx, digest: &[u8], expires_at: Time) -> Result<(), StoreError> {
    diesel::delete(setup_tokens::table).execute(tx.conn())?;
    diesel::insert_into(setup_tokens::table)
        .values((
            setup_tokens::id.eq(digest.to_vec()),
            setup_tokens::expires_at.eq(Sql(expires_at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether a token with this digest may still be used.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn stands(tx: &mut Tx, digest: &[u8], now: Time) -> Result<bool, StoreError> {
    let found: Option<Sql<Time>> = setup_tokens::table
        .find(digest.to_vec())
        .select(setup_tokens::expires_at)
        .first(tx.conn())
        .optional()?;
    Ok(found.is_some_and(|Sql(expires_at)| now < expires_at))
}

/// Uses the token up; whether it could still be used. Of several at once, one hears yes.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn take(tx: &mut Tx, digest: &[u8], now: Time) -> Result<bool, StoreError> {
    let standing = setup_tokens::table
        .find(digest.to_vec())
        .filter(setup_tokens::expires_at.gt(Sql(now)));
    Ok(diesel::delete(standing).execute(tx.conn())? > 0)
}
