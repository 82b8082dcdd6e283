//! What the house does by itself: number events, deliver, close what nobody answered, tidy up.
//!
//! Any number of processes may run it at once: the sequencer's row, leases and the dossier's lock
//! make them take turns. A job that fails is counted and tried again in the next round.

pub mod deliver;
mod delivering;
mod due_dates;
mod escalations;
mod jobs;
mod lapses;
mod running;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use uuid::Uuid;

pub use self::running::{Running, start};
use self::{
    deliver::{Deliver, LoggedAccountNotices, LoggedCodes},
    jobs::Job,
};
use crate::{app::App, exports, failure::Failure, mandates::expiring, notices, papers::scanning};

/// Which jobs a round takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Whether dossiers whose request nobody answered, and due dates of an earlier calendar, are
    /// looked for.
    pub lapses: bool,
    /// Whether exports are made, notices sent and files scanned. A worker beside a server does that apart
    /// from its rounds: nothing waits for a large archive, or for a provider or scanner that does not answer.
    pub beside: bool,
    /// Whether what has expired, and files that nothing names, are removed.
    pub purge: bool,
}

impl Round {
    /// Every job.
    pub const FULL: Self = Self {
        lapses: true,
        beside: true,
        purge: true,
    };
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Events given their place in the order.
    pub sequenced: usize,
    /// Outbox entries whose delivery was tried.
    pub tried: usize,
    /// Files the virus scanner was asked about.
    pub scanned: usize,
    /// Dossiers closed because nobody answered.
    pub closed: usize,
    /// Data-subject requests escalated.
    pub escalated: usize,
    /// Exports whose making was tried.
    pub exported: usize,
    /// Due dates moved because the calendar changed.
    pub recomputed: usize,
    /// Supplement requests that were reminded of.
    pub reminded: usize,
    /// Messages whose provider was asked what became of them.
    pub followed: usize,
    /// Mandates that ended with their last day.
    pub expired: usize,
    /// Expired rows removed.
    pub purged: usize,
    /// What was kept for its time and removed at night.
    pub tidied: usize,
    /// Stored files deleted that nothing names.
    pub swept: usize,
    /// Jobs that failed.
    pub failed: usize,
}

impl Work {
    /// Whether more may be waiting, so that the next round should follow at once.
    pub const fn is_busy(&self) -> bool {
        self.failed == 0 && (self.sequenced > 0 || self.tried > 0)
    }
}

/// A worker: its name in leases, and the ways it delivers.
pub struct Worker {
    owner: Uuid,
    ways: Vec<Arc<dyn Deliver>>,
    channels: Vec<Arc<dyn Deliver>>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker that delivers in these ways, at most one for each topic.
    pub fn new(app: &App, ways: Vec<Arc<dyn Deliver>>) -> Self {
        Self {
            owner: app.ids.uuid(app.clock.now()),
            ways,
            channels: Vec::new(),
        }
    }

    /// A worker that delivers as configured.
    pub fn configured(app: &App) -> Self {
        let codes = LoggedCodes {
            reveal: app.config.reveal_codes,
        };
        let ways: Vec<Arc<dyn Deliver>> = vec![
            Arc::new(codes),
            Arc::new(notices::Planner::new(app)),
            Arc::new(LoggedAccountNotices),
        ];
        Self {
            channels: notices::Sending::all(app),
            ..Self::new(app, ways)
        }
    }

    /// Takes on the jobs of one round, each to its end.
    pub async fn round(&self, app: &App, round: Round) -> Work {
        let mut work = Work::default();
        work.sequenced = work.note(Job::Sequencer, jobs::sequence(app).await);
        for way in &self.ways {
            let tried = delivering::deliver(app, self.owner, way.as_ref()).await;
            work.tried += work.note(Job::Delivery(way.topic()), tried);
        }
        if round.lapses {
            work.closed = work.note(Job::Lapses, lapses::close_unanswered(app).await);
            work.reminded = work.note(Job::Reminders, notices::remind(app).await);
            work.expired = work.note(Job::Mandates, expiring::end_what_is_past(app).await);
            work.escalated = work.note(Job::Escalations, escalations::escalate(app).await);
            work.recomputed = work.note(Job::DueDates, due_dates::recompute(app).await);
        }
        if round.beside {
            work.scanned = work.note(Job::Scans, scanning::scan(app).await);
            for channel in &self.channels {
                self.send(app, channel.as_ref(), &mut work).await;
            }
            work.followed = work.note(Job::Reports, notices::follow(app).await);
            work.exported = work.note(Job::Exports, self.make_exports(app).await);
        }
        if round.purge {
            work.purged = work.note(Job::Purge, jobs::purge(app).await);
            work.tidied = work.note(Job::Retention, jobs::tidy_up(app).await);
            work.swept = work.note(Job::Sweep, jobs::sweep(app).await);
        }
        work
    }

    /// Sends what is due by one channel.
    async fn send(&self, app: &App, channel: &dyn Deliver, work: &mut Work) {
        let tried = delivering::deliver(app, self.owner, channel).await;
        work.tried += work.note(Job::Delivery(channel.topic()), tried);
    }

    /// Makes the exports that are due, one after the other; how many were tried.
    async fn make_exports(&self, app: &App) -> Result<usize, Failure> {
        let mut tried = 0;
        loop {
            match exports::making::make_next(app, self.owner).await? {
                0 => return Ok(tried),
                more => tried += more,
            }
        }
    }
}

/// One full round of a worker as configured: how tests, whose clock stands still, make it work.
pub async fn run_once(app: &App) -> Work {
    Worker::configured(app).round(app, Round::FULL).await
}
