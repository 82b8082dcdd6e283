//! The worker as a task beside the server.

use std::time::Duration;

use actix_web::web;
use tokio::{sync::watch, task::JoinHandle};

use super::{Round, Worker};
use crate::app::App;

/// The pause between rounds when nothing waits.
const PAUSE: Duration = Duration::from_millis(250);

/// Unanswered requests are looked for every so many rounds: ten seconds.
const LAPSES_EVERY: u64 = 40;

/// What has expired is removed every so many rounds: an hour.
const PURGE_EVERY: u64 = 4 * 60 * 60;

/// A worker at work.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// Lets the round under way end, and no other begin.
    pub async fn stop(self) {
        // Without a receiver the task has ended already.
        self.stop.send_replace(true);
        if self.task.await.is_err() {
            tracing::error!("the worker ended in a panic");
        }
    }
}

/// Starts a worker on the present runtime.
pub fn start(app: web::Data<App>) -> Running {
    let (stop, mut stopped) = watch::channel(false);
    let worker = Worker::configured(&app);
    let task = tokio::spawn(async move {
        let mut number: u64 = 0;
        while !*stopped.borrow() {
            let round = Round {
                lapses: number.is_multiple_of(LAPSES_EVERY),
                purge: number.is_multiple_of(PURGE_EVERY),
            };
            number = number.wrapping_add(1);
            if worker.round(&app, round).await.is_busy() {
                continue;
            }
            tokio::select! {
                _ = stopped.changed() => {}
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    });
    Running { stop, task }
}
