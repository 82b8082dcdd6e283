//! Rows of the outbox.

use diesel::{Insertable, Queryable, Selectable};
use domain::{ids::OutboxEntryId, time::Time};

use super::{NewEntry, State};
use crate::{
    Json, StoreError,
    connection::MultiBackend,
    schema::outbox,
    sealing::{self, FieldKeys},
    sql::Sql,
};

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

impl Entry {
    /// The entry with its payload opened. One that does not open stays sealed, so that it fails by
    /// itself and holds up no other.
    pub(super) fn opened(mut self, keys: &FieldKeys) -> Self {
        match sealing::arrived(keys, self.id.uuid(), &self.payload) {
            Ok(payload) => self.payload = payload,
            Err(error) => tracing::error!(id = %self.id, %error, "an entry of the outbox"),
        }
        self
    }
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

    /// Seals the payload for the time it waits.
    pub(super) fn seal(&mut self, keys: &FieldKeys) -> Result<(), StoreError> {
        let Self {
            id: Sql(id),
            payload: Sql(payload),
            ..
        } = self;
        *payload = sealing::sent(keys, id.uuid(), payload)?;
        Ok(())
    }
}
