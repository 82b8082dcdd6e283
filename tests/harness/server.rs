//! The whole service inside the test process, on a fresh database and a random port.

use std::net::TcpListener;
use std::sync::{Arc, OnceLock};

use api::app::{self, App, Running};
use api::clock::Clock;
use api::config::{Config, Rates};
use api::failure::Failure;
use api::id_source::{CountedIds, IdSource};
use api::procedures::importing::{self, Import};
use api::procedures::posted::Posted;
use domain::ids::Id;
use persistence::{Seams, Store, Tx, procedures};
use secrecy::SecretString;

use crate::client::Client;
use crate::engine::{Engine, Ground, Site, block_on};
use crate::fixed_clock::{FixedClock, MONDAY_MORNING};

/// A running service. Time stands still at [`MONDAY_MORNING`] until a test moves it.
#[derive(Debug)]
pub struct TestServer {
    running: Running,
    clock: Arc<FixedClock>,
    site: Site,
}

impl TestServer {
    /// Starts with the configuration of [`TestServer::configuration`].
    pub fn start(engine: Engine) -> Self {
        Self::start_with(engine, |_| {})
    }

    /// Starts with a configuration that the test changes first.
    pub fn start_with(engine: Engine, change: impl FnOnce(&mut Config)) -> Self {
        let site = Site::like(template(engine));
        let mut config = Self::configuration(&site);
        change(&mut config);
        Self::on(site, config, MONDAY_MORNING, Seams::default())
    }

    /// Starts with something broken on purpose, for a test of what must notice it.
    pub fn wounded(engine: Engine, seams: Seams) -> Self {
        let site = Site::like(template(engine));
        let config = Self::configuration(&site);
        Self::on(site, config, MONDAY_MORNING, seams)
    }

    fn on(site: Site, config: Config, now: &str, seams: Seams) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let clock = Arc::new(FixedClock::at(now));
        let ids = Arc::new(CountedIds::default());
        Store::migrate(&config.database_url()).expect("the schema can be brought up to date");
        let settings = config.store_settings().expect("the field keys can be used");
        let store = Store::open_with(&settings, seams).expect("the database can be opened");
        let shipped = Import::of_shipped(clock.now(), Id::from_uuid(ids.uuid(clock.now())));
        let posted = catalogue_in_force(&store, shipped);
        let app = App::new(config, store, clock.clone(), ids, posted);
        let app = app.expect("the configuration can be used");
        let running = app::serve(app, listener).expect("the server starts");
        Self {
            running,
            clock,
            site,
        }
    }

    /// One worker, no metrics listener, everything on `site`; tokens hold for three years of
    /// the server's time, so that a test that moves the clock need not sign everybody in again.
    pub fn configuration(site: &Site) -> Config {
        let mut config = Config {
            metrics_listen: None,
            data_dir: site.data_directory(),
            database: site.database_url().map(SecretString::from),
            workers: Some(1),
            // Those of the second factor ask for it themselves.
            second_factor: false,
            // One test is many phones behind one address. Those of the limits set their own.
            rates: Rates {
                read: 1_000_000,
                write: 1_000_000,
                upload: 1_000_000,
                sign_in: 1_000_000,
                network_times: 1,
            },
            ..Config::default()
        };
        config.files.decoder = Some(decoder());
        config.sessions.access_token_seconds = 1200 * 24 * 60 * 60;
        // Likewise how long the proof holds that officers of the tests begin with.
        config.sessions.step_up_seconds = config.sessions.access_token_seconds;
        config.shutdown.announce_seconds = 0;
        config.shutdown.drain_seconds = 1;
        config
    }

    /// A second process, as it were, on the same database, keys and clock.
    pub fn twin(&self) -> Running {
        let app = self.app();
        let config = app.config.clone();
        let settings = config.store_settings().expect("the field keys can be used");
        let store = Store::open(&settings);
        let store = store.expect("the database can be opened twice");
        // Counted ones would be those of the first process again.
        let ids = Arc::new(api::id_source::RandomIds);
        let twin = App::new(config, store, self.clock.clone(), ids, app.posted());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let twin = twin.expect("the configuration can be used");
        app::serve(twin, listener).expect("the server starts")
    }

    /// Stops it in order and starts it again on the same site with the same configuration, a second of
    /// its own time later.
    pub async fn restarted(self) -> Self {
        let Self {
            running,
            clock,
            site,
        } = self;
        let config = running.app().config.clone();
        running.stop().await.expect("the server stops");
        // Identifiers are counted anew at each start: a later time keeps them apart.
        let now = clock.now().plus(chrono::TimeDelta::seconds(1)).rfc3339();
        Self::on(site, config, &now, Seams::default())
    }

    /// Where it answers, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://{}", self.running.address)
    }

    /// The time of the server.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }

    /// Its files and database.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What its requests reach.
    pub fn app(&self) -> &App {
        self.running.app()
    }

    /// The database, for what no operation shows.
    pub fn store(&self) -> &Store {
        &self.app().store
    }

    /// A client that has not signed in.
    pub fn nobody(&self) -> Client {
        Client::nobody(self.base())
    }
}

/// What a server has made of an empty site at its first start: schema, catalogue, keys. Made once per process and engine; each test gets a copy.
fn template(engine: Engine) -> &'static Site {
    static SQLITE: OnceLock<Site> = OnceLock::new();
    static POSTGRES: OnceLock<Site> = OnceLock::new();
    let template = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    template.get_or_init(|| {
        // The caller is inside a runtime, and a runtime cannot wait inside another.
        let first_start = std::thread::spawn(move || block_on(first_start(engine)));
        first_start.join().expect("the first start succeeds")
    })
}

/// A copy of what a server makes of an empty site: schema, catalogue, keys.
pub fn prepared_site(engine: Engine) -> Site {
    Site::like(template(engine))
}

/// The shipped catalogue, imported where there is none yet. Prepared once per process: compiling
/// its forms takes longer than most tests.
fn catalogue_in_force(store: &Store, shipped: Import) -> Arc<Posted> {
    static PREPARED: OnceLock<Arc<Posted>> = OnceLock::new();
    let work = move |tx: &mut Tx| -> Result<Option<Posted>, Failure> {
        if procedures::generation(tx)? == 0 {
            importing::import_catalogue(tx, &shipped)?.expect("the shipped files have no faults");
        }
        if PREPARED.get().is_some() {
            return Ok(None);
        }
        importing::load(tx)
    };
    let store = store.clone();
    let work = std::thread::spawn(move || block_on(store.write(work)));
    let fresh = work.join().expect("the import does not panic");
    let fresh = fresh.expect("the store answers");
    let prepare = || Arc::new(fresh.expect("a catalogue is in force"));
    Arc::clone(PREPARED.get_or_init(prepare))
}

async fn first_start(engine: Engine) -> Site {
    let site = Site::empty(engine);
    let config = TestServer::configuration(&site);
    // Identifiers are counted anew at each start: an earlier time keeps them apart.
    let server = TestServer::on(site, config, "2026-11-23T08:00:00+07:00", Seams::default());
    server.running.stop().await.expect("the server stops");
    server.site.closed().await;
    server.site
}

impl Ground for TestServer {
    async fn prepare(engine: Engine) -> Self {
        Self::start(engine)
    }

    /// The server stops in order.
    async fn finish(self) {
        self.running.stop().await.expect("the server stops");
    }
}

/// The program that looks into files: the process of the tests cannot be started again for it.
fn decoder() -> std::path::PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    // target/<profile>/deps/it-<hash>
    let profile = test.ancestors().nth(2).expect("tests run below target/");
    profile.join("wounded")
}
