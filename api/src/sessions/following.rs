//! Keeps a running server up to date with what other processes did: sessions ended, keys changed.

use std::time::Duration;

use actix_web::web;
use domain::time::Time;
use persistence::{Tx, sessions};

use crate::{app::App, auth::keyring::Keyring, failure::Failure};

/// How often store and keys are looked at: a session ended by another process, or by a command, stops
/// to work here this much later at most, and the time of one small query.
pub const EVERY: Duration = Duration::from_secs(1);

/// How far back each look goes beyond the last: transactions commit a little after the time they
/// carry, and the clocks of two processes differ.
const OVERLAP: chrono::Duration = chrono::Duration::minutes(2);

/// Looks every second, until the task is dropped. Trouble is logged; what is known stays known, and an
/// access token lives for minutes only.
pub async fn follow(app: web::Data<App>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut seen = None;
    loop {
        ticks.tick().await;
        match catch_up(&app, seen).await {
            Ok(now) => seen = Some(now),
            Err(error) => tracing::warn!(%error, "sessions that ended could not be looked at"),
        }
        match renew_keys(&app).await {
            Ok(false) => {}
            Ok(true) => tracing::info!("the keys of access tokens were changed"),
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(error, "the keys of access tokens cannot be read");
            }
        }
    }
}

/// Keeps in mind which sessions ended since the last look, or since tokens of theirs may still hold;
/// gives the time of this look.
///
/// # Errors
/// As the store reports them.
pub async fn catch_up(app: &App, seen: Option<Time>) -> Result<Time, Failure> {
    let now = app.clock.now();
    let oldest = app.tokens.oldest_that_matters(now);
    let since = seen.map_or(oldest, |seen| seen.plus(-OVERLAP).max(oldest));
    let look = move |tx: &mut Tx| sessions::ended_since(tx, since);
    let ended = app.store.read(look).await?;
    app.ended_sessions.note(ended);
    app.ended_sessions.forget(oldest);
    Ok(now)
}

/// Takes the keys of access tokens as they lie in the data folder; whether they have changed.
///
/// # Errors
/// When they cannot be read: those held stay in use.
pub async fn renew_keys(app: &App) -> anyhow::Result<bool> {
    let folder = app.config.data_dir.clone();
    let keyring = tokio::task::spawn_blocking(move || Keyring::open(&folder)).await??;
    Ok(app.tokens.renew_keys(&keyring))
}
