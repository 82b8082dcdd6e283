//! Notices an import made by another process and puts it in force here.

use std::time::Duration;

use actix_web::web;
use persistence::{Tx, procedures};

use super::{importing, posted::Posted};
use crate::{app::App, failure::Failure};

/// How often the store is asked.
const EVERY: Duration = Duration::from_secs(2);

/// Looks every two seconds, until the task is dropped. Trouble is logged, and the catalogue that is
/// in force stays.
pub async fn watch(app: web::Data<App>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match reload_if_newer(&app).await {
            Ok(false) => {}
            Ok(true) => tracing::info!(
                generation = app.posted().generation(),
                "another catalogue is in force"
            ),
            Err(error) => tracing::warn!(%error, "the catalogue could not be looked at"),
        }
    }
}

/// Puts the catalogue of the store in force if it is another than this process has; says whether it
/// did.
///
/// # Errors
/// `unavailable`; `internal` when what was imported does not hold.
pub async fn reload_if_newer(app: &App) -> Result<bool, Failure> {
    let here = app.posted().generation();
    let look = move |tx: &mut Tx| -> Result<Option<Posted>, Failure> {
        if procedures::generation(tx)? == here {
            return Ok(None);
        }
        importing::load(tx)
    };
    let newer = app.store.read(look).await?;
    let found = newer.is_some();
    if let Some(posted) = newer {
        app.post(posted);
    }
    Ok(found)
}
