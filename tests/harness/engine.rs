//! The two database engines, and the macro that runs one test on each.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{afterwards, postgres};

/// A database engine the product supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded one, the default.
    Sqlite,
    /// The server, through `DATABASE_URL`.
    Postgres,
}

impl Engine {
    /// Both, in the order they are tested.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A place on disk and a database, both empty at first, both removed with this value.
#[derive(Debug)]
pub struct Site {
    engine: Engine,
    directory: TempDir,
    database: Option<postgres::Database>,
}

impl Site {
    /// A data directory and, on PostgreSQL, a database with nothing in it.
    pub fn empty(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::empty_database()),
        };
        Self {
            engine,
            directory: new_directory(),
            database,
        }
    }

    /// A copy of `template`, which nothing may have open.
    pub fn like(template: &Self) -> Self {
        let site = Self {
            engine: template.engine,
            directory: new_directory(),
            database: template.database.as_ref().map(postgres::database_like),
        };
        copy_files(template.directory.path(), site.directory.path());
        site
    }

    /// Waits until nobody has the embedded database open: the last connection removes its log, and
    /// that may be on a thread that ends after the server has stopped.
    pub async fn closed(&self) {
        let log = self.directory.path().join("motcua.db-wal");
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while log.exists() {
            assert!(
                std::time::Instant::now() < patience,
                "the database stays open"
            );
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// The engine of this site.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where papers, keys and the embedded database live.
    pub fn data_directory(&self) -> PathBuf {
        self.directory.path().to_path_buf()
    }

    /// `DATABASE_URL`, on PostgreSQL only.
    pub fn database_url(&self) -> Option<String> {
        self.database.as_ref().map(postgres::Database::url)
    }

    /// The server's database, on PostgreSQL only.
    pub fn database(&self) -> Option<&postgres::Database> {
        self.database.as_ref()
    }
}

fn new_directory() -> TempDir {
    let builder = tempfile::Builder::new()
        .prefix("site-")
        .tempdir_in(scratch());
    builder.expect("a temporary directory")
}

/// This process's place for sites, removed when it ends: a killed test drops nothing, and a
/// template is never dropped.
fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<(PathBuf, Child)> = OnceLock::new();
    let (scratch, _) = SCRATCH.get_or_init(|| {
        let builder = tempfile::Builder::new().prefix("motcua-tests-").tempdir();
        let scratch = builder.expect("a temporary directory").keep();
        let remover = afterwards::remove(&scratch, ":");
        (scratch, remover)
    });
    scratch
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from)
        .expect("the template can be read")
        .flatten()
    {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a directory can be made");
            copy_files(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// What a test stands on: made before it, looked over after it.
pub trait Ground: Sized {
    /// Makes it on this engine.
    fn prepare(engine: Engine) -> impl Future<Output = Self>;

    /// What must hold when the test has ended well.
    fn finish(self) -> impl Future<Output = ()>;
}

impl Ground for Site {
    async fn prepare(engine: Engine) -> Self {
        Self::empty(engine)
    }

    async fn finish(self) {}
}

/// Runs one test on one engine; [`crate::on_both_engines!`] calls it.
pub fn run<G: Ground>(engine: Engine, story: impl AsyncFnOnce(&G)) {
    block_on(async {
        let ground = G::prepare(engine).await;
        story(&ground).await;
        ground.finish().await;
    });
}

/// Runs a future to its end on a runtime of its own.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(future)
}

/// Declares each test twice, as `<name>::on_sqlite` and `<name>::on_postgres`.
///
/// The parameter's type says what the test stands on, any [`Ground`]: a `Site` (an empty database)
/// or a `TestServer` (the whole service with the shipped catalogue).
///
/// ```ignore
/// on_both_engines! {
///     async fn a_draft_is_made_once(server: &TestServer) {
///         let citizen = server.citizen().await;
///         ..
///     }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($ground:ident : &$kind:ty) $body:block )+) => { $(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($ground: &$kind) $body

            #[test]
            fn on_sqlite() {
                $crate::engine::run::<$kind>($crate::engine::Engine::Sqlite, story);
            }

            #[test]
            fn on_postgres() {
                $crate::engine::run::<$kind>($crate::engine::Engine::Postgres, story);
            }
        }
    )+ };
}
