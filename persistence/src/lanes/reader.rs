//! A lane that reads: every job sees one snapshot, and jobs that wait may share one.

use crossbeam_channel::Receiver;

use super::{Job, Verdict};
use crate::{
    connection::DbConnection,
    error::StoreError,
    seams::Seams,
    settings::{Purpose, Target},
    sql::control::{Begin, Commit},
    tx::{Heard, Tx},
};

/// How often a read is tried again before its caller is told.
const ATTEMPTS: u32 = 3;

/// How many jobs may share a snapshot. All of them were waiting before it was taken, so none misses
/// what it could have seen; fewer would begin more transactions, more would make the first ones
/// hold the log of SQLite back for longer.
const SHARED: usize = 8;

/// A reading lane of either engine.
pub(crate) struct Reader {
    /// Where to connect again when the connection is lost.
    pub(crate) target: Target,
    pub(crate) tx: Tx,
    pub(crate) jobs: Receiver<Box<dyn Job>>,
    /// Whether a transaction is open that has not read anything yet.
    pub(crate) open: bool,
}

impl Reader {
    /// Takes jobs until the store is closed.
    pub(crate) fn run(mut self) {
        let mut taken = Vec::with_capacity(SHARED);
        while let Ok(first) = self.jobs.recv() {
            taken.push(first);
            // Half of what waits is left to the lanes beside this one.
            let more = (self.jobs.len() / 2).min(SHARED - 1);
            taken.extend(self.jobs.try_iter().take(more));
            for job in taken.drain(..) {
                if !job.is_abandoned() {
                    self.read(job);
                }
            }
            self.end();
        }
    }

    fn read(&mut self, mut job: Box<dyn Job>) {
        for attempt in 1..=ATTEMPTS {
            if let Err(error) = self.attempt(&mut *job) {
                if attempt == ATTEMPTS {
                    job.answer(Err(error));
                    return;
                }
                self.reconnect();
                continue;
            }
            match self.tx.heard() {
                Heard::Nothing | Heard::Failure => break,
                Heard::Conflict => self.end(),
                Heard::Loss => self.reconnect(),
            }
        }
        job.answer(Ok(()));
        if self.tx.heard() != Heard::Nothing {
            // PostgreSQL runs nothing more in a transaction in which a statement failed.
            self.end();
        }
    }

    fn attempt(&mut self, job: &mut dyn Job) -> Result<(), StoreError> {
        if !self.open {
            match self.tx.conn() {
                DbConnection::Postgres(_) => self
                    .tx
                    .run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
                DbConnection::Sqlite(_) => self.tx.control(Begin)?,
            }
            self.open = true;
        }
        match job.run(&mut self.tx) {
            Verdict::Keep | Verdict::Undo => Ok(()),
        }
    }

    /// Ends the snapshot. On PostgreSQL the next transaction begins in the same round trip; it has
    /// no snapshot until its first statement, so waiting in it holds nothing back.
    fn end(&mut self) {
        if !self.open {
            return;
        }
        match self.tx.conn() {
            DbConnection::Postgres(_) => {
                self.open = self.tx.run("COMMIT AND CHAIN").is_ok();
            }
            DbConnection::Sqlite(_) => {
                self.open = false;
                if self.tx.control(Commit).is_err() && self.tx.run("ROLLBACK").is_err() {
                    self.reconnect();
                }
            }
        }
    }

    /// Replaces a lost connection. If that fails the next job tries again.
    fn reconnect(&mut self) {
        let keys = self.tx.keys();
        match self
            .target
            .connect(Purpose::Reading, Seams::default(), keys)
        {
            Ok(tx) => {
                self.tx = tx;
                self.open = false;
            }
            Err(error) => {
                tracing::warn!(%error, "a reading lane has no connection");
                self.open = false;
            }
        }
    }
}
