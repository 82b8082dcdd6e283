//! Rows of the outbox.

use diesel::{Insertable, Queryable, Selectable};
use domain::{ids::OutboxEntryId, time::Time};

use super::{NewEntry, State};
use crate::{Json, connection::MultiBackend, schema::outbox, sql::Sql};

/// An entry of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(MultiBackend))]
pub struct Entry {
    /// The entry's id: receivers tell repeats by it.
    pub id: OutboxEntryId,
    /// Which worker it is for.
    pub topic: String,
    /// What it is delivered in order with.
    pub key: String,
    /// What the worker needs.
    pub payload: Json,
    /// How far it has come.
    pub state: State,
    /// How often delivery was begun.
    pub attempts: i64,
    /// When it may next be tried.
    pub next_attempt_at: Time,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Time,
    /// When it was delivered.
    pub delivered_at: Option<Time>,
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub(super) struct NewRow<'a> {
    id: Sql<OutboxEntryId>,
    topic: &'a str,
    key: &'a str,
    payload: Sql<Json>,
    state: Sql<State>,
    attempts: i64,
    next_attempt_at: Sql<Time>,
    created_at: Sql<Time>,
}

impl<'a> NewRow<'a> {
    pub(super) fn of(entry: NewEntry<'a>) -> Self {
        let NewEntry {
            id,
            topic,
            key,
            payload,
            now,
        } = entry;
        Self {
            id: Sql(id),
            topic,
            key,
            payload: Sql(payload),
            state: Sql(State::Pending),
            attempts: 0,
            next_attempt_at: Sql(now),
            created_at: Sql(now),
        }
    }
}
