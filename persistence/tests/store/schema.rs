//! The two migration folders describe one schema, and constraint names follow one rule.

use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};
use persistence::{StoreError, constraint_of};

use crate::{Fixture, on_postgres, sqlite, wait};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    columns: String,
    #[diesel(sql_type = BigInt)]
    is_unique: i64,
    #[diesel(sql_type = BigInt)]
    is_partial: i64,
}

fn ask<T>(it: &Fixture, sql: &'static str) -> Vec<T>
where
    T: QueryableByName<<persistence::DbConnection as diesel::Connection>::Backend>
        + Send
        + Ord
        + 'static,
{
    let mut rows = wait(it.store.read(move |tx| {
        sql_query(sql)
            .load::<T>(tx.conn())
            .map_err(StoreError::from)
    }))
    .unwrap();
    rows.sort();
    rows
}

#[test]
fn the_two_schemas_agree_column_by_column() {
    let postgres: Vec<Column> = ask(
        &on_postgres(),
        "SELECT table_name::text, column_name::text AS name, udt_name::text AS kind,
                (is_nullable = 'NO')::int::bigint AS required
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    );
    let expected: Vec<Column> = postgres
        .into_iter()
        .map(|column| Column {
            kind: match column.kind.as_str() {
                "uuid" | "bytea" => "BLOB",
                "int4" | "int8" | "timestamptz" | "bool" => "INTEGER",
                "text" | "json" | "date" => "TEXT",
                other => panic!("{}.{} is a {other}", column.table_name, column.name),
            }
            .to_owned(),
            ..column
        })
        .collect();
    let found: Vec<Column> = ask(
        &sqlite(),
        "SELECT m.name AS table_name, c.name AS name, c.type AS kind,
                (c.\"notnull\" OR c.pk > 0) AS required
         FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
           AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    );
    assert!(found.len() > 50);
    assert_eq!(found, expected);
}

#[test]
fn every_table_of_the_embedded_engine_is_strict() {
    let loose: Vec<Index> = ask(
        &sqlite(),
        "SELECT t.name AS table_name, '' AS name, '' AS columns, 0 AS is_unique, 0 AS is_partial
         FROM pragma_table_list AS t
         WHERE t.type = 'table' AND t.strict = 0 AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    );
    assert_eq!(loose, []);
}

const POSTGRES_INDEXES: &str = "
    SELECT t.relname::text AS table_name, i.relname::text AS name,
           (SELECT string_agg(a.attname, ',' ORDER BY k.place)
            FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)
            JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number)::text AS columns,
           x.indisunique::int::bigint AS is_unique, (x.indpred IS NOT NULL)::int::bigint AS is_partial
    FROM pg_index AS x
    JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_%'";

const SQLITE_INDEXES: &str = "
    SELECT m.name AS table_name, i.name AS name,
           (SELECT group_concat(name, ',') FROM
             (SELECT c.name FROM pragma_index_info(i.name) AS c ORDER BY c.seqno)) AS columns,
           i.\"unique\" AS is_unique, i.partial AS is_partial
    FROM sqlite_schema AS m JOIN pragma_index_list(m.name) AS i
    WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

/// Indexes that hold what a list shows only on SQLite, which reads each row of a table from another page
/// through a small cache; PostgreSQL reads the rows as fast and would pay at every change.
const OF_ONE_ENGINE: [&str; 2] = ["dossiers_owner", "obligations_due"];

#[test]
fn the_two_schemas_agree_on_their_indexes() {
    let shape = |index: Index| {
        let Index {
            table_name,
            name: index_name,
            columns,
            is_unique,
            is_partial,
        } = index;
        // The engines name what constraints make by themselves; ours keep their name.
        let name = if is_unique == 1 {
            String::new()
        } else {
            index_name
        };
        (table_name, columns, is_unique, is_partial, name)
    };
    let mut expected: Vec<_> = ask::<Index>(&on_postgres(), POSTGRES_INDEXES)
        .into_iter()
        .map(shape)
        .collect();
    // The row id of SQLite is no index of its own.
    expected.retain(|(table, ..)| table != "sequencer" && table != "catalogue_state");
    expected.sort();
    let mut found: Vec<_> = ask::<Index>(&sqlite(), SQLITE_INDEXES)
        .into_iter()
        .map(shape)
        .collect();
    found.sort();
    for shapes in [&mut found, &mut expected] {
        shapes.retain(|(.., name)| !OF_ONE_ENGINE.contains(&name.as_str()));
    }
    assert_eq!(found, expected);
}

#[test]
fn the_rule_for_constraint_names_is_that_of_postgresql() {
    let unique: Vec<Index> = ask(&on_postgres(), POSTGRES_INDEXES);
    let unique: Vec<_> = unique
        .into_iter()
        .filter(|index| index.is_unique == 1)
        .collect();
    assert!(unique.len() > 8);
    for index in unique {
        let columns: Vec<String> = index
            .columns
            .split(',')
            .map(|column| format!("{}.{column}", index.table_name))
            .collect();
        let told = format!("UNIQUE constraint failed: {}", columns.join(", "));
        assert_eq!(constraint_of(&told), index.name, "{told}");
    }
}
