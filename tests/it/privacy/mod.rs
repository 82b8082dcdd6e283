//! Field encryption over HTTP: what is sealed opens for its subject and for nobody else.

mod erasing;
mod exporting;
mod requests;
mod rights_timers;
mod rotating;
mod sealed;
mod tidying;
mod withdrawing;

use std::time::Duration;

use tests::engine::Site;
use uuid::Uuid;

/// What a statement shows in its first column, on either engine; nothing for one that shows nothing.
fn sql(site: &Site, statement: &str) -> String {
    if let Some(database) = site.database() {
        return database.query(statement).trim().to_owned();
    }
    let database = rusqlite::Connection::open(site.data_directory().join("motcua.db")).unwrap();
    database.busy_timeout(Duration::from_secs(10)).unwrap();
    let mut prepared = database.prepare(statement).unwrap();
    let mut rows = prepared.query([]).unwrap();
    match rows.next().unwrap() {
        Some(row) => row.get::<_, Option<String>>(0).unwrap().unwrap_or_default(),
        None => String::new(),
    }
}

/// An id as the engine's SQL writes it.
fn literal(site: &Site, id: &str) -> String {
    match site.database() {
        Some(_) => format!("'{id}'::uuid"),
        None => format!("X'{}'", Uuid::parse_str(id).unwrap().simple()),
    }
}

/// Bytes as the engine's SQL writes them.
fn bytes(site: &Site, bytes: &[u8]) -> String {
    let hex = api::dossiers::render::hex(bytes);
    match site.database() {
        Some(_) => format!("'\\x{hex}'::bytea"),
        None => format!("X'{hex}'"),
    }
}
