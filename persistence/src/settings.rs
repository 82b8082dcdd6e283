//! Where the store is, how wide its lanes are, and how a connection is made ready.

use diesel::{
    Connection, connection::SimpleConnection, pg::PgConnection, sqlite::SqliteConnection,
};
use thiserror::Error;

use crate::{checks, connection::DbConnection, sealing::FieldKeys, seams::Seams, tx::Tx};

/// Where the store is and how many lanes it has.
#[derive(Clone)]
pub struct StoreSettings {
    /// A path (`data/motcua.db`, optionally after `sqlite:`) or a `postgres://` address.
    pub url: String,
    /// Lanes that read a SQLite file. Two saturate two cores.
    pub sqlite_readers: usize,
    /// How many writes may share one SQLite commit; 1 turns grouping off.
    pub writer_batch_max: usize,
    /// Lanes that read from PostgreSQL. About two per core of the machine both run on; more when the
    /// database is a network away.
    pub postgres_readers: usize,
    /// Lanes that write to PostgreSQL. Most of a write is waiting for the disk, where writes that
    /// wait together are flushed together.
    pub postgres_writers: usize,
    /// Lanes for long reads, so that a report never stands in the way of a phone.
    pub report_lanes: usize,
    /// How many jobs may wait before a door answers [`StoreError::Unavailable`].
    ///
    /// [`StoreError::Unavailable`]: crate::StoreError::Unavailable
    pub queue: usize,
    /// The keys of sealed fields.
    pub keys: FieldKeys,
}

impl StoreSettings {
    /// The defaults for a store at this address, whose fields are sealed under these keys.
    pub fn new(url: impl Into<String>, keys: FieldKeys) -> Self {
        Self {
            url: url.into(),
            sqlite_readers: 2,
            writer_batch_max: 64,
            postgres_readers: 4,
            postgres_writers: 8,
            report_lanes: 1,
            queue: 1024,
            keys,
        }
    }
}

impl std::fmt::Debug for StoreSettings {
    /// Without the keys, and without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreSettings")
            .field("sqlite_readers", &self.sqlite_readers)
            .field("writer_batch_max", &self.writer_batch_max)
            .field("postgres_readers", &self.postgres_readers)
            .field("postgres_writers", &self.postgres_writers)
            .field("report_lanes", &self.report_lanes)
            .field("queue", &self.queue)
            .finish_non_exhaustive()
    }
}

/// Why a store cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// No connection could be made.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The engine runs with a setting under which acknowledged writes can be lost or rows break.
    #[error("unsafe setting {name}={found}: {name} must be {wanted}")]
    Unsafe {
        /// The engine's name of the setting.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// The schema is older than this program.
    #[error("the schema is not up to date: run the migrations (motcua migrate)")]
    PendingMigrations,
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(String),
    /// A setting of ours makes no sense.
    #[error("{0}")]
    Setting(&'static str),
}

/// Which engine an address names.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A `postgres://` address.
    Postgres(String),
    /// The path of a SQLite file.
    Sqlite(String),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Reading,
    Writing,
    Checkpoints,
}

impl Target {
    pub(crate) fn parse(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::Postgres(url.to_owned());
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        Self::Sqlite(path.to_owned())
    }

    /// A connection ready for its purpose, its settings checked.
    pub(crate) fn connect(
        &self,
        purpose: Purpose,
        seams: Seams,
        keys: FieldKeys,
    ) -> Result<Tx, OpenError> {
        let mut conn = match self {
            Self::Postgres(url) => DbConnection::Postgres(postgres(url)?),
            Self::Sqlite(path) => DbConnection::Sqlite(sqlite(path, purpose, seams)?),
        };
        checks::safe(&mut conn, seams)?;
        Ok(Tx::new(conn, seams, keys, purpose == Purpose::Writing))
    }
}

pub(crate) fn unreachable(error: impl std::fmt::Display) -> OpenError {
    OpenError::Unreachable(error.to_string())
}

fn postgres(url: &str) -> Result<PgConnection, OpenError> {
    let mut conn = PgConnection::establish(url).map_err(unreachable)?;
    // Lanes keep a transaction without a snapshot open between reads, and nothing may cut a COMMIT
    // that waits for a standby: it would be visible and yet not safe.
    conn.batch_execute(
        "SET idle_in_transaction_session_timeout = 0;
         SET statement_timeout = 0;
         SET TIME ZONE 'UTC';
         SET default_transaction_isolation = 'read committed';
         SET client_min_messages = 'error';",
    )
    .map_err(unreachable)?;
    // Deadlocks are told by their text. Only a superuser may choose its language.
    if conn.batch_execute("SET lc_messages = 'C'").is_err() {
        tracing::debug!("lc_messages stays as the server has it");
    }
    Ok(conn)
}

fn sqlite(path: &str, purpose: Purpose, seams: Seams) -> Result<SqliteConnection, OpenError> {
    let mut conn = SqliteConnection::establish(path).map_err(unreachable)?;
    let synchronous = if seams.is_synchronous_normal() {
        "NORMAL"
    } else {
        "FULL"
    };
    // busy_timeout comes first: threads that open a file at once race for the change to WAL.
    let mut pragmas = format!(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = {synchronous};
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 0;"
    );
    // What is not in a lane's own pages is copied out of the system's at each read.
    pragmas.push_str(match purpose {
        Purpose::Reading => "PRAGMA cache_size = -20480; PRAGMA query_only = ON;",
        Purpose::Writing => "PRAGMA cache_size = -8192;",
        Purpose::Checkpoints => "PRAGMA cache_size = -1024;",
    });
    conn.batch_execute(&pragmas).map_err(unreachable)?;
    Ok(conn)
}
