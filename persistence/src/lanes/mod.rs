//! Lanes: threads that own one connection each and take jobs from a queue.
//!
//! A job always finishes, whether or not its caller still waits: a phone that hangs up cannot
//! leave a transaction open.

mod checkpoint;
mod group;
mod opening;
mod reader;
mod writer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::{error::StoreError, tx::Tx};

pub(crate) use opening::Opening;

/// What the lane does with a job's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Undo,
}

/// A closure waiting for its transaction, its types erased.
pub(crate) trait Job: Send {
    /// Runs the closure; may be called again, and then only the last outcome counts.
    fn run(&mut self, tx: &mut Tx) -> Verdict;
    /// Hands the outcome over, or the reason why it did not become true.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
    /// Whether nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
}

/// How a job ended.
pub(crate) enum Ended<F, T, E> {
    /// With this.
    Done(Result<T, E>),
    /// Without effect: it was about to open what is not written down yet, where nothing can be written.
    /// The closure comes back, for a lane that writes.
    OwesDisclosure(F),
}

/// A job before its types are erased.
struct Task<F, T, E> {
    work: F,
    outcome: Option<Result<T, E>>,
    owes_disclosure: bool,
    caller: oneshot::Sender<Ended<F, T, E>>,
}

impl<F, T, E> Job for Task<F, T, E>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> Verdict {
        tx.reset();
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(tx)))
            .unwrap_or_else(|_| Err(StoreError::Corrupt("a closure panicked".to_owned()).into()));
        let outcome = outcome.and_then(|value| match tx.complete() {
            Ok(()) => Ok(value),
            Err(refused) => Err(refused.into()),
        });
        let verdict = match &outcome {
            Ok(_) => Verdict::Keep,
            Err(_) => Verdict::Undo,
        };
        self.outcome = Some(outcome);
        self.owes_disclosure = tx.owes_disclosure();
        verdict
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let ended = match (fate, self.outcome) {
            (Ok(()), _) if self.owes_disclosure => Ended::OwesDisclosure(self.work),
            (Ok(()), Some(outcome)) => Ended::Done(outcome),
            (Ok(()), None) => {
                let missed = StoreError::Corrupt("a job was not run".to_owned());
                Ended::Done(Err(missed.into()))
            }
            (Err(error), _) => Ended::Done(Err(error.into())),
        };
        // A caller that hung up does not receive it, and nothing follows from that.
        drop(self.caller.send(ended));
    }

    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }
}

/// Where jobs wait for the lanes of one kind.
pub(crate) struct Queue(Sender<Box<dyn Job>>);

impl Queue {
    /// A queue for that many waiting jobs, and the end that lanes take from.
    pub(crate) fn of(waiting: usize) -> (Self, Receiver<Box<dyn Job>>) {
        let (sender, receiver) = bounded(waiting);
        (Self(sender), receiver)
    }

    /// Runs a closure on the next free lane, where nothing is opened that is not written down.
    pub(crate) async fn run<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self.attempt(work).await {
            Ended::Done(outcome) => outcome,
            Ended::OwesDisclosure(_) => {
                let lane = "personal fields were to be opened on a lane without a log".to_owned();
                Err(StoreError::Corrupt(lane).into())
            }
        }
    }

    /// Runs a closure on the next free lane; it comes back where it may not go on there.
    pub(crate) async fn attempt<F, T, E>(&self, work: F) -> Ended<F, T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let refused = |cause: &str| {
            let cause = StoreError::Unavailable(cause.to_owned());
            Ended::Done(Err(cause.into()))
        };
        let (caller, answer) = oneshot::channel();
        let job = Box::new(Task {
            work,
            outcome: None,
            owes_disclosure: false,
            caller,
        });
        match self.0.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return refused("too many jobs wait"),
            Err(TrySendError::Disconnected(_)) => return refused("the lanes are closed"),
        }
        answer
            .await
            .unwrap_or_else(|_| refused("the lanes are closed"))
    }
}
