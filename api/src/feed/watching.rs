//! Looks at the log for the phones that wait, once for all of them.

use std::time::Duration;

use actix_web::web;
use persistence::{Tx, feed, sequencer};

use crate::{app::App, failure::Failure};

/// How often the log is looked at while somebody waits: what another process has numbered is seen this
/// much later at most. What this one numbers is told at once.
pub const EVERY: Duration = Duration::from_millis(250);

/// How many events one look takes.
const AT_ONCE: i64 = 1000;

/// Looks until the task is dropped, and only while somebody waits. Trouble is logged, and looked at again.
pub async fn watch(app: web::Data<App>) {
    let mut seen = None;
    loop {
        if app.feed.are_none() {
            seen = None;
            app.feed.told().await;
            continue;
        }
        match look(&app, seen).await {
            Ok((upto, more)) => {
                seen = Some(upto);
                if more {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "the log could not be looked at"),
        }
        tokio::select! {
            () = app.feed.told() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Wakes whom the events since the last look concern; gives the place looked up to, and whether there is
/// more. At the first look nobody knows since when the phones wait: all look for themselves.
async fn look(app: &App, seen: Option<i64>) -> Result<(i64, bool), Failure> {
    let Some(seen) = seen else {
        let last = app.store.read(sequencer::last).await?;
        app.feed.wake_all();
        return Ok((last, false));
    };
    let news = app
        .store
        .read(move |tx: &mut Tx| feed::news_after(tx, seen, AT_ONCE))
        .await?;
    app.feed.wake(&news.people);
    Ok((news.upto, news.more))
}
