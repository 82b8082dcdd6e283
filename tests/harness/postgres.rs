//! One throw-away PostgreSQL server per test process, and a fresh database per test.
//!
//! The installed server is started on a Unix socket in a temporary directory, with durability on.
//! When the test process ends, however it ends, the server is stopped and the directory removed.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::afterwards;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The running server of this test process.
#[derive(Debug)]
pub struct Cluster {
    binaries: PathBuf,
    sockets: PathBuf,
    _watchdog: Child,
}

/// A database of one test; it is dropped with its owner.
#[derive(Debug)]
pub struct Database {
    name: String,
}

impl Database {
    /// The address in libpq's form.
    pub fn url(&self) -> String {
        Cluster::shared().url(&self.name)
    }

    /// The name inside the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs SQL and gives the rows as text, one per line, columns separated by `|`.
    pub fn query(&self, sql: &str) -> String {
        Cluster::shared().query(&self.name, sql)
    }

    /// The same, with what the server says against it.
    pub fn try_query(&self, sql: &str) -> Result<String, String> {
        Cluster::shared().try_query(&self.name, sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let cluster = Cluster::shared();
        let _ = cluster.try_query(
            "postgres",
            &format!("drop database {} with (force)", self.name),
        );
    }
}

/// A new empty database.
pub fn empty_database() -> Database {
    create("template0")
}

/// A new database with all that `template` holds. Nobody may be connected to `template`.
pub fn database_like(template: &Database) -> Database {
    create(&template.name)
}

fn create(template: &str) -> Database {
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    Cluster::shared().query(
        "postgres",
        &format!("create database {name} template {template}"),
    );
    Database { name }
}

impl Cluster {
    /// The server of this process, started at the first call.
    pub fn shared() -> &'static Self {
        CLUSTER.get_or_init(Self::start)
    }

    /// Where the server's own programs are (`pgbench`, `psql`).
    pub fn binaries(&self) -> &Path {
        &self.binaries
    }

    /// The address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user=postgres",
            self.sockets.display()
        )
    }

    /// The server's log; its lines begin with the time and the session's process in brackets.
    pub fn log(&self) -> PathBuf {
        self.sockets.join("log")
    }

    fn query(&self, database: &str, sql: &str) -> String {
        self.try_query(database, sql)
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn try_query(&self, database: &str, sql: &str) -> Result<String, String> {
        let output = Command::new(self.binaries.join("psql"))
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args([
                "--set",
                "ON_ERROR_STOP=1",
                "--dbname",
                &self.url(database),
                "--command",
                sql,
            ])
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout)
                .trim_end()
                .to_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    fn start() -> Self {
        let binaries = newest_binaries();
        let root = make_root();
        let watchdog = stop_afterwards(&binaries, &root);
        let data = root.join("data");
        finish(
            as_server_user(binaries.join("initdb"))
                .args(["--no-sync", "--auth=trust", "--username=postgres"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
                .arg(&data),
        );
        let mut start = as_server_user(binaries.join("pg_ctl"));
        start
            .args(["start", "--silent", "--wait", "--timeout=60", "--pgdata"])
            .arg(&data);
        start
            .arg("--log")
            .arg(root.join("log"))
            .arg("--options")
            .arg(options(&root));
        finish(&mut start);
        Self {
            binaries,
            sockets: root,
            _watchdog: watchdog,
        }
    }
}

/// Durability stays on, everything else is small: many short-lived databases on two cores.
fn options(root: &Path) -> String {
    [
        "listen_addresses=''",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_connections=200",
        "shared_buffers=64MB",
        "max_wal_size=1GB",
        "autovacuum=off",
        "jit=off",
        "timezone=UTC",
    ]
    .iter()
    .map(|setting| format!("-c {setting} "))
    .chain([format!("-c unix_socket_directories={}", root.display())])
    .collect()
}

fn stop_afterwards(binaries: &Path, root: &Path) -> Child {
    let switch = if is_root() {
        "runuser -u postgres -- "
    } else {
        ""
    };
    let stop = binaries.join("pg_ctl");
    let stop = format!(
        "{switch}'{}' stop --mode=immediate --silent",
        stop.display()
    );
    afterwards::remove(root, &format!("{stop} --pgdata '{}/data'", root.display()))
}

fn make_root() -> PathBuf {
    let directory = tempfile::Builder::new()
        .prefix("motcua-postgres-")
        .tempdir_in("/tmp")
        .expect("a temporary directory");
    // The watchdog removes it, not this process.
    let root = directory.keep();
    if is_root() {
        finish(Command::new("chown").arg("postgres").arg(&root));
    }
    root
}

fn as_server_user(program: impl AsRef<OsStr>) -> Command {
    let mut command = if is_root() {
        let mut runuser = Command::new("runuser");
        runuser.args(["-u", "postgres", "--"]).arg(program);
        runuser
    } else {
        Command::new(program)
    };
    command
        .process_group(0)
        .current_dir("/")
        .stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| {
        let output = Command::new("id").arg("-u").output().expect("id runs");
        output.stdout.trim_ascii() == b"0"
    })
}

fn newest_binaries() -> PathBuf {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    installed
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse::<u32>().ok()?;
            let binaries = entry.path().join("bin");
            binaries
                .join("initdb")
                .exists()
                .then_some((major, binaries))
        })
        .max()
        .map(|(_, binaries)| binaries)
        .expect("PostgreSQL is installed (scripts/setup test installs it)")
}

fn finish(command: &mut Command) {
    // pg_ctl leaves the server running with its streams: they must not be pipes of ours.
    let log = tempfile::NamedTempFile::new().expect("a log file");
    let status = command
        .stdout(log.reopen().expect("the log opens"))
        .stderr(log.reopen().expect("the log opens"))
        .status()
        .expect("the program starts");
    let said = std::fs::read_to_string(log.path()).unwrap_or_default();
    assert!(status.success(), "{command:?} failed: {said}");
}
