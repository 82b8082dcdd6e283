//! Moves SQLite's write-ahead log into the file from a thread of its own, so that no commit pays
//! for it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Integer};

use crate::{error::StoreError, tx::Tx};

/// After how many writes the log is worth a pass.
const WRITES_BETWEEN: usize = 128;
/// Pages of 4 KiB in the log beyond which the writer lends a hand: 32 MiB.
const LONG: i32 = 8192;

/// The writer's side of the checkpoint thread.
pub(crate) struct Checkpointer {
    wanted: Sender<()>,
    is_long: Arc<AtomicBool>,
    writes: usize,
}

/// The thread's side.
pub(crate) struct CheckpointLane {
    tx: Tx,
    wanted: Receiver<()>,
    is_long: Arc<AtomicBool>,
}

#[derive(QueryableByName)]
struct Pass {
    #[diesel(sql_type = Integer)]
    log: i32,
}

impl Checkpointer {
    /// Both sides, the thread's with a connection of its own.
    pub(crate) fn of(tx: Tx) -> (Self, CheckpointLane) {
        let (sender, receiver) = bounded(1);
        let is_long = Arc::new(AtomicBool::new(false));
        let writer = Self {
            wanted: sender,
            is_long: Arc::clone(&is_long),
            writes: 0,
        };
        let lane = CheckpointLane {
            tx,
            wanted: receiver,
            is_long,
        };
        (writer, lane)
    }

    /// Counts committed writes and asks for a pass now and then.
    pub(crate) fn count(&mut self, writes: usize) {
        self.writes = self.writes.saturating_add(writes);
        if self.writes >= WRITES_BETWEEN {
            match self.wanted.try_send(()) {
                // A pass already waits to be made, or the store is closing.
                Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {
                    self.writes = 0;
                }
            }
        }
    }

    /// Finishes a pass while nothing is being written. The log starts over only once all of it is
    /// in the file, and under steady writing the other thread is always a few pages behind.
    pub(crate) fn help(&self, tx: &mut Tx) {
        if self.is_long.swap(false, Ordering::Relaxed)
            && let Err(error) = pass(tx)
        {
            tracing::warn!(%error, "the write-ahead log could not be checkpointed");
        }
    }
}

impl CheckpointLane {
    /// Makes a pass whenever the writer asks, until the store is closed.
    pub(crate) fn run(mut self) {
        while self.wanted.recv().is_ok() {
            match pass(&mut self.tx) {
                Ok(pages) => self.is_long.store(pages > LONG, Ordering::Relaxed),
                Err(error) => tracing::warn!(%error, "a checkpoint failed"),
            }
        }
    }
}

/// A checkpoint that waits for nobody; returns the pages in the log.
fn pass(tx: &mut Tx) -> Result<i32, StoreError> {
    let pass: Pass = sql_query("PRAGMA wal_checkpoint(PASSIVE)").get_result(tx.conn())?;
    Ok(pass.log)
}
