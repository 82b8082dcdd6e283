//! One connection type over both engines.

use diesel::{pg::PgConnection, sqlite::SqliteConnection};

/// A connection to whichever engine the store runs on; queries are written once against it.
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    /// A PostgreSQL session.
    Postgres(PgConnection),
    /// An open SQLite file.
    Sqlite(SqliteConnection),
}
