//! Looking at what waits and what was given up on.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{ids::OutboxEntryId, time::Time};

use super::{DEAD, Entry, PENDING, State};
use crate::{Json, StoreError, Tx, schema::outbox, sql::Sql};

/// The entries given up on, oldest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn dead_letters(tx: &mut Tx, topic: &str, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let dead = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(DEAD)
        .order(outbox::id.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(tx.conn())?;
    Ok(opened(tx, dead))
}

fn opened(tx: &Tx, entries: Vec<Entry>) -> Vec<Entry> {
    let keys = tx.keys();
    let opened = entries.into_iter().map(|entry| entry.opened(&keys));
    opened.collect()
}

/// Gives a dead entry its attempts back.
///
/// # Errors
/// [`StoreError::Absent`] when there is no such dead entry.
pub fn requeue(tx: &mut Tx, id: OutboxEntryId, now: Time) -> Result<(), StoreError> {
    let dead = outbox::table.find(Sql(id)).filter(DEAD);
    let changed = diesel::update(dead)
        .set((
            outbox::state.eq(Sql(State::Pending)),
            outbox::attempts.eq(0_i64),
            outbox::next_attempt_at.eq(Sql(now)),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Absent)
    }
}

/// How many entries of a topic are pending: what a test expects to be none at its end.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn pending(tx: &mut Tx, topic: &str) -> Result<i64, StoreError> {
    Ok(outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(PENDING)
        .count()
        .get_result(tx.conn())?)
}

/// When the oldest pending entry of a topic was written, if there is one.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn oldest_pending(tx: &mut Tx, topic: &str) -> Result<Option<Time>, StoreError> {
    let oldest: Option<Sql<Time>> = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(PENDING)
        .order((outbox::next_attempt_at.asc(), outbox::id.asc()))
        .select(outbox::created_at)
        .first(tx.conn())
        .optional()?;
    Ok(oldest.map(Sql::into_inner))
}

/// The entries of every topic given up on, oldest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn all_dead_letters(tx: &mut Tx, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let dead = outbox::table
        .filter(DEAD)
        .order(outbox::id.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(tx.conn())?;
    Ok(opened(tx, dead))
}

/// What the entries of a topic carry, in the order of their ids: nothing where it was forgotten.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn payloads(tx: &mut Tx, topic: &str) -> Result<Vec<Json>, StoreError> {
    let all = outbox::table
        .filter(outbox::topic.eq(topic))
        .order(outbox::id.asc())
        .select(Entry::as_select())
        .load(tx.conn())?;
    let payloads = opened(tx, all).into_iter().map(|entry| entry.payload);
    Ok(payloads.collect())
}
