//! Gives committed events their place in one gapless order.

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::BigInt,
};
use domain::time::Time;

use crate::{
    StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    schema::{events, sequencer},
    sql::{Sql, for_update},
};

/// The one row of the table.
const ROW: i64 = 1;

/// Numbers up to `limit` committed events that have no place yet and returns how many; below
/// `limit` means none are left.
///
/// Events follow one another by time, a dossier's by version, whatever clocks say. Sequencers of
/// several processes take turns on the row's lock, so a number is visible only after all below it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn run_once(tx: &mut Tx, limit: i64) -> Result<usize, StoreError> {
    let last_seq: i64 =
        for_update(sequencer::table.find(ROW).select(sequencer::last_seq)).get_result(tx.conn())?;
    let given = Assign { last_seq, limit }.execute(tx.conn())?;
    if given > 0 {
        let given = i64::try_from(given)
            .map_err(|_| StoreError::Corrupt("more events than numbers".to_owned()))?;
        diesel::update(sequencer::table.find(ROW))
            .set(sequencer::last_seq.eq(last_seq.saturating_add(given)))
            .execute(tx.conn())?;
    }
    Ok(given)
}

/// How many numbers have been given: the last place in the order.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn last(tx: &mut Tx) -> Result<i64, StoreError> {
    if tx.seams().counts_unsequenced() {
        return Ok(events::table
            .select(diesel::dsl::max(events::seq))
            .first::<Option<i64>>(tx.conn())?
            .unwrap_or_default());
    }
    Ok(sequencer::table
        .find(ROW)
        .select(sequencer::last_seq)
        .first(tx.conn())?)
}

/// When the oldest event without a place happened, if one waits.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn oldest_waiting(tx: &mut Tx) -> Result<Option<Time>, StoreError> {
    let oldest: Option<Sql<Time>> = events::table
        .filter(events::seq.is_null())
        .order((events::at, events::version, events::id))
        .select(events::at)
        .first(tx.conn())
        .optional()?;
    Ok(oldest.map(Sql::into_inner))
}

/// The statement around its two parameters: the last number given, and how many more.
const ASSIGN: [&str; 3] = [
    "UPDATE events SET seq = numbered.place + ",
    " FROM (SELECT id, row_number() OVER (ORDER BY at, version, id) AS place FROM (\
     SELECT id, at, version FROM events AS waiting WHERE seq IS NULL AND NOT EXISTS (\
     SELECT 1 FROM events AS earlier WHERE earlier.dossier_id = waiting.dossier_id \
     AND earlier.version < waiting.version AND earlier.seq IS NULL \
     AND earlier.at > waiting.at) \
     ORDER BY at, version, id LIMIT ",
    ") AS batch) AS numbered WHERE events.id = numbered.id",
];

struct Assign {
    last_seq: i64,
    limit: i64,
}

impl QueryFragment<MultiBackend> for Assign {
    /// An event waits while one of its dossier with a lower version has no place: clocks of two
    /// machines may differ, and the limit may fall between them.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let [update, of_batch, end] = ASSIGN;
        out.push_sql(update);
        out.push_bind_param::<BigInt, _>(&self.last_seq)?;
        out.push_sql(of_batch);
        out.push_bind_param::<BigInt, _>(&self.limit)?;
        out.push_sql(end);
        Ok(())
    }
}

impl QueryId for Assign {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}
impl RunQueryDsl<DbConnection> for Assign {}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

    use diesel::{
        Connection, QueryableByName, RunQueryDsl, sql_query, sql_types::Text,
        sqlite::SqliteConnection,
    };

    use super::ASSIGN;
    use crate::Store;

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    /// A day's backlog must not be searched once for each of its events.
    #[test]
    fn a_backlog_is_walked_once_by_its_own_index() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("store.db");
        let path = path.to_str().unwrap();
        Store::migrate(path).unwrap();
        let mut conn = SqliteConnection::establish(path).unwrap();
        let plan = format!("EXPLAIN QUERY PLAN {}", ASSIGN.join("1000"));
        let plan: Vec<Step> = sql_query(plan).load(&mut conn).unwrap();
        let has = |words: &str| plan.iter().any(|step| step.detail.contains(words));
        assert!(has("SCAN waiting USING INDEX events_unsequenced"));
        assert!(has("(dossier_id=? AND version<?)"));
        assert!(!has("(seq=?)"));
    }
}
