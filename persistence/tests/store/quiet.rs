//! What the store says of a failure holds no value of a row: it goes to the log word by word.

use std::sync::mpsc::{Sender, channel};

use diesel::{RunQueryDsl, result::Error, sql_query};
use domain::personal::Personal;
use persistence::{Json, StoreError, Tx, people::Person};

use crate::{Fixture, add, at, both, id, person, wait};

const NAME: &str = "Kiều Thị Hoàng Yến";
const NUMBER: &str = "079190987654";

/// Runs a statement that fails; the store's text, and the text and DETAIL of the engine.
fn failed(it: &Fixture, sql: String) -> (StoreError, String) {
    let (send, told) = channel();
    let failure = wait(it.store.write(move |tx: &mut Tx| {
        let failed = sql_query(sql.as_str()).execute(tx.conn());
        failed.map(drop).map_err(|error| heard(error, &send))
    }));
    (failure.unwrap_err(), told.recv().unwrap())
}

fn heard(error: Error, send: &Sender<String>) -> StoreError {
    if let Error::DatabaseError(_, told) = &error {
        let detail = told.details().unwrap_or_default();
        send.send(format!("{}\n{detail}", told.message())).unwrap();
    }
    error.into()
}

fn assert_silent(it: &Fixture, failure: &StoreError) {
    for told in [failure.to_string(), format!("{failure:?}")] {
        assert!(
            !told.contains(NAME) && !told.contains(NUMBER),
            "{}: {told}",
            it.engine
        );
    }
}

fn literal_id(it: &Fixture) -> &'static str {
    match it.engine {
        "SQLite" => "x\'0198\'",
        _ => "\'01980000-0000-7000-8000-000000000001\'",
    }
}

#[test]
fn a_violated_constraint_is_named_without_its_row() {
    for it in both() {
        let taken = Person {
            phone: Some(Personal::new(NUMBER.to_owned())),
            full_name: Personal::new(NAME.to_owned()),
            ..person(id(), at(0))
        };
        let twin = Person {
            id: id(),
            ..taken.clone()
        };
        wait(it.store.write(move |tx| add(tx, &taken))).unwrap();
        let failure = wait(it.store.write(move |tx| add(tx, &twin))).unwrap_err();
        assert!(matches!(failure, StoreError::Duplicate { .. }), "{failure}");
        assert_silent(&it, &failure);

        let columns = "id, phone_index, full_name";
        let values = format!("{}, \'+84\', \'{NAME} {NUMBER}\'", literal_id(&it));
        let insert = format!("INSERT INTO people ({columns}) VALUES ({values})");
        let (failure, engine) = failed(&it, insert);
        assert!(matches!(failure, StoreError::Refused { .. }), "{failure}");
        assert_silent(&it, &failure);
        // PostgreSQL does print the row: without this guard there would be something to tell.
        assert_eq!(
            engine.contains(NUMBER),
            it.engine == "PostgreSQL",
            "{engine}"
        );
    }
}

#[test]
fn a_value_that_cannot_be_read_is_not_repeated() {
    for it in both() {
        let sql = match it.engine {
            "SQLite" => format!("SELECT \"{NAME} {NUMBER}\" FROM no_such_table"),
            _ => format!("SELECT \'{NAME} {NUMBER}\'::uuid"),
        };
        let (failure, engine) = failed(&it, sql);
        assert!(matches!(failure, StoreError::Corrupt(_)), "{failure}");
        assert_silent(&it, &failure);
        assert_eq!(
            engine.contains(NUMBER),
            it.engine == "PostgreSQL",
            "{engine}"
        );
    }
    let json = Json::of(&[NAME]).unwrap();
    let failure = json.parse::<Vec<u8>>().unwrap_err();
    assert!(!failure.to_string().contains(NAME), "{failure}");
}
