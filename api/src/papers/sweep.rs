//! Deletes stored bytes that no row names: of uploads that broke off before their commit, of drafts
//! thrown away, of result documents never issued.

use chrono::TimeDelta;
use domain::time::Time;
use persistence::{Tx, files, results::drafts};

use super::storage::Digest;
use crate::{app::App, failure::Failure};

/// How long bytes and unissued result documents stay without being named, in hours.
pub const GRACE_HOURS: i64 = 24;

/// How many objects are looked up at a time.
const BATCH: i64 = 200;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Result documents that were uploaded and not issued in time.
    pub expired: usize,
    /// Objects deleted.
    pub deleted: usize,
}

/// Deletes what nothing has named for [`GRACE_HOURS`]. Safe to run at any time, twice at once, and
/// to be cut short: what was begun is finished by the next sweep.
///
/// # Errors
/// `unavailable` when the store or the storage cannot be reached; the rest is left for next time.
pub async fn sweep(app: &App, now: Time) -> Result<Swept, Failure> {
    let cutoff = now.plus(TimeDelta::hours(-GRACE_HOURS));
    let expire = move |tx: &mut Tx| drafts::expire(tx, cutoff, now);
    let mut swept = Swept {
        expired: app.store.write(expire).await.map_err(Failure::from)?,
        deleted: 0,
    };
    loop {
        let look = move |tx: &mut Tx| files::loose_before(tx, cutoff, BATCH);
        let loose = app.store.read(look).await.map_err(Failure::from)?;
        if loose.is_empty() {
            return Ok(swept);
        }
        for digest in loose {
            swept.deleted += usize::from(clear(app, digest, cutoff, now).await?);
        }
    }
}

/// Deletes one object, if it may go. Condemned before and forgotten after: in between nobody can
/// count on the bytes, and a crash leaves a line that brings the next sweep back here.
async fn clear(app: &App, digest: Digest, cutoff: Time, now: Time) -> Result<bool, Failure> {
    let condemn = move |tx: &mut Tx| files::condemn(tx, &digest, cutoff, now);
    if !app.store.write(condemn).await.map_err(Failure::from)? {
        return Ok(false);
    }
    app.objects.delete(&digest).await?;
    let forget = move |tx: &mut Tx| files::gone(tx, &digest, now);
    app.store.write(forget).await.map_err(Failure::from)?;
    Ok(true)
}
