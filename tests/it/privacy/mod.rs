//! Field encryption over HTTP: what is sealed opens for its subject, and for an officer only where that is
//! written down.

mod disclosures;
mod draft_fields;
mod erasing;
mod exporting;
mod oracle;
mod purposes;
mod represented;
mod requests;
mod rights_timers;
mod rotating;
mod sealed;
mod searching;
mod tidying;
mod withdrawing;

use std::time::Duration;

use rusqlite::types::ValueRef;
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
        Some(row) => match row.get_ref(0).unwrap() {
            ValueRef::Null => String::new(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
            other @ (ValueRef::Real(_) | ValueRef::Blob(_)) => panic!("{statement}: {other:?}"),
        },
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
