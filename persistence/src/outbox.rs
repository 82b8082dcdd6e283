//! Work that leaves the process: written by the change that asks for it, done by a worker.

mod row;
mod waiting;

use chrono::Duration;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper,
    dsl::{exists, not},
};
use domain::{ids::OutboxEntryId, time::Time};

use crate::{
    Json, StoreError, Tx,
    purge::Purge,
    schema::outbox,
    sql::{Sql, Written, skip_locked},
};

pub use row::Entry;
pub use waiting::{all_dead_letters, dead_letters, oldest_pending, payloads, pending, requeue};

/// What the index of pending entries covers.
const PENDING: Written = Written("outbox.state = 'pending'");
/// What the index of entries given up on covers.
const DEAD: Written = Written("outbox.state = 'dead'");

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be delivered, now or at its next attempt.
    Pending,
    /// Delivered.
    Delivered,
    /// Given up after the last attempt; a person decides.
    Dead,
}

impl State {
    /// The spelling in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// The state of that spelling.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pending, Self::Delivered, Self::Dead]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// Work to be done after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// The entry's id, made by the caller: time-ordered, because a key's entries go in its order.
    pub id: OutboxEntryId,
    /// Which worker it is for.
    pub topic: &'a str,
    /// Entries of one topic and key are delivered one after the other, in the order of their ids.
    pub key: &'a str,
    /// What the worker needs.
    pub payload: Json,
    /// When it was written.
    pub now: Time,
}

/// A worker's hold on what it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The worker's id, new at each start.
    pub owner: uuid::Uuid,
    /// How long it has to finish before another worker may take over.
    pub duration: Duration,
}

/// When to try again, and when to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The wait after the first failure; each further one doubles it.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// After this many attempts the entry is dead.
    pub attempts: i64,
}

impl Backoff {
    /// The wait after that many attempts.
    pub fn wait(&self, attempts: i64) -> Duration {
        let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 30)).unwrap_or(30);
        let seconds = self.first.num_seconds().saturating_mul(1_i64 << doublings);
        Duration::seconds(seconds.min(self.longest.num_seconds()))
    }
}

/// The entry, if this worker still holds it.
macro_rules! held {
    ($id:expr, $owner:expr) => {
        outbox::table
            .find(Sql($id))
            .filter(outbox::lease_owner.eq(Sql($owner)))
    };
}

/// Writes an entry; its payload is sealed until a worker takes it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn put(tx: &mut Tx, entry: NewEntry<'_>) -> Result<(), StoreError> {
    let mut row = row::NewRow::of(entry);
    row.seal(&tx.keys())?;
    diesel::insert_into(outbox::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// Takes up to `n` entries that are due and free. An entry waits for those before it with the same
/// key. Workers of several processes get different ones.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lease(
    tx: &mut Tx,
    topic: &str,
    now: Time,
    lease: Lease,
    n: i64,
) -> Result<Vec<Entry>, StoreError> {
    let earlier = diesel::alias!(outbox as earlier);
    let before = earlier
        .filter(earlier.field(outbox::topic).eq(topic))
        .filter(earlier.field(outbox::key).eq(outbox::key))
        .filter(Written("earlier.state = 'pending'"))
        .filter(earlier.field(outbox::id).lt(outbox::id));
    let due = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(PENDING)
        .filter(outbox::next_attempt_at.le(Sql(now)))
        .filter(
            outbox::lease_until
                .is_null()
                .or(outbox::lease_until.le(Sql(now))),
        )
        .filter(not(exists(before)))
        .order((outbox::next_attempt_at.asc(), outbox::id.asc()))
        .limit(n)
        .select(Entry::as_select());
    let taken: Vec<Entry> = skip_locked(due).load(tx.conn())?;
    let keys = tx.keys();
    let opened = taken.into_iter().map(|entry| entry.opened(&keys));
    let mut entries: Vec<Entry> = opened.collect();
    let until = now.plus(lease.duration);
    for entry in &mut entries {
        entry.attempts = entry.attempts.saturating_add(1);
        diesel::update(outbox::table.find(Sql(entry.id)))
            .set((
                outbox::attempts.eq(entry.attempts),
                outbox::lease_until.eq(Sql(until)),
                outbox::lease_owner.eq(Sql(lease.owner)),
            ))
            .execute(tx.conn())?;
    }
    Ok(entries)
}

/// Notes that an entry was delivered. `false` when the lease had passed to another worker, which
/// then delivers it again: receivers tell repeats by the entry's id.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn done(
    tx: &mut Tx,
    id: OutboxEntryId,
    owner: uuid::Uuid,
    now: Time,
) -> Result<bool, StoreError> {
    let changed = diesel::update(held!(id, owner))
        .set((
            outbox::state.eq(Sql(State::Delivered)),
            outbox::delivered_at.eq(Sql(now)),
            outbox::lease_until.eq(None::<Sql<Time>>),
            outbox::lease_owner.eq(None::<Sql<uuid::Uuid>>),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Removes entries delivered before then, at most so many; returns how many. What waits or was given
/// up on stays.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    past(before, most).run(tx)
}

/// Entries delivered before then.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "outbox",
        key: "id",
        condition: "state = 'delivered'",
        at: "delivered_at",
        before,
        most,
    }
}

/// Blanks the payload of an entry this worker holds: what it carried is not needed any more and
/// must not stay readable.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn forget(tx: &mut Tx, id: OutboxEntryId, owner: uuid::Uuid) -> Result<(), StoreError> {
    diesel::update(held!(id, owner))
        .set(outbox::payload.eq(Sql(Json::empty())))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that an attempt failed: the entry waits for its next one, or is dead after the last.
/// Returns what became of it; `None` when the lease had passed to another worker.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn fail(
    tx: &mut Tx,
    entry: &Entry,
    owner: uuid::Uuid,
    now: Time,
    error: &str,
    backoff: Backoff,
) -> Result<Option<State>, StoreError> {
    let next = now.plus(backoff.wait(entry.attempts));
    fail_until(tx, entry, owner, next, error, backoff.attempts)
}

/// As [`fail`], with the instant of the next attempt, if there may be more than so many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn fail_until(
    tx: &mut Tx,
    entry: &Entry,
    owner: uuid::Uuid,
    next: Time,
    error: &str,
    attempts: i64,
) -> Result<Option<State>, StoreError> {
    let state = if entry.attempts >= attempts {
        State::Dead
    } else {
        State::Pending
    };
    let changed = diesel::update(held!(entry.id, owner))
        .set((
            outbox::state.eq(Sql(state)),
            outbox::next_attempt_at.eq(Sql(next)),
            outbox::last_error.eq(error),
            outbox::lease_until.eq(None::<Sql<Time>>),
            outbox::lease_owner.eq(None::<Sql<uuid::Uuid>>),
        ))
        .execute(tx.conn())?;
    Ok((changed == 1).then_some(state))
}
