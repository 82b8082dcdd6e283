//! Takes entries of the outbox under a lease, delivers them, and notes what became of each.

use std::time::Duration;

use domain::{notices::jittered, time::Time};
use persistence::{
    Tx,
    outbox::{self, Backoff, Entry, Lease, State},
};
use uuid::Uuid;

use super::{
    deliver::{Deliver, Delivered, Undelivered},
    jobs::Job,
};
use crate::{app::App, failure::Failure};

/// How many entries are taken at once.
const BATCH: i64 = 20;

/// How long one delivery may take: all of a batch end before its lease does.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the entries are ours.
const LEASE: chrono::Duration = chrono::Duration::seconds(300);

type Outcome = Result<Delivered, Undelivered>;

/// Tries what is due of one topic; how many entries.
pub(super) async fn deliver(app: &App, owner: Uuid, way: &dyn Deliver) -> Result<usize, Failure> {
    let (topic, now) = (way.topic(), app.clock.now());
    let oldest = app
        .store
        .read(move |tx: &mut Tx| outbox::oldest_pending(tx, topic))
        .await?;
    Job::Delivery(topic).show_oldest(oldest, now);
    if oldest.is_none() {
        return Ok(0);
    }
    let lease = Lease {
        owner,
        duration: LEASE,
    };
    let take = move |tx: &mut Tx| outbox::lease(tx, topic, now, lease, BATCH);
    let mut outcomes = Vec::new();
    for entry in app.store.write(take).await? {
        let tried = tokio::time::timeout(PATIENCE, way.deliver(&entry, now)).await;
        let outcome = tried.unwrap_or_else(|_| Err(Undelivered::because("no answer in time")));
        count(topic, &outcome);
        outcomes.push((entry, outcome));
    }
    if outcomes.is_empty() {
        return Ok(0);
    }
    let tried = outcomes.len();
    let rules = Rules {
        owner,
        backoff: way.backoff(),
        is_secret: way.is_secret(),
        now: app.clock.now(),
    };
    let note = move |tx: &mut Tx| {
        outcomes
            .iter()
            .try_for_each(|(entry, outcome)| settle(tx, &rules, entry, outcome))
    };
    app.store.write(note).await?;
    Ok(tried)
}

fn count(topic: &'static str, outcome: &Outcome) {
    let outcome = match outcome {
        Ok(Delivered::Yes) => "delivered",
        Ok(Delivered::Obsolete) => "obsolete",
        Err(Undelivered { .. }) => "failed",
    };
    metrics::counter!("outbox_deliveries_total", "topic" => topic, "outcome" => outcome)
        .increment(1);
}

/// How outcomes are noted.
struct Rules {
    owner: Uuid,
    backoff: Backoff,
    is_secret: bool,
    now: Time,
}

fn settle(tx: &mut Tx, rules: &Rules, entry: &Entry, outcome: &Outcome) -> Result<(), Failure> {
    let Rules {
        owner,
        backoff,
        is_secret,
        now,
    } = rules;
    match outcome {
        Ok(Delivered::Yes | Delivered::Obsolete) => {
            if *is_secret {
                outbox::forget(tx, entry.id, *owner)?;
            }
            outbox::done(tx, entry.id, *owner, *now)?;
        }
        Err(Undelivered { why, retry_after }) => {
            let jitter = entry.id.uuid().as_bytes().last().copied().unwrap_or(0);
            let usual = jittered(backoff.wait(entry.attempts), jitter);
            let wait = retry_after.map_or(usual, |asked| jittered(asked.max(usual), jitter));
            let next = now.plus(wait);
            let became = outbox::fail_until(tx, entry, *owner, next, why, backoff.attempts)?;
            if became == Some(State::Dead) {
                tracing::error!(entry = %entry.id, topic = entry.topic, why, "given up");
            } else {
                tracing::warn!(entry = %entry.id, topic = entry.topic, why, "not delivered");
            }
        }
    }
    Ok(())
}
