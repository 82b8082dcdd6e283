//! The worker as a task beside the server.

use std::time::Duration;

use actix_web::web;
use tokio::{sync::watch, task::JoinHandle};

use super::{Round, Work, Worker, jobs::Job};
use crate::{app::App, papers::scanning};

/// The pause between rounds when nothing waits.
const PAUSE: Duration = Duration::from_millis(250);

/// The pause before the next look for exports to be made.
const EXPORTS_PAUSE: Duration = Duration::from_secs(1);

/// The pause between looks at what became of messages.
const REPORTS_PAUSE: Duration = Duration::from_secs(5);

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
    let (stop, stopped) = watch::channel(false);
    let worker = Worker::configured(&app);
    let task = tokio::spawn(async move {
        let rounds = rounds(&worker, &app, stopped.clone());
        tokio::join!(
            rounds,
            exports(&worker, &app, stopped.clone()),
            scans(&app, stopped.clone()),
            notices(&worker, &app, stopped),
        );
    });
    Running { stop, task }
}

/// Exports beside the rounds, so that a large one holds up nothing.
async fn exports(worker: &Worker, app: &App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let mut work = Work::default();
        work.note(Job::Exports, worker.make_exports(app).await);
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(EXPORTS_PAUSE) => {}
        }
    }
}

/// Scans beside the rounds: a scanner that does not answer holds up nothing but files.
async fn scans(app: &App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let mut work = Work::default();
        if work.note(Job::Scans, scanning::scan(app).await) > 0 {
            continue;
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Each channel beside the others, and all beside the rounds: a provider that does not answer holds up
/// nobody but itself.
async fn notices(worker: &Worker, app: &App, stopped: watch::Receiver<bool>) {
    let channels = worker.channels.iter().map(|channel| {
        let mut stopped = stopped.clone();
        async move {
            while !*stopped.borrow() {
                let mut work = Work::default();
                worker.send(app, channel.as_ref(), &mut work).await;
                if work.is_busy() {
                    continue;
                }
                tokio::select! {
                    _ = stopped.changed() => {}
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    });
    tokio::join!(
        futures_util::future::join_all(channels),
        reports(worker, app, stopped.clone()),
    );
}

/// What became of messages that were taken.
async fn reports(worker: &Worker, app: &App, mut stopped: watch::Receiver<bool>) {
    while !worker.channels.is_empty() && !*stopped.borrow() {
        let mut work = Work::default();
        work.note(Job::Reports, crate::notices::follow(app).await);
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(REPORTS_PAUSE) => {}
        }
    }
}

async fn rounds(worker: &Worker, app: &App, mut stopped: watch::Receiver<bool>) {
    let mut number: u64 = 0;
    while !*stopped.borrow() {
        let round = Round {
            lapses: number.is_multiple_of(LAPSES_EVERY),
            beside: false,
            purge: number.is_multiple_of(PURGE_EVERY),
        };
        number = number.wrapping_add(1);
        if worker.round(app, round).await.is_busy() {
            continue;
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
