//! `kill -9` under load: nothing acknowledged is lost or doubled, and no number is skipped.

use std::path::PathBuf;

use tests::engine::Engine;
use tests::faults::dossiers::Dossiers;
use tests::faults::kill9::{self, Report};
use tests::process::Start;
use tests::runs;

/// The service with this wound.
pub(super) fn wounded(wound: &str) -> Start {
    Start {
        environment: vec![("WOUND".to_owned(), wound.to_owned())],
        binary: Some(PathBuf::from(env!("CARGO_BIN_EXE_wounded"))),
        ..Start::default()
    }
}

fn kill_again_and_again(engine: Engine, start: &Start, kills: u32, seed: u64) -> Report {
    let report = kill9::run::<Dossiers>(engine, start, kills, seed);
    assert!(report.acknowledged > 0, "some writes were acknowledged");
    assert!(report.unknown > 0, "kills came in the midst of work");
    report
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    let kills = runs(5, 50);
    let report = kill_again_and_again(Engine::Sqlite, &Start::default(), kills, 2026);
    assert_eq!(report.faults, [""; 0]);
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    let kills = runs(5, 50);
    let report = kill_again_and_again(Engine::Postgres, &Start::default(), kills, 2027);
    assert_eq!(report.faults, [""; 0]);
}

/// The test can fail: a server that answers before it has committed is found out.
#[test]
fn a_server_that_answers_too_early_is_noticed() {
    for seed in 0..5 {
        let start = wounded("answer_before_commit");
        let report = kill9::run::<Dossiers>(Engine::Sqlite, &start, 6, seed);
        if !report.faults.is_empty() {
            return;
        }
    }
    panic!("thirty kills, and nobody noticed");
}
