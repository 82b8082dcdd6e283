//! An application over an empty database, with a clock that tests move.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use actix_web::web;
use domain::{procedures::shipped, time::Time};
use persistence::Store;
use tempfile::TempDir;

use crate::{
    app::App, clock::Clock, config::Config, id_source::CountedIds, procedures::posted::Posted,
};

/// 2026-09-21T20:26:40+07:00.
const START: i64 = 1_790_000_000_000_000;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct StillClock(AtomicI64);

impl StillClock {
    /// Moves the clock on.
    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Time {
        Time::from_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// The application and what it stands on.
pub(crate) struct Fixture {
    pub(crate) app: web::Data<App>,
    pub(crate) clock: Arc<StillClock>,
    /// Dropped last: it takes the database with it.
    _folder: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        Store::migrate(&config.database_url()).unwrap();
        let store = Store::open(&config.store_settings().unwrap()).unwrap();
        let clock = Arc::new(StillClock(AtomicI64::new(START)));
        let shared: Arc<dyn Clock> = Arc::<StillClock>::clone(&clock);
        let posted = Posted::new(shipped().unwrap(), 1).unwrap();
        let app = App::new(
            config,
            store,
            shared,
            Arc::new(CountedIds::default()),
            posted,
        )
        .unwrap();
        Self {
            app: web::Data::new(app),
            clock,
            _folder: folder,
        }
    }
}
