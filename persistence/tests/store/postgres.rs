//! One PostgreSQL server per test process: installed binaries, a folder of its own, a socket.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use diesel::{Connection, RunQueryDsl, pg::PgConnection, sql_query};

struct Server {
    socket: PathBuf,
}

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub fn database() -> String {
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::establish(&SERVER.url("postgres")).unwrap();
    sql_query(format!("CREATE DATABASE {name}"))
        .execute(&mut admin)
        .unwrap();
    SERVER.url(&name)
}

fn newest_binaries() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is installed (apt install postgresql)")
        .map(|entry| entry.unwrap().path().join("bin"))
        .collect();
    versions.sort();
    versions.pop().unwrap()
}

impl Server {
    fn url(&self, database: &str) -> String {
        let socket = self.socket.display();
        format!("postgres:///{database}?host={socket}&user=postgres")
    }

    /// A shell holds the server; when this process ends, whichever way, its pipe closes and the
    /// shell stops the server and removes the folder.
    fn start() -> Self {
        let dir = tempfile::Builder::new()
            .prefix("pg")
            .tempdir()
            .unwrap()
            .keep();
        let bin = newest_binaries();
        let is_root = std::fs::metadata("/proc/self").map(|own| {
            use std::os::unix::fs::MetadataExt;
            own.uid() == 0
        });
        let script = format!(
            "set -e
             {bin}/initdb -D {dir}/data -U postgres -A trust -E UTF8 --locale=C >{dir}/initdb.log
             {bin}/postgres -D {dir}/data -k {dir} -h '' -c max_connections=200 >{dir}/log 2>&1 &
             pid=$!
             until {bin}/pg_isready -q -h {dir}; do kill -0 $pid; done
             touch {dir}/ready
             read -r _ || true
             kill -INT $pid; wait $pid || true; rm -rf {dir}",
            bin = bin.display(),
            dir = dir.display(),
        );
        let mut command = if is_root.unwrap_or(false) {
            let status = Command::new("chown").arg("postgres").arg(&dir).status();
            assert!(status.unwrap().success());
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", &script]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &script]);
            command
        };
        let shell = command
            .current_dir("/")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        wait_for(&dir.join("ready"), shell);
        Self { socket: dir }
    }
}

fn wait_for(ready: &Path, mut shell: std::process::Child) {
    while !ready.exists() {
        assert!(
            shell.try_wait().unwrap().is_none(),
            "PostgreSQL did not start"
        );
        std::thread::yield_now();
    }
    // The pipe stays open as long as this process lives.
    std::mem::forget(shell);
}
