//! The first app goes on working: its traffic, recorded when it was made, against the server of today.

use serde_json::{Value, json};
use tests::engine::{Engine, Site, block_on};
use tests::process::{Process, Start, log_of};
use tests::traffic;

/// The version of the document that the first app was made for.
const FIRST: &str = "0.1.0";

fn recorded() -> Value {
    let text = std::fs::read_to_string(traffic::file(FIRST)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What each app would miss on one server with the data of the demonstration.
fn missed(engine: Engine, recordings: &[Value]) -> Vec<Vec<String>> {
    let site = Site::empty(engine);
    let environment = [("MOTCUA_DEMO", "true"), ("MOTCUA_REVEAL_CODES", "true")];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let start = Start {
        environment: environment.to_vec(),
        ..Start::default()
    };
    let process = Process::start(&site, &start);
    let newest_code = || {
        for _ in 0..100 {
            let log = log_of(&site);
            let shown = log
                .split("\"code\":\"")
                .skip(1)
                .filter_map(|rest| rest.get(..6));
            let digits = |code: &&str| code.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(code) = shown.filter(digits).last() {
                return code.to_owned();
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("no code was shown");
    };
    let base = process.base();
    let missed = recordings
        .iter()
        .map(|recorded| block_on(traffic::replay(&base, recorded, newest_code)))
        .collect();
    assert!(process.stop());
    missed
}

#[test]
fn the_first_app_goes_on_working() {
    let recorded = recorded();
    assert!(
        recorded.as_array().map_or(0, Vec::len) > 20,
        "the whole journey"
    );
    let engines = [Engine::Sqlite, Engine::Postgres];
    for engine in engines
        .into_iter()
        .take(if tests::nightly() { 2 } else { 1 })
    {
        assert_eq!(
            missed(engine, std::slice::from_ref(&recorded)),
            [[""; 0]],
            "{engine}"
        );
    }
}

/// The replay can fail: an app that relies on more than there is misses it.
#[test]
fn an_app_that_was_made_for_more_is_missed() {
    let first = recorded()[0].clone();
    let asks_for = [
        ("/answer/body/items/0/colour", json!("string")),
        ("/answer/body/items/0/name", json!("number")),
        ("/answer/headers/0", json!("x-colour")),
        ("/answer/status", json!(201)),
    ];
    let made_for_more = asks_for.clone().map(|(place, value)| {
        let mut other = first.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = other.pointer_mut(parent).unwrap();
        if let Some(items) = parent.as_array_mut() {
            items.push(value);
        } else {
            parent[name] = value;
        }
        json!([other])
    });
    let missed = missed(Engine::Sqlite, &made_for_more);
    for ((place, _), missed) in asks_for.iter().zip(missed) {
        assert_eq!(missed.len(), 1, "{place}: {missed:?}");
    }
}
