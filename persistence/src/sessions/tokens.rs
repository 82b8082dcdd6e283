//! Refresh tokens, found by their digest.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::time::Time;
use uuid::Uuid;

use super::row::{RefreshToken, TokenRow};
use crate::{StoreError, Tx, purge::Purge, schema::refresh_tokens, sql::Sql};

/// Adds a token.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, token: &RefreshToken) -> Result<(), StoreError> {
    diesel::insert_into(refresh_tokens::table)
        .values(TokenRow::of(token))
        .execute(tx.conn())?;
    Ok(())
}

/// The token of this digest. Lock its session before believing it is unspent.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn find(tx: &mut Tx, digest: &[u8]) -> Result<Option<RefreshToken>, StoreError> {
    let row: Option<TokenRow> = refresh_tokens::table
        .filter(refresh_tokens::token_digest.eq(digest))
        .select(TokenRow::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(TokenRow::into_token))
}

/// Notes that a token was used.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn spend(tx: &mut Tx, id: Uuid, now: Time) -> Result<(), StoreError> {
    diesel::update(refresh_tokens::table.find(Sql(id)))
        .set(refresh_tokens::spent_at.eq(Some(Sql(now))))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes tokens whose session was too old before then, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    past(before, most).run(tx)
}

/// Tokens whose session was too old before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "refresh_tokens",
        key: "id",
        condition: "TRUE",
        at: "expires_at",
        before,
        most,
    }
}
