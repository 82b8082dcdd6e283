//! Copies of the embedded engine's file, and the way back.
//!
//! PostgreSQL has tools of its own for this (`pg_basebackup`, `pg_dump`).

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use diesel::{
    Connection, ExpressionMethods, QueryDsl, QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Text},
    sqlite::SqliteConnection,
};
use thiserror::Error;

use crate::{schema::sequencer, settings::Target};

/// Why a copy was not made or not put back. The store is then as it was.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The address names PostgreSQL.
    #[error("PostgreSQL is backed up with its own tools (pg_basebackup, pg_dump)")]
    NotEmbedded,
    /// The target exists.
    #[error("{0} exists and is not overwritten without being told to")]
    Exists(PathBuf),
    /// Another process has the store open.
    #[error("the store is in use: stop the server first ({0})")]
    InUse(String),
    /// The file is damaged or is not one of ours.
    #[error("{path} is not a sound copy of the store: {finding}")]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        finding: String,
    },
    /// The file system refused.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The engine refused.
    #[error("{0}")]
    Engine(String),
}

/// What a sound copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The last place in the order of events.
    pub last_seq: i64,
    /// Size of the file in bytes.
    pub bytes: u64,
}

#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// Copies the store into a new file while it is in use: one consistent snapshot, on disk and
/// verified when this returns. The data keys stay behind ([`crate::sealing::wrapped_keys`]).
///
/// # Errors
/// [`BackupError`]; no file is left under the target's name.
pub fn backup(url: &str, to: &Path) -> Result<Summary, BackupError> {
    let from = embedded(url)?;
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let partial = beside(to, "partial");
    remove_if_there(&partial)?;
    let mut source = open(&from)?;
    source
        .batch_execute("PRAGMA busy_timeout = 5000;")
        .map_err(engine)?;
    sql_query("VACUUM INTO ?")
        .bind::<Text, _>(text(&partial)?)
        .execute(&mut source)
        .map_err(engine)?;
    let summary = without_keys(&partial).and_then(|()| settle(&partial, to));
    if summary.is_err() {
        remove_if_there(&partial)?;
    }
    summary
}

/// Takes the data keys out of a copy, bytes and all: a citizen's key that is deleted later would live
/// on in it. Nobody else knows the file yet, so it needs no journal.
fn without_keys(copy: &Path) -> Result<(), BackupError> {
    open(copy)?
        .batch_execute(
            "PRAGMA journal_mode = OFF;
             DELETE FROM subject_keys;
             VACUUM;",
        )
        .map_err(engine)
}

/// Puts a copy in the store's place: verified first, swapped in one step. The server must not run. On a
/// fresh machine the folder is made too.
///
/// # Errors
/// [`BackupError`]; the store is then as it was.
pub fn restore(from: &Path, url: &str, overwrite: bool) -> Result<Summary, BackupError> {
    let to = embedded(url)?;
    verify(from)?;
    fs::create_dir_all(folder(&to))?;
    if let Some(there) = whats_there(&to) {
        if !overwrite {
            return Err(BackupError::Exists(there));
        }
        if to.exists() {
            fold(&to)?;
        }
        remove_logs(&to)?;
    }
    let restoring = beside(&to, "restoring");
    fs::copy(from, &restoring)?;
    let summary = settle(&restoring, &to);
    if summary.is_err() {
        remove_if_there(&restoring)?;
    }
    summary
}

/// Checks that a file is sound and is one of ours.
///
/// # Errors
/// [`BackupError::Unsound`] with the first finding.
pub fn verify(path: &Path) -> Result<Summary, BackupError> {
    let unsound = |finding: String| BackupError::Unsound {
        path: path.to_owned(),
        finding,
    };
    let bytes = fs::metadata(path)?.len();
    let mut copy = open(path)?;
    let found: Vec<Finding> =
        sql_query("SELECT integrity_check AS value FROM pragma_integrity_check")
            .load(&mut copy)
            .map_err(|error| unsound(error.to_string()))?;
    if let Some(Finding { value }) = found.into_iter().find(|finding| finding.value != "ok") {
        return Err(unsound(value));
    }
    let broken: Count = sql_query("SELECT count(*) AS value FROM pragma_foreign_key_check")
        .get_result(&mut copy)
        .map_err(|error| unsound(error.to_string()))?;
    if broken.value != 0 {
        return Err(unsound(format!("{} broken references", broken.value)));
    }
    let last_seq = sequencer::table
        .filter(sequencer::id.eq(1))
        .select(sequencer::last_seq)
        .first(&mut copy)
        .map_err(|error| unsound(error.to_string()))?;
    Ok(Summary { last_seq, bytes })
}

/// Verifies a finished file, brings it to the disk and gives it its name, in that order.
fn settle(file: &Path, name: &Path) -> Result<Summary, BackupError> {
    let summary = verify(file)?;
    File::open(file)?.sync_all()?;
    fs::rename(file, name)?;
    File::open(folder(name))?.sync_all()?;
    Ok(summary)
}

fn folder(name: &Path) -> &Path {
    match name.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// The files the engine keeps beside a store and plays over whatever has the store's name.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

fn logs_of(store: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    LOGS.iter().map(|ending| {
        let mut name = store.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// The store, or what is left of one whose file is gone: its logs may hold the last answered writes,
/// and would be played over the copy.
fn whats_there(store: &Path) -> Option<PathBuf> {
    let mut files = std::iter::once(store.to_owned()).chain(logs_of(store));
    files.find(|file| file.exists())
}

/// Removes the logs for good before the copy takes the name: after a power cut in between there must
/// not be both.
fn remove_logs(store: &Path) -> Result<(), BackupError> {
    for log in logs_of(store) {
        remove_if_there(&log)?;
    }
    File::open(folder(store))?.sync_all()?;
    Ok(())
}

/// Takes the store for itself and folds its log into the file: a log left behind would be played
/// over the file that takes its place.
fn fold(path: &Path) -> Result<(), BackupError> {
    let mut store = open(path)?;
    store
        .batch_execute(
            "PRAGMA locking_mode = EXCLUSIVE;
             BEGIN EXCLUSIVE; COMMIT;
             PRAGMA journal_mode = DELETE;",
        )
        .map_err(|error| BackupError::InUse(error.to_string()))?;
    // The engine removes what it holds to itself when it lets go.
    drop(store);
    match logs_of(path).find(|log| log.exists()) {
        Some(log) => Err(BackupError::InUse(format!(
            "{} is still there",
            log.display()
        ))),
        None => Ok(()),
    }
}

fn embedded(url: &str) -> Result<PathBuf, BackupError> {
    match Target::parse(url) {
        Target::Sqlite(path) => Ok(PathBuf::from(path)),
        Target::Postgres(_) => Err(BackupError::NotEmbedded),
    }
}

/// Opens a file that must be there: the engine would make an empty one.
fn open(path: &Path) -> Result<SqliteConnection, BackupError> {
    fs::metadata(path)?;
    SqliteConnection::establish(text(path)?).map_err(|error| BackupError::Engine(error.to_string()))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn text(path: &Path) -> Result<&str, BackupError> {
    path.to_str()
        .ok_or_else(|| BackupError::Engine("the path is not UTF-8".to_owned()))
}

fn engine(error: impl std::fmt::Display) -> BackupError {
    BackupError::Engine(error.to_string())
}
