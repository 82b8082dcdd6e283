//! How much of a budget was used: one instant for each key says how much is left and how long to
//! wait for more (the generic cell rate algorithm). In the database, so that a restart forgets
//! nothing and several processes share it.

use chrono::Duration;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::Binary,
};
use domain::time::Time;

use crate::{
    StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    purge::Purge,
    schema::throttles,
    sql::{Instant, Sql},
};

/// A budget: so many at once, and one more each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many at once.
    pub burst: i32,
    /// How long until one more is there.
    pub every: Duration,
}

/// Uses one of the budget; `None` when it was there, else how long until it is. The key stays
/// locked until the transaction ends, so that two tries at once count as two.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn spend(
    tx: &mut Tx,
    key: &[u8],
    budget: Budget,
    now: Time,
) -> Result<Option<Duration>, StoreError> {
    let arrival = hold(tx, key, budget, now)?.plus(budget.every);
    let wait = arrival.since(now) - budget.every * budget.burst;
    if wait > Duration::zero() {
        return Ok(Some(wait));
    }
    set(tx, key, arrival)?;
    Ok(None)
}

/// How long until one is there; `None` when it is. Spends nothing and locks nothing: for tries that
/// cost something only when they fail.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn wait(
    tx: &mut Tx,
    key: &[u8],
    budget: Budget,
    now: Time,
) -> Result<Option<Duration>, StoreError> {
    let arrival: Option<Time> = throttles::table
        .find(key)
        .select(throttles::arrival)
        .first(tx.conn())
        .optional()?;
    let wait =
        possible(arrival, budget, now).plus(budget.every).since(now) - budget.every * budget.burst;
    Ok((wait > Duration::zero()).then_some(wait))
}

/// Locks a key until the transaction ends, whether it was there or not, and spends nothing: for what
/// has to be counted and done by one at a time.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lock(tx: &mut Tx, key: &[u8], now: Time) -> Result<(), StoreError> {
    let _: Time = Hold { key, now }.get_result(tx.conn())?;
    Ok(())
}

/// Gives one back: what it was spent for has turned out well.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn give_back(tx: &mut Tx, key: &[u8], budget: Budget, now: Time) -> Result<(), StoreError> {
    let arrival = hold(tx, key, budget, now)?;
    set(tx, key, arrival.plus(-budget.every).max(now))
}

/// Makes the whole budget available again.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn forget(tx: &mut Tx, key: &[u8]) -> Result<(), StoreError> {
    diesel::delete(throttles::table.find(key)).execute(tx.conn())?;
    Ok(())
}

/// Removes keys whose budget is whole again, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, now: Time, most: i64) -> Result<usize, StoreError> {
    past(now, most).run(tx)
}

/// Keys whose budget was whole before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "throttles",
        key: "id",
        condition: "TRUE",
        at: "arrival",
        before,
        most,
    }
}

/// The key's instant, with its row locked.
fn hold(tx: &mut Tx, key: &[u8], budget: Budget, now: Time) -> Result<Time, StoreError> {
    let arrival: Option<Time> = Hold { key, now }.get_result(tx.conn()).optional()?;
    Ok(possible(arrival, budget, now))
}

/// An instant to count from. One so far ahead that no spending leads there was written under a clock
/// that has been set back since: it counts for nothing, or nobody could sign in until then.
/// Processes whose clocks differ by a little do not come near that.
fn possible(arrival: Option<Time>, budget: Budget, now: Time) -> Time {
    let furthest = budget.every * budget.burst * 2;
    arrival
        .filter(|arrival| arrival.since(now) <= furthest)
        .map_or(now, |arrival| arrival.max(now))
}

fn set(tx: &mut Tx, key: &[u8], arrival: Time) -> Result<(), StoreError> {
    diesel::update(throttles::table.find(key))
        .set(throttles::arrival.eq(Sql(arrival)))
        .execute(tx.conn())?;
    Ok(())
}

/// The key's instant, now if it had none or an earlier one; the row is locked.
struct Hold<'a> {
    key: &'a [u8],
    now: Time,
}

impl QueryFragment<MultiBackend> for Hold<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("INSERT INTO throttles (id, arrival) VALUES (");
        out.push_bind_param::<Binary, [u8]>(self.key)?;
        out.push_sql(", ");
        out.push_bind_param::<Instant, _>(&self.now)?;
        out.push_sql(
            ") ON CONFLICT (id) DO UPDATE SET arrival = CASE \
             WHEN throttles.arrival < excluded.arrival THEN excluded.arrival \
             ELSE throttles.arrival END RETURNING arrival",
        );
        Ok(())
    }
}

impl QueryId for Hold<'_> {
    type QueryId = Hold<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for Hold<'_> {
    type SqlType = Instant;
}

impl RunQueryDsl<DbConnection> for Hold<'_> {}
