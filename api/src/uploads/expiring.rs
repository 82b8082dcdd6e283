//! Uploads whose time has passed, and bytes on the disk that belong to none.

use persistence::{Tx, uploads};

use super::receiving::on_disk;
use crate::{app::App, failure::Failure};

/// How many go in one transaction.
const BATCH: i64 = 100;

/// Removes uploads whose time has passed, with their bytes; how many.
///
/// # Errors
/// `unavailable` when the store cannot be reached.
pub async fn expire(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let mut gone = 0_usize;
    loop {
        let batch = move |tx: &mut Tx| uploads::expire(tx, now, BATCH);
        let ids = app.store.write(batch).await.map_err(Failure::from)?;
        if ids.is_empty() {
            break;
        }
        gone = gone.saturating_add(ids.len());
    }
    sweep(app).await?;
    Ok(gone)
}

/// Removes bytes whose upload is over or gone: the row comes first and goes first, so bytes without an
/// open one wait for nothing.
async fn sweep(app: &App) -> Result<(), Failure> {
    let staging = app.staging.clone();
    for id in on_disk(move || staging.all()).await? {
        let look = move |tx: &mut Tx| uploads::is_open(tx, id);
        if !app.store.read(look).await.map_err(Failure::from)? {
            let staging = app.staging.clone();
            on_disk(move || staging.remove(id)).await?;
        }
    }
    Ok(())
}
