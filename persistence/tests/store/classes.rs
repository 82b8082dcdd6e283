//! Every column has its class, and what points at a person lies sealed.

use std::collections::BTreeSet;

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use persistence::{
    StoreError,
    schema::classes::{CLASSES, Class, Classed},
};

use crate::{Fixture, on_postgres, sqlite, wait};

#[derive(Debug, Clone, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

fn columns() -> [Vec<Column>; 2] {
    let ask = |it: &Fixture, sql: &'static str| {
        let rows = it.store.read(move |tx| {
            let rows = sql_query(sql).load::<Column>(tx.conn());
            rows.map_err(StoreError::from)
        });
        wait(rows).unwrap()
    };
    [
        ask(
            &sqlite(),
            "SELECT m.name AS table_name, c.name AS name, c.type AS kind
             FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
             WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
               AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        ),
        ask(
            &on_postgres(),
            "SELECT table_name::text, column_name::text AS name, udt_name::text AS kind
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
        ),
    ]
}

fn class_of(column: &Column) -> Option<Class> {
    let Classed { class, others, .. } = CLASSES
        .iter()
        .find(|classed| classed.table == column.table_name)?;
    let other = others.iter().find(|(name, _)| *name == column.name);
    Some(other.map_or(*class, |(_, class)| *class))
}

#[test]
fn every_column_has_a_class_and_every_class_a_column() {
    for found in columns() {
        let unclassed: Vec<&Column> = found
            .iter()
            .filter(|column| class_of(column).is_none())
            .collect();
        assert!(unclassed.is_empty(), "{unclassed:?}");
        let there: BTreeSet<(&str, &str)> = found
            .iter()
            .map(|column| (column.table_name.as_str(), column.name.as_str()))
            .collect();
        for Classed { table, others, .. } in CLASSES {
            assert!(there.iter().any(|(name, _)| name == table), "{table}");
            for (column, _) in *others {
                assert!(there.contains(&(table, column)), "{table}.{column}");
            }
        }
    }
}

#[test]
fn what_points_at_a_person_is_sealed_bytes() {
    for found in columns() {
        let mut sealed = 0;
        for column in &found {
            if class_of(column) == Some(Class::Identifying) {
                assert!(
                    matches!(column.kind.as_str(), "BLOB" | "bytea"),
                    "{column:?}"
                );
                sealed += 1;
            }
        }
        assert!(sealed >= 9, "{sealed}");
    }
}

/// A column whose name tells what it holds cannot be classed away.
#[test]
fn a_column_named_after_a_person_is_at_least_personal() {
    let telling = [
        "phone",
        "birth",
        "full_name",
        "address",
        "applicant",
        "signer",
        "e_mail",
        "email",
    ];
    for column in columns().into_iter().flatten() {
        if telling.iter().any(|word| column.name.contains(word)) {
            assert!(class_of(&column) >= Some(Class::Personal), "{column:?}");
        }
    }
}
