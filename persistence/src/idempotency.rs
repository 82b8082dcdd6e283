//! Requests carried out, kept in the transaction of their effect.

use chrono::Duration;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Binary, Nullable, Text},
};
use domain::time::Time;

use crate::{
    OnceKey, StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    purge::Purge,
    schema::idempotency_keys,
    sql::{Instant, Sql, Uuid},
};

/// How long a key is kept: phones go dark for days.
pub const RETENTION: Duration = Duration::days(7);

/// How often an expired key may slip away between finding it and taking it over.
const TRIES: usize = 4;

/// Takes the key for this transaction, or finds what it led to before.
///
/// On PostgreSQL a twin that is not done yet is waited for.
pub(crate) fn claim(tx: &mut Tx, key: &OnceKey) -> Result<Option<uuid::Uuid>, StoreError> {
    for _ in 0..TRIES {
        if insert(tx, key)? {
            return Ok(None);
        }
        if let Some(found) = in_force(tx, key)? {
            return Ok(Some(found));
        }
        // Each statement sees what was committed before it: since the look above, a twin may have
        // taken the expired key over, and its new key must survive.
        diesel::delete(row(key).filter(idempotency_keys::expires_at.le(Sql(key.now))))
            .execute(tx.conn())?;
    }
    Err(StoreError::Unavailable(
        "twins of this request kept taking its key over".to_owned(),
    ))
}

/// What the key led to, unless it is absent or has expired.
fn in_force(tx: &mut Tx, key: &OnceKey) -> Result<Option<uuid::Uuid>, StoreError> {
    let found = row(key)
        .select((
            idempotency_keys::body_sha256,
            idempotency_keys::resource_id,
            idempotency_keys::expires_at,
        ))
        .first::<(Vec<u8>, Option<uuid::Uuid>, Time)>(tx.conn())
        .optional()?;
    match found {
        Some((body, resource, expires_at)) if expires_at > key.now => {
            if body != key.body_sha256 {
                return Err(StoreError::KeyReused);
            }
            resource.map(Some).ok_or_else(|| {
                StoreError::Corrupt("an idempotency key without its outcome".to_owned())
            })
        }
        Some(_) | None => Ok(None),
    }
}

/// Writes down what the effect was about.
pub(crate) fn settle(tx: &mut Tx, key: &OnceKey, resource: uuid::Uuid) -> Result<(), StoreError> {
    Settle { key, resource }.execute(tx.conn())?;
    Ok(())
}

/// Removes keys that have expired, at most so many, and returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, now: Time, most: i64) -> Result<usize, StoreError> {
    past(now, most).run(tx)
}

/// Keys that have expired before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "idempotency_keys",
        key: "principal, operation, key",
        condition: "TRUE",
        at: "expires_at",
        before,
        most,
    }
}

type Row<'a> = diesel::dsl::Find<idempotency_keys::table, (Sql<uuid::Uuid>, &'a str, &'a str)>;

fn row(key: &OnceKey) -> Row<'_> {
    idempotency_keys::table.find((Sql(key.principal), key.operation, key.key.as_str()))
}

fn insert(tx: &mut Tx, key: &OnceKey) -> Result<bool, StoreError> {
    let insert = Insert {
        key,
        resource: key.resource.map(Sql),
        expires_at: key.now.plus(RETENTION),
    };
    Ok(insert.execute(tx.conn())? == 1)
}

struct Insert<'a> {
    key: &'a OnceKey,
    resource: Option<Sql<uuid::Uuid>>,
    expires_at: Time,
}

impl QueryFragment<MultiBackend> for Insert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO idempotency_keys \
             (principal, operation, key, body_sha256, resource_id, created_at, expires_at) VALUES (",
        );
        out.push_bind_param::<Uuid, _>(&self.key.principal)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, str>(self.key.operation)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, str>(&self.key.key)?;
        out.push_sql(", ");
        out.push_bind_param::<Binary, [u8]>(&self.key.body_sha256)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uuid>, _>(&self.resource)?;
        out.push_sql(", ");
        out.push_bind_param::<Instant, _>(&self.key.now)?;
        out.push_sql(", ");
        out.push_bind_param::<Instant, _>(&self.expires_at)?;
        out.push_sql(") ON CONFLICT (principal, operation, key) DO NOTHING");
        Ok(())
    }
}

impl QueryId for Insert<'_> {
    type QueryId = Insert<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}
impl RunQueryDsl<DbConnection> for Insert<'_> {}

struct Settle<'a> {
    key: &'a OnceKey,
    resource: uuid::Uuid,
}

impl QueryFragment<MultiBackend> for Settle<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("UPDATE idempotency_keys SET resource_id = ");
        out.push_bind_param::<Uuid, _>(&self.resource)?;
        out.push_sql(" WHERE principal = ");
        out.push_bind_param::<Uuid, _>(&self.key.principal)?;
        out.push_sql(" AND operation = ");
        out.push_bind_param::<Text, str>(self.key.operation)?;
        out.push_sql(" AND key = ");
        out.push_bind_param::<Text, str>(&self.key.key)?;
        Ok(())
    }
}

impl QueryId for Settle<'_> {
    type QueryId = Settle<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}
impl RunQueryDsl<DbConnection> for Settle<'_> {}
