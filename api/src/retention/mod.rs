//! Retention (thời hạn lưu giữ): what is past its time is counted, and removed at night.

use domain::{
    actor::Actor,
    retention::{Kept, kept_since},
    time::Time,
};
use persistence::{
    Tx,
    retention::{self, IdleDraft, Past},
};

use crate::{
    app::App,
    call::Call,
    dossiers::{beats::Target, drafts::discard_by_the_house},
    exports::making::expire_past,
    failure::Failure,
};

/// How many rows one transaction removes: a few milliseconds, so that no other write waits long.
const BATCH: usize = 500;

/// What is past its time, of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub what: Kept,
    /// How much, and the oldest.
    pub past: Past,
}

fn before(app: &App, what: Kept, now: Time) -> Time {
    kept_since(what, app.config.retention.drafts_days, now)
}

/// Counts what a night would remove, and removes nothing.
///
/// # Errors
/// `unavailable` when the store cannot be reached.
pub async fn count(app: &App, now: Time) -> Result<Vec<Counted>, Failure> {
    let mut counted = Vec::new();
    for what in Kept::ALL.iter().copied() {
        let before = before(app, what, now);
        let look = move |tx: &mut Tx| retention::past(tx, what, before);
        let past = app.store.report(look).await?;
        counted.push(Counted { what, past });
    }
    Ok(counted)
}

/// Removes what is past its time, of each sort at most as many as a night may, and shows what is left.
///
/// # Errors
/// `unavailable` when the store cannot be reached; what is left waits for the next night.
pub async fn tidy_up(app: &App, now: Time) -> Result<usize, Failure> {
    let most = app.config.retention.most_per_night;
    let mut removed = 0;
    for what in Kept::ALL.iter().copied() {
        let before = before(app, what, now);
        let gone = match what {
            Kept::Drafts => discard_drafts(app, before, most).await?,
            Kept::Exports => expire_past(app, now).await?,
            Kept::OneTimeCodes
            | Kept::IdempotencyKeys
            | Kept::Deliveries
            | Kept::RefreshTokens
            | Kept::Sessions
            | Kept::Throttles
            | Kept::Notices => remove(app, what, (before, most)).await?,
        };
        let gone_now = u64::try_from(gone).unwrap_or(u64::MAX);
        metrics::counter!("retention_removed_total", "class" => what.as_str()).increment(gone_now);
        removed += gone;
    }
    for Counted { what, past } in count(app, now).await? {
        let left = u32::try_from(past.count).unwrap_or(u32::MAX);
        metrics::gauge!("retention_past_time", "class" => what.as_str()).set(f64::from(left));
    }
    Ok(removed)
}

async fn remove(app: &App, what: Kept, (before, most): (Time, usize)) -> Result<usize, Failure> {
    let mut gone = 0;
    while gone < most {
        let batch = BATCH.min(most.saturating_sub(gone));
        let at_most = i64::try_from(batch).map_err(Failure::internal)?;
        let work = move |tx: &mut Tx| retention::remove(tx, what, before, at_most);
        let now_gone = app.store.write(work).await?;
        gone += now_gone;
        if now_gone < batch {
            break;
        }
    }
    Ok(gone)
}

/// Each in a transaction of its own, as its citizen's discarding would be: one that somebody takes up at
/// this moment stays.
async fn discard_drafts(app: &App, before: Time, most: usize) -> Result<usize, Failure> {
    let at_most = i64::try_from(most).map_err(Failure::internal)?;
    let look = move |tx: &mut Tx| retention::idle_drafts(tx, before, at_most);
    let (mut gone, mut failed) = (0, None);
    for IdleDraft { id, version, whose } in app.store.read(look).await? {
        let call = Call {
            actor: Actor::Citizen { person: whose },
            ..app.call(Actor::System)
        };
        let target = Target { id, version };
        let discard = move |tx: &mut Tx| discard_by_the_house(tx, &call, target);
        match app.store.write(discard).await {
            Ok(()) => gone += 1,
            Err(failure) if failure.status() == 412 || failure.status() == 404 => {}
            Err(failure) => failed = Some(failure),
        }
    }
    failed.map_or(Ok(gone), Err)
}
