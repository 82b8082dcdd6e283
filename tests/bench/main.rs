//! `make bench`: figures beside their limits, on both engines.
//!
//! Nothing here is a timed test: the program says which aims were missed and ends with success.
#![expect(clippy::expect_used, reason = "a broken benchmark must stop")]

use std::path::Path;
use std::time::Duration;

use tests::engine::Engine;

mod budgets;
mod client;
mod constant;
mod figures;
mod filling;
mod following;
mod ids;
mod journey;
mod parts;
mod pgbench;
mod pressure;
mod process_costs;
mod register;
mod report;
mod requests;
mod rows;
mod scenario;
mod sqlite_loop;
mod statements;

use report::Report;
use scenario::Scale;

/// What `make bench` measures.
const WHOLE: Scale = Scale {
    few: 1_000,
    many: 100_000,
    drafts: 12_000,
    span: Duration::from_secs(6),
};

/// A look that takes a minute, for work on the benchmark itself: `bench quick`.
const QUICK: Scale = Scale {
    few: 500,
    many: 2_000,
    drafts: 600,
    span: Duration::from_secs(2),
};

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [constant::WORD, answer] => constant::serve(Path::new(answer), false),
        [constant::WORD, answer, _] => constant::serve(Path::new(answer), true),
        [] => run(WHOLE, &Engine::BOTH),
        ["quick"] => run(QUICK, &Engine::BOTH),
        ["sqlite"] => run(WHOLE, &[Engine::Sqlite]),
        ["postgres"] => run(WHOLE, &[Engine::Postgres]),
        _ => anyhow::bail!("bench [quick | sqlite | postgres]"),
    }
}

fn run(scale: Scale, engines: &[Engine]) -> anyhow::Result<()> {
    let mut report = Report::default();
    report.line("# Figures beside their limits");
    report.line("");
    report.line(format!(
        "{} connections, release build, access tokens and log on; {}",
        pressure::CONNECTIONS,
        report::machine()
    ));
    let spoken = figures::Spoken::heard(scale, &mut report)?;
    for engine in engines {
        figures::of(*engine, scale, &spoken, &mut report)?;
    }
    let text = report.finish();
    std::fs::create_dir_all(tests::root().join("target"))?;
    std::fs::write(tests::root().join("target/bench.md"), text)?;
    Ok(())
}
