//! A phone that only follows ends with what a full read gives, whatever writes and kills come between.

use std::path::PathBuf;
use std::time::Duration;

use tests::engine::Engine;
use tests::faults::followed::{self, Report};
use tests::process::Start;
use tests::runs;

/// The service with this wound, or with none.
fn wounded(wound: &str) -> Start {
    Start {
        environment: vec![("WOUND".to_owned(), wound.to_owned())],
        binary: Some(PathBuf::from(env!("CARGO_BIN_EXE_wounded"))),
        ..Start::default()
    }
}

/// The same binary as the wounded one, so that nothing but the wound tells them apart.
fn followed(engine: Engine) -> Report {
    let span = Duration::from_millis(u64::from(runs(700, 3000)));
    let report = followed::run(engine, &wounded("none_with_worker"), runs(1, 20), span);
    assert!(report.answers > 1, "the phones asked while others wrote");
    assert!(report.dossiers > 1, "there was something to follow");
    report
}

#[test]
fn followers_hold_what_a_full_read_gives_on_sqlite() {
    assert_eq!(followed(Engine::Sqlite).faults, [""; 0]);
}

#[test]
fn followers_hold_what_a_full_read_gives_on_postgres() {
    assert_eq!(followed(Engine::Postgres).faults, [""; 0]);
}
