//! The jobs that need no more than one call of the store, and the figures of all jobs.

use chrono::Duration;
use domain::{retention::is_the_hour, time::Time};
use persistence::{
    StoreError, Tx, disclosures, idempotency, identities, one_time_codes, outbox, sequencer,
    sessions, throttles,
};

use super::Work;
use crate::{app::App, exports, failure::Failure, papers, retention, uploads};

/// How many events are numbered in one transaction.
const BATCH: usize = 1000;

/// How long a delivered entry is kept: whoever misses a notice says so within the month.
const DELIVERED_KEPT: Duration = Duration::days(30);

/// How long a one-time code is remembered, used or not: the number's limit looks back a day.
const CODES_KEPT: Duration = Duration::days(1);

/// How long a session is remembered after it could not go on any more: its devices are known by it.
const SESSIONS_KEPT: Duration = Duration::days(90);

/// How long a proof is kept: longer than any counts as fresh.
const PROOFS_KEPT: Duration = Duration::days(30);

/// How many rows one transaction removes: a few milliseconds, so that no other write waits long.
const PURGE_BATCH: u16 = 500;

/// How many transactions one run takes for each table. What is left over waits for the next run.
const PURGE_BATCHES: usize = 40;

/// A job, as figures name it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Job {
    /// Numbering events.
    Sequencer,
    /// Delivering one topic of the outbox.
    Delivery(&'static str),
    /// Closing what nobody answered.
    Lapses,
    /// Reminding of what must be done soon.
    Reminders,
    /// Asking providers what became of messages.
    Reports,
    /// Ending mandates whose last day has passed.
    Mandates,
    /// Escalating data-subject requests whose clock runs out.
    Escalations,
    /// Making exports.
    Exports,
    /// Following a new calendar.
    DueDates,
    /// Asking the virus scanner.
    Scans,
    /// Removing what has expired.
    Purge,
    /// Removing what was kept for its time, at night.
    Retention,
    /// Deleting files that nothing names.
    Sweep,
}

impl Job {
    const fn name(self) -> &'static str {
        match self {
            Self::Sequencer => "sequencer",
            Self::Delivery(topic) => topic,
            Self::Lapses => "lapses",
            Self::Reminders => "reminders",
            Self::Reports => "reports",
            Self::Mandates => "mandates",
            Self::Escalations => "escalations",
            Self::Exports => "exports",
            Self::DueDates => "due_dates",
            Self::Scans => "scans",
            Self::Purge => "purge",
            Self::Retention => "retention",
            Self::Sweep => "sweep",
        }
    }

    /// How long the oldest thing that waits for this job has waited; nothing if none does.
    pub(super) fn show_oldest(self, oldest: Option<Time>, now: Time) {
        let age = oldest.map(|oldest| now.since(oldest).as_seconds_f64());
        metrics::gauge!("worker_oldest_pending_seconds", "job" => self.name())
            .set(age.unwrap_or_default().max(0.0));
    }
}

impl Work {
    /// Counts a run of a job; a failure is logged and counted, and the others go on.
    pub(super) fn note(&mut self, job: Job, outcome: Result<usize, Failure>) -> usize {
        let name = job.name();
        metrics::counter!("worker_runs_total", "job" => name).increment(1);
        outcome.unwrap_or_else(|failure| {
            let cause = match &failure {
                Failure::Edge(refusal) => refusal.logged.as_deref(),
                Failure::Rule(_) => None,
            };
            tracing::error!(job = name, code = failure.code(), cause, "a job failed");
            metrics::counter!("worker_failures_total", "job" => name).increment(1);
            self.failed += 1;
            0
        })
    }
}

/// Gives committed events their place in the order.
pub(super) async fn sequence(app: &App) -> Result<usize, Failure> {
    let oldest = app.store.read(sequencer::oldest_waiting).await?;
    Job::Sequencer.show_oldest(oldest, app.clock.now());
    if oldest.is_none() {
        return Ok(0);
    }
    let batch = i64::try_from(BATCH).map_err(Failure::internal)?;
    let number = move |tx: &mut Tx| sequencer::run_once(tx, batch);
    let given = app.store.write(number).await?;
    app.feed.tell();
    Ok(given)
}

/// Removes old rows of one table: those before the instant, at most so many.
type Purge = fn(&mut Tx, Time, i64) -> Result<usize, StoreError>;

/// Removes what has been kept for as long as it is worth: idempotency keys (which know their own
/// end), sign-ins at the identity provider, one-time codes, limits that are whole again, what was delivered,
/// sessions that are over, and who read what long ago.
pub(super) async fn purge(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let tables: [(Purge, Time); 9] = [
        (idempotency::purge, now),
        (identities::purge, now),
        (one_time_codes::purge, now.plus(-CODES_KEPT)),
        (throttles::purge, now),
        (outbox::purge, now.plus(-DELIVERED_KEPT)),
        (sessions::tokens::purge, now),
        (sessions::purge, now.plus(-SESSIONS_KEPT)),
        (sessions::step_ups::purge, now.plus(-PROOFS_KEPT)),
        (disclosures::purge, app.config.access_log_months.before(now)),
    ];
    let mut purged: usize = 0;
    for (purge, before) in tables {
        for _ in 0..PURGE_BATCHES {
            let batch = move |tx: &mut Tx| purge(tx, before, PURGE_BATCH.into());
            let gone = app.store.write(batch).await?;
            purged = purged.saturating_add(gone);
            if gone < usize::from(PURGE_BATCH) {
                break;
            }
        }
    }
    Ok(purged)
}

/// Removes what was kept for its time, in the hour in which few people are about.
pub(super) async fn tidy_up(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    if is_the_hour(now) {
        retention::tidy_up(app, now).await
    } else {
        Ok(0)
    }
}

/// Deletes the bytes of drafts thrown away, of uploads that broke off, of results never issued and of
/// exports whose time has passed.
pub(super) async fn sweep(app: &App) -> Result<usize, Failure> {
    exports::making::expire_past(app, app.clock.now()).await?;
    uploads::expiring::expire(app).await?;
    let swept = papers::sweep::sweep(app, app.clock.now()).await?;
    Ok(swept.deleted)
}
