//! The configuration: a TOML file, then `MOTCUA_*` variables, each field with a working default.

mod apps;
mod catalogue;
pub mod command;
mod files;
pub mod identity_provider;
mod kept;
mod keys;
pub mod load;
pub mod notices;
mod officer;
mod person;
mod rates;
pub mod redacted;
mod retention;
mod sealing_keys;
mod shutdown;
mod storage;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use persistence::{StoreSettings, sealing::FieldKeys};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

pub use apps::{AppVersion, Apps, Features};
pub use files::Files;
pub use identity_provider::IdentityProvider;
pub use kept::KeptMonths;
pub use notices::NoticeSettings;
pub use rates::Rates;
pub use retention::Retention;
pub use shutdown::Shutdown;
pub use storage::Storage;

use crate::auth::field_keys;

/// Everything that can be set. Unknown fields are refused, in the file and in the environment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the API listens.
    pub listen: SocketAddr,
    /// Where metrics are served; keep it off the public network. Empty: no metrics listener.
    pub metrics_listen: Option<SocketAddr>,
    /// The address clients use, for links and tokens (`iss`), without a slash at the end.
    pub public_url: String,
    /// The folder of keys, papers and the embedded database.
    pub data_dir: PathBuf,
    /// `postgres://…`, or the path of an SQLite file; `<data_dir>/motcua.db` when left out.
    pub database: Option<SecretString>,
    /// The file of the field keys; `<data_dir>/keys/field-keys.json` when left out.
    pub field_keys: Option<PathBuf>,
    /// Where the bytes of papers are kept.
    pub storage: Storage,
    /// How files are taken in and looked at.
    pub files: Files,
    /// Whether the demonstration set (officers, citizens) is loaded at start.
    pub demo: bool,
    /// Whether one-time codes are printed to the log. For development only.
    pub reveal_codes: bool,
    /// Whether officers must have a second factor. Whoever has set one shows it in any case.
    pub second_factor: bool,
    /// How a dossier's official code reads: `long` (2026 shape) or `short` (circular 01/2018).
    pub code_format: String,
    /// Tokens and one-time codes.
    pub sessions: Sessions,
    /// The identity provider that citizens may sign in at; none: by telephone only.
    pub identity_provider: Option<IdentityProvider>,
    /// The ways notices are sent; none: they are in the app's inbox only.
    pub notices: NoticeSettings,
    /// Proxies of ours, whose `X-Forwarded-For` is believed when sign-ins are limited by network.
    pub trusted_proxies: Vec<IpAddr>,
    /// Sizes of bodies.
    pub limits: Limits,
    /// How long the log of who read personal data is kept, in months: 12 at least, as systems of level 3
    /// must (decree 85/2016/NĐ-CP, circular 12/2022/TT-BTTTT).
    pub access_log_months: KeptMonths,
    /// How often one client may ask.
    pub rates: Rates,
    /// How wide the doors of the database are.
    pub lanes: Lanes,
    /// HTTP worker threads; the number of cores when left out.
    pub workers: Option<usize>,
    /// How long things are kept.
    pub retention: Retention,
    /// What apps are told of themselves.
    pub apps: Apps,
    /// How the process stops.
    pub shutdown: Shutdown,
    /// Which log lines are written, in the syntax of `tracing_subscriber::EnvFilter`.
    pub log: String,
}

/// Tokens and one-time codes; durations in seconds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    /// How long an access token holds.
    pub access_token_seconds: u32,
    /// How long a citizen's session lasts at most, however often it is refreshed.
    pub citizen_session_seconds: u32,
    /// How long an officer's session lasts at most, however often it is refreshed.
    pub officer_session_seconds: u32,
    /// How long a device may ask again for the successor of a refresh token it has spent.
    pub refresh_grace_seconds: u32,
    /// How long a one-time code holds.
    pub one_time_code_seconds: u32,
    /// How many wrong tries a one-time code survives.
    pub one_time_code_tries: u16,
    /// How long to wait before another code is sent to the same number.
    pub one_time_code_pause_seconds: u32,
    /// How long a proof of who an officer is counts as fresh for what asks for one.
    pub step_up_seconds: u32,
    /// How many password checks run at once; each holds 19 MiB.
    pub password_checks: usize,
    /// How many may wait for one of them; others are told to come again.
    pub password_queue: usize,
}

/// Sizes in bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// A JSON body, where the operation names no limit of its own.
    pub json_body: usize,
    /// One paper or result file.
    pub file: usize,
}

/// How wide the doors of the database are; each lane is a thread with a connection of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lanes {
    /// Lanes that read an embedded database.
    pub sqlite_readers: usize,
    /// How many writes may share one commit of an embedded database; 1 turns grouping off.
    pub writer_batch_max: usize,
    /// Lanes that read from PostgreSQL; more when it is a network away.
    pub postgres_readers: usize,
    /// Lanes that write to PostgreSQL; more when its disk is slow or it is a network away.
    pub postgres_writers: usize,
    /// Lanes for long reads.
    pub report_lanes: usize,
    /// How many requests may wait for a lane before others are sent away.
    pub queue: usize,
}

impl Config {
    /// Where the database is, how wide its doors are, and the keys of its sealed fields, made if there
    /// are none yet.
    ///
    /// # Errors
    /// When the keys cannot be read or made.
    pub fn store_settings(&self) -> anyhow::Result<StoreSettings> {
        let Lanes {
            sqlite_readers,
            writer_batch_max,
            postgres_readers,
            postgres_writers,
            report_lanes,
            queue,
        } = self.lanes;
        Ok(StoreSettings {
            url: self.database_url(),
            sqlite_readers,
            writer_batch_max,
            postgres_readers,
            postgres_writers,
            report_lanes,
            queue,
            keys: field_keys::open(self)?,
        })
    }

    /// Where the database is: as configured, else a file in the data directory. May hold a
    /// password.
    pub fn database_url(&self) -> String {
        self.database.as_ref().map_or_else(
            || self.data_dir.join("motcua.db").display().to_string(),
            |url| url.expose_secret().to_owned(),
        )
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: Some(SocketAddr::from(([127, 0, 0, 1], 9464))),
            public_url: "http://localhost:8080".to_owned(),
            data_dir: PathBuf::from("data"),
            database: None,
            field_keys: None,
            storage: Storage::Local { dir: None },
            files: Files::default(),
            demo: false,
            reveal_codes: false,
            second_factor: true,
            code_format: "long".to_owned(),
            sessions: Sessions::default(),
            identity_provider: None,
            notices: NoticeSettings::default(),
            trusted_proxies: Vec::new(),
            limits: Limits::default(),
            access_log_months: KeptMonths::default(),
            rates: Rates::default(),
            lanes: Lanes::default(),
            workers: None,
            retention: Retention::default(),
            apps: Apps::default(),
            shutdown: Shutdown::default(),
            log: "info".to_owned(),
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            access_token_seconds: 600,
            citizen_session_seconds: 30 * 24 * 60 * 60,
            officer_session_seconds: 12 * 60 * 60,
            refresh_grace_seconds: 10,
            one_time_code_seconds: 300,
            one_time_code_tries: 5,
            one_time_code_pause_seconds: 30,
            step_up_seconds: 300,
            password_checks: 2,
            password_queue: 32,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            json_body: 16 * 1024,
            file: 20 * 1024 * 1024,
        }
    }
}

impl Default for Lanes {
    fn default() -> Self {
        let StoreSettings {
            url: _,
            sqlite_readers,
            writer_batch_max,
            postgres_readers,
            postgres_writers,
            report_lanes,
            queue,
            keys: _,
        } = StoreSettings::new(String::new(), FieldKeys::none());
        Self {
            sqlite_readers,
            writer_batch_max,
            postgres_readers,
            postgres_writers,
            report_lanes,
            queue,
        }
    }
}
