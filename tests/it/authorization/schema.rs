//! The schema as the live database has it, on either engine.

use std::collections::BTreeSet;

use tests::engine::Site;

/// What the database says to a query, one text per row. The two engines are asked each in its own
/// words.
fn asked(site: &Site, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    if let Some(database) = site.database() {
        let rows = database.query(postgres);
        return rows.lines().map(str::to_owned).collect();
    }
    let connection = embedded(site);
    let mut query = connection.prepare(sqlite).unwrap();
    let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn embedded(site: &Site) -> rusqlite::Connection {
    let file = site.data_directory().join("motcua.db");
    let connection = rusqlite::Connection::open(file).unwrap();
    connection
        .execute_batch("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;")
        .unwrap();
    connection
}

/// Runs a statement behind the server's back: what the engine says against it.
pub(super) fn refusal(site: &Site, sql: &str) -> String {
    let outcome = site.database().map_or_else(
        || {
            let changed = embedded(site).execute(sql, []);
            changed.map(drop).map_err(|error| error.to_string())
        },
        |database| database.try_query(sql).map(drop),
    );
    outcome
        .err()
        .unwrap_or_else(|| panic!("carried out: {sql}"))
}

/// Whether this is the engine's word for a broken reference.
pub(super) fn is_broken_reference(said: &str) -> bool {
    said.contains("FOREIGN KEY constraint failed")
        || said.contains("violates foreign key constraint")
}

/// Whether this is the engine's word for a row that contradicts itself.
pub(super) fn is_broken_rule(said: &str) -> bool {
    said.contains("CHECK constraint failed") || said.contains("violates check constraint")
}

/// An id as the engine writes it.
pub(super) fn id(site: &Site, id: uuid::Uuid) -> String {
    match site.database() {
        Some(_) => format!("'{id}'::uuid"),
        None => format!("x'{}'", id.simple()),
    }
}

/// Every foreign key, as `child(columns) -> parent(columns)`.
pub(super) fn foreign_keys(site: &Site) -> BTreeSet<String> {
    asked(
        site,
        "SELECT m.name || '(' || group_concat(f.\"from\", ',' ORDER BY f.seq) || ') -> '
                || f.\"table\" || '(' || group_concat(f.\"to\", ',' ORDER BY f.seq) || ')'
         FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f
         WHERE m.type = 'table' GROUP BY m.name, f.id, f.\"table\"",
        "SELECT c.conrelid::regclass || '('
                || (SELECT string_agg(a.attname, ',' ORDER BY k.place)
                    FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place)
                    JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.number)
                || ') -> ' || c.confrelid::regclass || '('
                || (SELECT string_agg(a.attname, ',' ORDER BY k.place)
                    FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place)
                    JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.number)
                || ')'
         FROM pg_constraint AS c
         WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace",
    )
}

/// The name of every column of every table of ours.
pub(super) fn columns(site: &Site) -> BTreeSet<String> {
    asked(
        site,
        "SELECT DISTINCT c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        "SELECT DISTINCT column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    )
}
