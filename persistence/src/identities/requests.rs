//! Rows of `provider_requests`. They are no records of the domain: nothing but a sign-in depends on
//! them, so they are written without events and swept away when their time has passed.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use domain::{ids::PersonId, time::Time};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    purge::Purge,
    schema::provider_requests,
    sql::{Sql, for_update},
};

/// A sign-in begun at the identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRequest {
    /// Its id, which the app shows again.
    pub id: Uuid,
    /// What state, nonce and verifier are derived from, under a key that is not in the database.
    pub seed: Vec<u8>,
    /// Where the provider sends the browser.
    pub redirect_uri: String,
    /// The citizen who is signed in and wants the account verified; nobody, to sign in.
    pub account: Option<PersonId>,
    /// When it was begun.
    pub created_at: Time,
    /// When it stops to hold.
    pub expires_at: Time,
    /// When it was used.
    pub used_at: Option<Time>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = provider_requests, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<Uuid>,
    seed: Vec<u8>,
    redirect_uri: String,
    account_id: Option<Sql<PersonId>>,
    created_at: Sql<Time>,
    expires_at: Sql<Time>,
    used_at: Option<Sql<Time>>,
}

/// Adds a request.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, request: &ProviderRequest) -> Result<(), StoreError> {
    let ProviderRequest {
        id,
        seed,
        redirect_uri,
        account,
        created_at,
        expires_at,
        used_at,
    } = request.clone();
    let row = Row {
        id: Sql(id),
        seed,
        redirect_uri,
        account_id: account.map(Sql),
        created_at: Sql(created_at),
        expires_at: Sql(expires_at),
        used_at: used_at.map(Sql),
    };
    diesel::insert_into(provider_requests::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// A request, locked until the transaction ends, so that it is used once.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lock(tx: &mut Tx, id: Uuid) -> Result<Option<ProviderRequest>, StoreError> {
    let held = provider_requests::table
        .find(Sql(id))
        .select(provider_requests::id);
    let held: Option<Sql<Uuid>> = for_update(held).get_result(tx.conn()).optional()?;
    let Some(held) = held else {
        return Ok(None);
    };
    let Row {
        id: Sql(id),
        seed,
        redirect_uri,
        account_id,
        created_at: Sql(created_at),
        expires_at: Sql(expires_at),
        used_at,
    } = provider_requests::table
        .find(held)
        .select(Row::as_select())
        .first(tx.conn())?;
    Ok(Some(ProviderRequest {
        id,
        seed,
        redirect_uri,
        account: account_id.map(Sql::into_inner),
        created_at,
        expires_at,
        used_at: used_at.map(Sql::into_inner),
    }))
}

/// Notes that a request was used: nothing is answered to it again.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn use_up(tx: &mut Tx, id: Uuid, now: Time) -> Result<(), StoreError> {
    diesel::update(provider_requests::table.find(Sql(id)))
        .set(provider_requests::used_at.eq(Some(Sql(now))))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes requests that ran out before then, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    let purge = Purge {
        table: "provider_requests",
        key: "id",
        condition: "TRUE",
        at: "expires_at",
        before,
        most,
    };
    purge.run(tx)
}
