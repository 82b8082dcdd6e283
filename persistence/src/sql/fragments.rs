//! Pieces of SQL the query builder cannot say for both engines at once.

use diesel::{
    QueryResult,
    backend::Backend,
    expression::{
        AppearsOnTable, AsExpression, Expression, SelectableExpression, ValidGrouping,
        is_aggregate::Never,
    },
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Bool, SqlType},
};

use crate::connection::{DbConnection, MultiBackend};

/// How a select locks the rows it returns.
pub trait Lock: QueryId + Copy {
    /// What PostgreSQL is told.
    fn clause(self) -> &'static str;
}

/// Waits for whoever holds a row.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct ForUpdate;

/// Leaves out the rows somebody holds.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct SkipLocked;

impl Lock for ForUpdate {
    fn clause(self) -> &'static str {
        " FOR UPDATE"
    }
}
impl Lock for SkipLocked {
    fn clause(self) -> &'static str {
        " FOR UPDATE SKIP LOCKED"
    }
}

/// A select whose rows stay locked until the transaction ends. SQLite has one writer at a time, so
/// there every row is locked already and nothing is added.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Locked<Q, L> {
    select: Q,
    lock: L,
}

/// Locks the rows a select returns: the first beat of every use case that changes them.
pub const fn for_update<Q>(select: Q) -> Locked<Q, ForUpdate> {
    Locked {
        select,
        lock: ForUpdate,
    }
}

/// Locks the rows a select returns and leaves out those another transaction holds.
pub const fn skip_locked<Q>(select: Q) -> Locked<Q, SkipLocked> {
    Locked {
        select,
        lock: SkipLocked,
    }
}

impl<Q, L> QueryFragment<MultiBackend> for Locked<Q, L>
where
    Q: QueryFragment<MultiBackend>,
    L: Lock,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.select.walk_ast(out.reborrow())?;
        match out.backend() {
            MultiBackend::Postgres(_) => out.push_sql(self.lock.clause()),
            MultiBackend::Sqlite(_) => {}
        }
        Ok(())
    }
}

impl<Q: Query, L> Query for Locked<Q, L> {
    type SqlType = Q::SqlType;
}

impl<Q, L> diesel::RunQueryDsl<DbConnection> for Locked<Q, L> {}

/// `(a, b) < (x, y)`, by which a list goes on where its last page ended.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct RowBefore<L, R> {
    row: L,
    bound: R,
}

/// Whether a row of columns comes before a row of values: both engines walk an index by it.
pub fn row_before<A, B, X, Y>(row: (A, B), bound: (X, Y)) -> Before<A, B, X, Y>
where
    A: Expression<SqlType: SqlType>,
    B: Expression<SqlType: SqlType>,
    X: AsExpression<A::SqlType>,
    Y: AsExpression<B::SqlType>,
{
    RowBefore {
        row,
        bound: (bound.0.as_expression(), bound.1.as_expression()),
    }
}

/// What [`row_before`] builds.
pub type Before<A, B, X, Y> = RowBefore<
    (A, B),
    (
        <X as AsExpression<<A as Expression>::SqlType>>::Expression,
        <Y as AsExpression<<B as Expression>::SqlType>>::Expression,
    ),
>;

impl<L, R> QueryFragment<MultiBackend> for RowBefore<L, R>
where
    L: QueryFragment<MultiBackend>,
    R: QueryFragment<MultiBackend>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("(");
        self.row.walk_ast(out.reborrow())?;
        out.push_sql(") < (");
        self.bound.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<L, R> Expression for RowBefore<L, R> {
    type SqlType = Bool;
}
impl<L, R, G> ValidGrouping<G> for RowBefore<L, R> {
    type IsAggregate = Never;
}
impl<L, R, Q> AppearsOnTable<Q> for RowBefore<L, R>
where
    L: AppearsOnTable<Q>,
    R: AppearsOnTable<Q>,
{
}
impl<L, R, Q> SelectableExpression<Q> for RowBefore<L, R>
where
    L: SelectableExpression<Q>,
    R: SelectableExpression<Q>,
{
}

/// A condition written out with its values, as an index that covers only part of a table asks for:
/// no engine uses such an index for a condition whose values it is told later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written(pub(crate) &'static str);

impl<DB: Backend> QueryFragment<DB> for Written {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}
impl QueryId for Written {
    type QueryId = ();
    // Statements are found by their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl Expression for Written {
    type SqlType = Bool;
}
impl<G> ValidGrouping<G> for Written {
    type IsAggregate = Never;
}
impl<Q> AppearsOnTable<Q> for Written {}
impl<Q> SelectableExpression<Q> for Written {}
