//! The real binary as a child process, to be killed and started again.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::afterwards;
use crate::engine::Site;

/// How long a start may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// The binary under test, built once per test process in the profile the tests run in, with the
/// features it is shipped with and no others. `unified` only keeps cargo from compiling every library once more.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build)
}

fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    // target/<profile>/deps/it-<hash>
    let profile = test
        .ancestors()
        .nth(2)
        .expect("tests run below target/")
        .to_path_buf();
    let release = profile.ends_with("release");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "api",
            "--package",
            "unified",
            "--bin",
            "motcua",
        ])
        .args(release.then_some("--release"))
        .current_dir(crate::root())
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // A copy: another build may replace the file while tests run.
    let copies = profile.join("under-test");
    std::fs::create_dir_all(&copies).expect("a directory below target/");
    let copy = copies.join(format!("motcua-{}", std::process::id()));
    std::fs::copy(profile.join("motcua"), &copy).expect("the binary was built");
    remove_stale(&copies);
    copy
}

/// Copies of test processes that are gone.
fn remove_stale(copies: &Path) {
    for entry in std::fs::read_dir(copies).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.rsplit('-').next());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// How to start the binary.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Words before the binary, such as `strace -f -o file`.
    pub wrapper: Vec<String>,
    /// More environment, after the harness's own.
    pub environment: Vec<(String, String)>,
    /// Another binary than [`binary`].
    pub binary: Option<PathBuf>,
}

/// A running `motcua serve`. It is killed with this value.
#[derive(Debug)]
pub struct Process {
    child: Child,
    // Kills it when this process is killed.
    guard: Child,
    address: SocketAddr,
    ready_after: Duration,
}

impl Process {
    /// Starts the server on `site` and waits until it says it is ready.
    pub fn start(site: &Site, start: &Start) -> Self {
        let address = free_address();
        // The first call builds the binary: that is not part of the start.
        let mut command = command(site, start, address);
        let began = Instant::now();
        let child = command.spawn().expect("the binary starts");
        let mut process = Self {
            guard: afterwards::end(child.id()),
            child,
            address,
            ready_after: Duration::ZERO,
        };
        while !is_ready(address) {
            if let Some(status) = process.child.try_wait().expect("the child can be asked") {
                panic!(
                    "the server ended before it was ready: {status}\n{}",
                    log_of(site)
                );
            }
            assert!(began.elapsed() < PATIENCE, "not ready: {}", log_of(site));
            std::thread::sleep(Duration::from_millis(2));
        }
        process.ready_after = began.elapsed();
        process
    }

    /// Where it answers, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From the start of the process to the first `200` of `/readyz`.
    pub fn ready_after(&self) -> Duration {
        self.ready_after
    }

    /// The process id: of the wrapper, if there is one.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`, without any warning.
    pub fn kill(mut self) {
        self.child.kill().expect("the child is still there");
        self.child.wait().expect("the child can be waited for");
    }

    /// Asks it to stop (SIGTERM) and waits; gives whether it ended with success.
    pub fn stop(mut self) -> bool {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(
            asked.expect("kill runs").success(),
            "the server was gone already"
        );
        self.child
            .wait()
            .expect("the child can be waited for")
            .success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(site: &Site, start: &Start, address: SocketAddr) -> Command {
    let binary = start.binary.as_deref().unwrap_or_else(|| self::binary());
    let mut words = start.wrapper.iter();
    let mut command = match words.next() {
        Some(wrapper) => {
            let mut command = Command::new(wrapper);
            command.args(words).arg(binary);
            command
        }
        None => Command::new(binary),
    };
    // The tests' own variables are not the server's: it refuses what it does not know.
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"MOTCUA_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
        .arg("serve")
        .current_dir(site.data_directory())
        .env("MOTCUA_LISTEN", address.to_string())
        .env("MOTCUA_METRICS_LISTEN", "127.0.0.1:0")
        .env("MOTCUA_DATA_DIR", site.data_directory())
        .env("MOTCUA_SECOND_FACTOR", "false")
        // One test is many phones behind one address. Those of the limits set their own.
        .env("MOTCUA_RATES__NETWORK_TIMES", "10000")
        .env("MOTCUA_RATES__READ", "1000000")
        .env("MOTCUA_RATES__WRITE", "1000000")
        .env("MOTCUA_RATES__UPLOAD", "1000000")
        .envs(site.database_url().map(|url| ("DATABASE_URL", url)))
        .envs(start.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(log(site))
        .stderr(log(site));
    command
}

/// What the server has printed and logged on this site since its first start.
pub fn log_of(site: &Site) -> String {
    std::fs::read_to_string(log_file(site)).unwrap_or_default()
}

fn log_file(site: &Site) -> PathBuf {
    site.data_directory().join("server.log")
}

fn log(site: &Site) -> File {
    File::options()
        .create(true)
        .append(true)
        .open(log_file(site))
        .expect("a log file")
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("the listener has an address")
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(200))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
