//! Accounts whose number was changed a short while ago.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{ids::PersonId, time::Time};

use crate::{StoreError, Tx, schema::account_holds, sql::Sql};

/// Holds the account until then; a later hold takes the place of an earlier one. Part of the change
/// that asks for it, and of its event.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn hold(tx: &mut Tx, person: PersonId, now: Time, until: Time) -> Result<(), StoreError> {
    diesel::delete(account_holds::table.find(Sql(person))).execute(tx.conn())?;
    diesel::insert_into(account_holds::table)
        .values((
            account_holds::person_id.eq(Sql(person)),
            account_holds::since.eq(Sql(now)),
            account_holds::until.eq(Sql(until)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Until when the account is or was held.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn until(tx: &mut Tx, person: PersonId) -> Result<Option<Time>, StoreError> {
    let found: Option<Sql<Time>> = account_holds::table
        .find(Sql(person))
        .select(account_holds::until)
        .first(tx.conn())
        .optional()?;
    Ok(found.map(Sql::into_inner))
}
