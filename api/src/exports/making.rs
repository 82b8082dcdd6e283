//! Makes exports that were asked for: gathers, packs, stores, and lets go of what is past.

use aws_lc_rs::digest::{SHA256, digest};
use bytes::Bytes;
use domain::{actor::Actor, exports::ExportState, ids::ExportId, papers::File, time::Time};
use futures_util::TryStreamExt as _;
use persistence::{
    Tx, exports, files,
    outbox::{self, Backoff, Entry, Lease},
};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{
    gathering::{Gathered, gather},
    packing::Packing,
    use_cases::{EXPORT, Order, expire, finish, give_up},
};
use crate::{app::App, failure::Failure};

/// How long a worker has for one export before another one takes it over.
const LEASE: chrono::Duration = chrono::Duration::minutes(15);

/// A storage that is away comes back within the hours; then it has failed, and may be asked for anew.
const BACKOFF: Backoff = Backoff {
    first: chrono::Duration::minutes(1),
    longest: chrono::Duration::hours(1),
    attempts: 5,
};

/// How many archives are let go of between two looks.
const BATCH: i64 = 100;

/// Makes one export that is due; how many were tried. It lies under a lease meanwhile, so that one
/// whose process ended is made by the next.
///
/// # Errors
/// `unavailable` when the store cannot be reached.
pub async fn make_next(app: &App, owner: Uuid) -> Result<usize, Failure> {
    let now = app.clock.now();
    let pending = move |tx: &mut Tx| outbox::oldest_pending(tx, EXPORT);
    if app.store.read(pending).await?.is_none() {
        return Ok(0);
    }
    let lease = Lease {
        owner,
        duration: LEASE,
    };
    let take = move |tx: &mut Tx| outbox::lease(tx, EXPORT, now, lease, 1);
    let taken = app.store.write(take).await?;
    let Some(entry) = taken.into_iter().next() else {
        return Ok(0);
    };
    let order: Order = entry.payload.parse()?;
    let id = order.export_id;
    match Box::pin(make(app, order)).await {
        Ok(()) => close(app, (entry, owner), None).await?,
        Err(failure) => {
            tracing::warn!(export = %id, cause = failure.cause(), "an export was not made");
            close(app, (entry, owner), Some((id, failure))).await?;
        }
    }
    Ok(1)
}

/// Notes what became of an attempt. The code is forgotten with the last one.
async fn close(
    app: &App,
    (entry, owner): (Entry, Uuid),
    failed: Option<(ExportId, Failure)>,
) -> Result<(), Failure> {
    let call = app.call(Actor::System);
    let note = move |tx: &mut Tx| -> Result<(), Failure> {
        if let Some((id, failure)) = &failed {
            if entry.attempts < BACKOFF.attempts {
                let why = failure.code();
                outbox::fail(tx, &entry, owner, call.now, why, BACKOFF)?;
                return Ok(());
            }
            give_up(tx, &call, *id)?;
        }
        outbox::forget(tx, entry.id, owner)?;
        outbox::done(tx, entry.id, owner, call.now)?;
        Ok(())
    };
    app.store.write(note).await
}

async fn make(app: &App, order: Order) -> Result<(), Failure> {
    let Order { export_id, code } = order;
    let call = app.call(Actor::System);
    let look = move |tx: &mut Tx| -> Result<Option<Gathered>, Failure> {
        let export = exports::find_any(tx, export_id)?;
        if export.state != ExportState::Waiting {
            return Ok(None);
        }
        gather(tx, &call, export.person).map(Some)
    };
    let Some(gathered) = app.store.report(look).await? else {
        return Ok(());
    };
    let archive = Box::pin(pack(app, export_id, gathered, Packing::under(code))).await?;
    let size = i64::try_from(archive.len()).map_err(Failure::internal)?;
    let mut digest = [0; 32];
    digest.copy_from_slice(aws_lc_rs::digest::digest(&SHA256, &archive).as_ref());
    let now = app.clock.now();
    let announce = move |tx: &mut Tx| files::announce(tx, &digest, now);
    app.store.write(announce).await?;
    app.objects.put(&digest, &[Bytes::from(archive)]).await?;
    let call = app.call(Actor::System);
    let done = move |tx: &mut Tx| finish(tx, &call, (export_id, (digest, size)));
    app.store.write(done).await
}

async fn pack(
    app: &App,
    id: ExportId,
    gathered: Gathered,
    mut packing: Packing,
) -> Result<Vec<u8>, Failure> {
    let Gathered {
        texts,
        files,
        left_out,
        ..
    } = gathered;
    let total = u32::try_from(files.len()).map_err(Failure::internal)?;
    show_progress(app, id, (0, total)).await?;
    packing = off_the_runtime(move || {
        for (name, text) in &texts {
            packing.add_text(name, text)?;
        }
        Ok(packing)
    })
    .await?;
    for (done, (name, file)) in (1..).zip(files) {
        let bytes = bytes_of(app, &file).await?;
        packing = off_the_runtime(move || {
            packing.add_file(&name, &bytes)?;
            Ok(packing)
        })
        .await?;
        show_progress(app, id, (done, total)).await?;
    }
    off_the_runtime(move || packing.finish(&left_out)).await
}

async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    spawn_blocking(work).await.map_err(Failure::internal)?
}

async fn show_progress(app: &App, id: ExportId, (done, total): (u32, u32)) -> Result<(), Failure> {
    let note = move |tx: &mut Tx| exports::progress(tx, id, done, total);
    Ok(app.store.write(note).await?)
}

/// A file as it was stored, or nothing at all.
async fn bytes_of(app: &App, file: &File) -> Result<Vec<u8>, Failure> {
    let mut pieces = app.objects.get(&file.sha256, None).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.try_next().await.map_err(Failure::internal)? {
        bytes.extend_from_slice(&piece);
    }
    if digest(&SHA256, &bytes).as_ref() != file.sha256 {
        return Err(Failure::internal("a stored file is not what its row says"));
    }
    Ok(bytes)
}

/// Lets go of archives whose time has passed; how many.
///
/// # Errors
/// `unavailable` when the store cannot be reached.
pub async fn expire_past(app: &App, now: Time) -> Result<usize, Failure> {
    let mut expired = 0;
    loop {
        let look = move |tx: &mut Tx| exports::past(tx, now, BATCH);
        let found = app.store.read(look).await?;
        if found.is_empty() {
            return Ok(expired);
        }
        for id in found {
            let call = app.call(Actor::System);
            let work = move |tx: &mut Tx| expire(tx, &call, id);
            expired += usize::from(app.store.write(work).await?);
        }
    }
}
