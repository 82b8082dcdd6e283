//! Refuses to run where an acknowledged write could be lost or a row could break.

use diesel::{QueryableByName, RunQueryDsl, pg::PgConnection, sql_query, sql_types::Text};

use crate::{
    connection::DbConnection,
    seams::Seams,
    settings::{OpenError, unreachable},
};

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

struct Rule {
    name: &'static str,
    allowed: &'static [&'static str],
    wanted: &'static str,
}

const POSTGRES: [Rule; 5] = [
    Rule {
        name: "fsync",
        allowed: &["on"],
        wanted: "on",
    },
    Rule {
        name: "full_page_writes",
        allowed: &["on"],
        wanted: "on",
    },
    Rule {
        name: "synchronous_commit",
        allowed: &["on", "remote_apply"],
        wanted: "on or remote_apply",
    },
    Rule {
        name: "server_encoding",
        allowed: &["UTF8"],
        wanted: "UTF8",
    },
    Rule {
        name: "session_replication_role",
        allowed: &["origin"],
        wanted: "origin, because others switch foreign keys off",
    },
];

const SQLITE: [Rule; 3] = [
    Rule {
        name: "journal_mode",
        allowed: &["wal"],
        wanted: "wal",
    },
    Rule {
        name: "foreign_keys",
        allowed: &["1"],
        wanted: "1",
    },
    Rule {
        name: "synchronous",
        allowed: &["2", "3"],
        wanted: "2 (FULL) or 3 (EXTRA)",
    },
];

/// Checks what the engine really runs with.
pub(crate) fn safe(conn: &mut DbConnection, seams: Seams) -> Result<(), OpenError> {
    match conn {
        DbConnection::Postgres(conn) => POSTGRES
            .iter()
            .try_for_each(|rule| obeyed(rule, postgres_setting(conn, rule.name)?)),
        DbConnection::Sqlite(conn) => SQLITE
            .iter()
            .filter(|rule| !(seams.is_synchronous_normal() && rule.name == "synchronous"))
            .try_for_each(|rule| {
                let name = rule.name;
                let found: Setting = sql_query(format!(
                    "SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}"
                ))
                .get_result(conn)
                .map_err(unreachable)?;
                obeyed(rule, found.value)
            }),
    }
}

fn postgres_setting(conn: &mut PgConnection, name: &str) -> Result<String, OpenError> {
    sql_query(format!("SELECT current_setting('{name}') AS value"))
        .get_result::<Setting>(conn)
        .map(|found| found.value)
        .map_err(unreachable)
}

fn obeyed(rule: &Rule, found: String) -> Result<(), OpenError> {
    if rule.allowed.contains(&found.as_str()) {
        return Ok(());
    }
    Err(OpenError::Unsafe {
        name: rule.name,
        found,
        wanted: rule.wanted,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing step fails the test")]
    use diesel::{Connection, connection::SimpleConnection, sqlite::SqliteConnection};

    use super::*;

    #[test]
    fn sqlite_without_durability_or_foreign_keys_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("db").to_str().unwrap().to_owned();
        for (pragmas, wrong) in [
            (
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL",
                None,
            ),
            (
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=EXTRA",
                None,
            ),
            (
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL",
                Some("synchronous"),
            ),
            (
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF",
                Some("synchronous"),
            ),
            (
                "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF; PRAGMA synchronous=FULL",
                Some("foreign_keys"),
            ),
            (
                "PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL",
                Some("journal_mode"),
            ),
        ] {
            let mut conn = SqliteConnection::establish(&path).unwrap();
            conn.batch_execute(pragmas).unwrap();
            let mut conn = DbConnection::Sqlite(conn);
            let refused = match safe(&mut conn, Seams::default()) {
                Ok(()) => None,
                Err(OpenError::Unsafe { name, .. }) => Some(name),
                Err(other) => panic!("{other}"),
            };
            assert_eq!(refused, wrong, "{pragmas}");
        }
    }
}
