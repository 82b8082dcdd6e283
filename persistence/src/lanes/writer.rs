//! A lane that writes to PostgreSQL: one transaction per job, tried again when PostgreSQL asks.

use crossbeam_channel::Receiver;

use super::{Job, Verdict};
use crate::{
    error::StoreError,
    seams::Seams,
    settings::{Purpose, Target},
    tx::{Heard, Tx},
};

/// How often a write is tried before its caller is told to come back.
const ATTEMPTS: u32 = 16;

/// A writing lane of PostgreSQL.
pub(crate) struct Writer {
    /// Where to connect again when the connection is lost.
    pub(crate) target: Target,
    pub(crate) tx: Tx,
    pub(crate) jobs: Receiver<Box<dyn Job>>,
}

/// How one attempt ended.
enum Attempt {
    /// Committed, or rolled back because the closure said so.
    Settled,
    /// Rolled back; another attempt may succeed.
    Again(StoreError),
    /// Nothing more can be done: the commit's own outcome may be unknown.
    Failed(StoreError),
}

impl Writer {
    /// Takes jobs until the store is closed.
    pub(crate) fn run(mut self) {
        while let Ok(mut job) = self.jobs.recv() {
            let fate = self.write(&mut *job);
            job.answer(fate);
        }
    }

    fn write(&mut self, job: &mut dyn Job) -> Result<(), StoreError> {
        let mut last = StoreError::Unavailable("no attempt was made".to_owned());
        for _ in 0..ATTEMPTS {
            match self.attempt(job) {
                Attempt::Settled => return Ok(()),
                Attempt::Failed(error) => return Err(error),
                Attempt::Again(error) => last = error,
            }
        }
        Err(last)
    }

    /// Every path leaves the connection outside a transaction, or replaces it.
    fn attempt(&mut self, job: &mut dyn Job) -> Attempt {
        self.tx.reset();
        if let Err(error) = self.tx.run("BEGIN") {
            return self.reconnected(error);
        }
        let verdict = job.run(&mut self.tx);
        match (self.tx.heard(), verdict) {
            (Heard::Nothing, Verdict::Keep) => self.commit(),
            (Heard::Nothing | Heard::Failure, _) => self.roll_back(Attempt::Settled),
            (Heard::Conflict, _) => {
                let busy = StoreError::Unavailable("other writes kept winning".to_owned());
                self.roll_back(Attempt::Again(busy))
            }
            (Heard::Loss, _) => {
                // No COMMIT was sent, so the server has undone everything.
                self.reconnected(StoreError::Unavailable(
                    "the connection was lost".to_owned(),
                ))
            }
        }
    }

    fn commit(&mut self) -> Attempt {
        let Err(error) = self.tx.run("COMMIT") else {
            return Attempt::Settled;
        };
        match self.tx.heard() {
            Heard::Conflict => Attempt::Again(error),
            Heard::Nothing | Heard::Failure => self.roll_back(Attempt::Failed(error)),
            Heard::Loss => {
                // Whether it held is unknown: only the caller's idempotency key can tell.
                self.reconnect();
                Attempt::Failed(error)
            }
        }
    }

    fn roll_back(&mut self, attempt: Attempt) -> Attempt {
        if self.tx.run("ROLLBACK").is_err() {
            self.reconnect();
        }
        attempt
    }

    fn reconnected(&mut self, error: StoreError) -> Attempt {
        if self.reconnect() {
            Attempt::Again(error)
        } else {
            Attempt::Failed(error)
        }
    }

    fn reconnect(&mut self) -> bool {
        let keys = self.tx.keys();
        match self
            .target
            .connect(Purpose::Writing, Seams::default(), keys)
        {
            Ok(tx) => {
                self.tx = tx;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "a writing lane has no connection");
                false
            }
        }
    }
}
