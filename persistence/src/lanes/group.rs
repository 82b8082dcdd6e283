//! The one lane that writes to SQLite: writes that wait share a commit, and so one fsync.

use crossbeam_channel::Receiver;

use super::{Job, Verdict, checkpoint::Checkpointer};
use crate::{
    error::StoreError,
    seams::Seams,
    sql::control::{BeginImmediate, Commit, ReleaseMember, SavepointMember},
    tx::Tx,
};

/// The writing lane of SQLite.
pub(crate) struct GroupWriter {
    pub(crate) tx: Tx,
    pub(crate) jobs: Receiver<Box<dyn Job>>,
    /// How many jobs may share a commit.
    pub(crate) batch_max: usize,
    pub(crate) checkpointer: Checkpointer,
    pub(crate) seams: Seams,
}

impl GroupWriter {
    /// Takes jobs until the store is closed.
    pub(crate) fn run(mut self) {
        let mut members = Vec::with_capacity(self.batch_max);
        while let Ok(first) = self.jobs.recv() {
            self.checkpointer.help(&mut self.tx);
            let fate = self.group(first, &mut members);
            if fate.is_err() && self.tx.run("ROLLBACK").is_err() {
                tracing::debug!("the engine had already rolled the group back");
            }
            self.checkpointer.count(members.len());
            for member in members.drain(..) {
                member.answer(fate.clone());
            }
        }
    }

    /// Runs the first job and whatever else waits in one transaction. Nobody is answered before it
    /// has ended, not even a job that failed: what it saw may have been another member's change.
    fn group(
        &mut self,
        first: Box<dyn Job>,
        members: &mut Vec<Box<dyn Job>>,
    ) -> Result<(), StoreError> {
        let mut waiting = Some(first);
        let begun = self.tx.control(BeginImmediate);
        while let Some(mut job) = waiting {
            let ran = match &begun {
                Ok(()) => self.member(&mut *job),
                Err(error) => Err(error.clone()),
            };
            if self.seams.answers_before_commit() {
                job.answer(ran.clone());
            } else {
                members.push(job);
            }
            ran?;
            waiting = if members.len() < self.batch_max {
                self.jobs.try_recv().ok()
            } else {
                None
            };
        }
        self.tx.control(Commit)
    }

    /// Runs one job in a savepoint of its own: a failing member undoes only itself.
    ///
    /// An error means that the engine ended the transaction (a full disk does that) and with it
    /// every member before this one.
    fn member(&mut self, job: &mut dyn Job) -> Result<(), StoreError> {
        self.tx.control(SavepointMember)?;
        match job.run(&mut self.tx) {
            Verdict::Keep => self.tx.control(ReleaseMember),
            Verdict::Undo => self.tx.run("ROLLBACK TO member; RELEASE member"),
        }
    }
}
