//! Rows whose time has passed, removed a bounded number at a time.

use diesel::{
    QueryResult, RunQueryDsl,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{BigInt, Nullable},
};
use domain::time::Time;

use crate::{
    StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    sql::Instant,
};

/// A delete of the oldest rows: neither engine's own limit on deletes is the other's.
pub(crate) struct Purge {
    /// The table.
    pub(crate) table: &'static str,
    /// The columns of its primary key.
    pub(crate) key: &'static str,
    /// What must hold of a row, with an index that begins with `at`.
    pub(crate) condition: &'static str,
    /// The instant that a row is old by.
    pub(crate) at: &'static str,
    /// A row goes when its instant is earlier.
    pub(crate) before: Time,
    /// How many go at once, so that no other write waits long.
    pub(crate) most: i64,
}

impl Purge {
    /// Removes them and returns how many.
    pub(crate) fn run(self, tx: &mut Tx) -> Result<usize, StoreError> {
        Ok(self.execute(tx.conn())?)
    }

    /// How many there are, however many would go at once, and the instant of the oldest.
    pub(crate) fn count(self, tx: &mut Tx) -> Result<(i64, Option<Time>), StoreError> {
        Ok(Count(self).get_result(tx.conn())?)
    }
}

/// The rows a purge is for, counted.
struct Count(Purge);

impl QueryFragment<MultiBackend> for Count {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let Self(purge) = self;
        for part in ["SELECT count(*), min(", purge.at, ") FROM ", purge.table] {
            out.push_sql(part);
        }
        for part in [" WHERE ", purge.condition, " AND ", purge.at, " < "] {
            out.push_sql(part);
        }
        out.push_bind_param::<Instant, _>(&purge.before)
    }
}

impl Query for Count {
    type SqlType = (BigInt, Nullable<Instant>);
}

impl QueryId for Count {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<DbConnection> for Count {}

impl QueryFragment<MultiBackend> for Purge {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        for part in ["DELETE FROM ", self.table, " WHERE (", self.key] {
            out.push_sql(part);
        }
        for part in [") IN (SELECT ", self.key, " FROM ", self.table, " WHERE "] {
            out.push_sql(part);
        }
        for part in [self.condition, " AND ", self.at, " < "] {
            out.push_sql(part);
        }
        out.push_bind_param::<Instant, _>(&self.before)?;
        for part in [" ORDER BY ", self.at, " LIMIT "] {
            out.push_sql(part);
        }
        out.push_bind_param::<BigInt, _>(&self.most)?;
        out.push_sql(")");
        Ok(())
    }
}

/// Not kept prepared: it runs once an hour.
impl QueryId for Purge {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<DbConnection> for Purge {}
