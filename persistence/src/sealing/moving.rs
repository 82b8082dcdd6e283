//! Moving the blind indexes to another key, row by row, while they are in use.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::ids::PersonId;

use crate::{
    StoreError, Tx,
    people::{self, Reindexed},
    schema::people as table,
    sql::Sql,
};

/// Writes the marks of up to so many citizens as the keys of now have them, from after one on. The last
/// one looked at, and how many were written; no last one at the end.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn reindex(
    tx: &mut Tx,
    after: Option<PersonId>,
    most: i64,
) -> Result<(Option<PersonId>, usize), StoreError> {
    let mut query = table::table.select(table::id).into_boxed();
    if let Some(after) = after {
        query = query.filter(table::id.gt(Sql(after)));
    }
    let ids: Vec<Sql<PersonId>> = query.order(table::id).limit(most).load(tx.conn())?;
    let keys = tx.keys().fresh()?;
    let mut written = 0;
    for Sql(id) in &ids {
        match people::reindex(tx, *id, &keys)? {
            Reindexed::Written => written += 1,
            Reindexed::AsItWas | Reindexed::Erased => {}
        }
    }
    Ok((ids.last().map(|Sql(id)| *id), written))
}
