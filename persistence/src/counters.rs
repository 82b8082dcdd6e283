//! Gapless numbers, allocated in the transaction that uses them.

use diesel::{
    OptionalExtension, QueryResult, RunQueryDsl,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Text},
};
use domain::ids::AgencyId;

use crate::{
    StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    sql::Uuid,
};

/// The next number of an agency's series, from 1.
///
/// The row stays locked until the transaction ends, and a transaction that fails gives its number
/// back: no gaps and no doubles.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn next(tx: &mut Tx, agency: AgencyId, series: &str) -> Result<i64, StoreError> {
    let number = Next { agency, series }.get_result(tx.conn()).optional()?;
    number.ok_or_else(|| StoreError::Corrupt("a counter gave no number".to_owned()))
}

/// One statement on both engines, with a type of its own so that it is prepared only once.
struct Next<'a> {
    agency: AgencyId,
    series: &'a str,
}

impl QueryFragment<MultiBackend> for Next<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("INSERT INTO counters (agency_id, series, value) VALUES (");
        out.push_bind_param::<Uuid, _>(&self.agency)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, str>(self.series)?;
        out.push_sql(
            ", 1) ON CONFLICT (agency_id, series) \
             DO UPDATE SET value = counters.value + 1 RETURNING value",
        );
        Ok(())
    }
}

impl QueryId for Next<'_> {
    type QueryId = Next<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for Next<'_> {
    type SqlType = BigInt;
}

impl RunQueryDsl<DbConnection> for Next<'_> {}
