//! One transaction, and the count that keeps every change traced.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use diesel::{
    Connection, RunQueryDsl,
    connection::{Instrumentation, InstrumentationEvent, SimpleConnection},
    query_builder::{QueryFragment, QueryId},
};

use domain::ids::OfficerId;

use crate::{
    connection::{DbConnection, MultiBackend},
    error::{StoreError, is_conflict, is_lost},
    sealing::{FieldKeys, Held},
    seams::Seams,
};

/// The transaction a closure runs in: ordinary queries on [`Tx::conn`], with `?`.
pub struct Tx {
    conn: DbConnection,
    heard: Arc<AtomicU8>,
    saves: u32,
    events: u32,
    seams: Seams,
    keys: FieldKeys,
    held: Held,
    stands_in_for: Option<OfficerId>,
    writes: bool,
    disclosures: u32,
    owes_disclosure: bool,
}

/// The worst the engine said about the statements of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Nothing failed.
    Nothing,
    /// A statement failed, and on PostgreSQL the transaction with it.
    Failure,
    /// The engine preferred another transaction: run the closure again.
    Conflict,
    /// The connection is gone.
    Loss,
}

/// Listens to the connection, because the closure's own error type may hide what the engine said.
struct Listener(Arc<AtomicU8>);

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery {
            error: Some(error), ..
        } = event
        {
            let heard = if is_lost(error) {
                3
            } else if is_conflict(error) {
                2
            } else {
                1
            };
            self.0.fetch_max(heard, Ordering::Relaxed);
        }
    }
}

impl Tx {
    /// A transaction on this connection, which `writes` or only reads.
    pub(crate) fn new(mut conn: DbConnection, seams: Seams, keys: FieldKeys, writes: bool) -> Self {
        let heard = Arc::new(AtomicU8::new(0));
        conn.set_instrumentation(Listener(Arc::clone(&heard)));
        Self {
            conn,
            heard,
            saves: 0,
            events: 0,
            seams,
            keys,
            held: Held::default(),
            stands_in_for: None,
            writes,
            disclosures: 0,
            owes_disclosure: false,
        }
    }

    /// Whether it may write.
    pub(crate) const fn writes(&self) -> bool {
        self.writes
    }

    /// How many lines of the access log it has written before this one.
    pub(crate) const fn count_disclosure(&mut self) -> u32 {
        let before = self.disclosures;
        self.disclosures = before.saturating_add(1);
        before
    }

    /// Notes that something was to be opened whose line could not be written here.
    pub(crate) const fn owe_disclosure(&mut self) {
        self.owes_disclosure = true;
    }

    /// Whether such a line is missing: whatever the closure made of it counts for nothing.
    pub(crate) const fn owes_disclosure(&self) -> bool {
        self.owes_disclosure
    }

    /// What a test has broken.
    pub(crate) const fn seams(&self) -> Seams {
        self.seams
    }

    /// The keys of sealed fields.
    pub(crate) fn keys(&self) -> FieldKeys {
        self.keys.clone()
    }

    /// The keys this transaction has used.
    pub(crate) const fn held(&mut self) -> &mut Held {
        &mut self.held
    }

    /// The connection to run queries on.
    pub const fn conn(&mut self) -> &mut DbConnection {
        &mut self.conn
    }

    /// Notes that a record of the domain was inserted, changed or removed: one event is owed.
    pub const fn note_save(&mut self) {
        self.saves = self.saves.saturating_add(1);
    }

    /// Notes for whom the officer of this transaction stands in: its events say so.
    pub const fn stands_in_for(&mut self, officer: OfficerId) {
        self.stands_in_for = Some(officer);
    }

    /// For whom the officer of this transaction stands in.
    pub const fn on_behalf_of(&self) -> Option<OfficerId> {
        self.stands_in_for
    }

    /// Notes that an event was appended.
    pub(crate) const fn note_event(&mut self) {
        self.events = self.events.saturating_add(1);
    }

    /// Runs a part that may fail without giving the whole transaction up: on an error its changes
    /// and its counts are undone, and the transaction goes on.
    ///
    /// # Errors
    /// What the part returned, or [`StoreError::Unavailable`] when the engine lost the transaction.
    pub fn attempt<T, E: From<StoreError>>(
        &mut self,
        part: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let (saves, events, heard) = (self.saves, self.events, self.heard());
        self.run("SAVEPOINT attempt")?;
        let outcome = part(self);
        if outcome.is_err() && matches!(self.heard(), Heard::Nothing | Heard::Failure) {
            self.run("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")?;
            (self.saves, self.events) = (saves, events);
            // A key that was made in it is gone again.
            self.held.clear();
            if heard == Heard::Nothing {
                self.heard.store(0, Ordering::Relaxed);
            }
        } else if outcome.is_ok() {
            self.run("RELEASE SAVEPOINT attempt")?;
        }
        outcome
    }

    /// Forgets what the last transaction counted and heard.
    pub(crate) fn reset(&mut self) {
        self.saves = 0;
        self.events = 0;
        self.disclosures = 0;
        self.owes_disclosure = false;
        self.held.clear();
        self.stands_in_for = None;
        self.heard.store(0, Ordering::Relaxed);
    }

    /// The worst that was heard since the last [`Tx::reset`].
    pub(crate) fn heard(&self) -> Heard {
        match self.heard.load(Ordering::Relaxed) {
            0 => Heard::Nothing,
            1 => Heard::Failure,
            2 => Heard::Conflict,
            _ => Heard::Loss,
        }
    }

    /// Whether what the closure did may be committed.
    pub(crate) fn complete(&self) -> Result<(), StoreError> {
        if self.heard() != Heard::Nothing {
            // PostgreSQL would answer COMMIT with a silent ROLLBACK.
            return Err(StoreError::Corrupt(
                "a statement failed and the closure went on; such parts belong in Tx::attempt"
                    .to_owned(),
            ));
        }
        if self.saves != self.events {
            return Err(StoreError::Untraced {
                saves: self.saves,
                events: self.events,
            });
        }
        Ok(())
    }

    /// Runs transaction control that the connection keeps prepared.
    pub(crate) fn control<C>(&mut self, control: C) -> Result<(), StoreError>
    where
        C: RunQueryDsl<DbConnection> + QueryFragment<MultiBackend> + QueryId,
    {
        control.execute(&mut self.conn)?;
        Ok(())
    }

    /// Runs transaction control or a pragma.
    pub(crate) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        self.conn.batch_execute(sql).map_err(StoreError::from)
    }
}
