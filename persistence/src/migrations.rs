//! The two migration folders: the same names, the same columns, one dialect each.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{
    connection::DbConnection,
    sealing::FieldKeys,
    seams::Seams,
    settings::{OpenError, Purpose, Target, unreachable},
    store::Store,
};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

impl Store {
    /// Brings the schema at this address up to date and returns the versions that were run.
    ///
    /// # Errors
    /// [`OpenError`] when the database cannot be reached, is unsafe, or a migration fails; a failed
    /// migration leaves the schema as it was before it.
    pub fn migrate(url: &str) -> Result<Vec<String>, OpenError> {
        let target = Target::parse(url);
        let mut tx = target.connect(Purpose::Writing, Seams::default(), FieldKeys::none())?;
        let run = match tx.conn() {
            DbConnection::Postgres(conn) => conn.run_pending_migrations(POSTGRES),
            DbConnection::Sqlite(conn) => conn.run_pending_migrations(SQLITE),
        };
        let run = run.map_err(|error| OpenError::Migration(error.to_string()))?;
        Ok(run.iter().map(ToString::to_string).collect())
    }
}

/// Refuses a schema older than this program.
pub(crate) fn none_pending(conn: &mut DbConnection) -> Result<(), OpenError> {
    let pending = match conn {
        DbConnection::Postgres(conn) => conn.has_pending_migration(POSTGRES),
        DbConnection::Sqlite(conn) => conn.has_pending_migration(SQLITE),
    };
    if pending.map_err(unreachable)? {
        return Err(OpenError::PendingMigrations);
    }
    Ok(())
}
