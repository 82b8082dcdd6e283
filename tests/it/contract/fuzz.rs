//! schemathesis on the document: no 5xx, no answer that is not documented, whoever asks whatever.
//!
//! What it is fed and held to stands in `tests/contract/schemathesis.toml`. `make test` gives each engine every
//! other path, `make nightly` gives both the whole document.

mod seeds;

use std::path::Path;
use std::process::Command;

use seeds::Seeds;
use tests::client::Client;
use tests::engine::Engine;
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn nobody_gets_an_undocumented_answer(server: &TestServer) {
        let seeds = Seeds::sown(server, copies()).await;
        fuzz(server, &seeds, "nobody", None);
    }

    async fn a_citizen_gets_no_undocumented_answer(server: &TestServer) {
        let seeds = Seeds::sown(server, copies()).await;
        fuzz(server, &seeds, "a citizen", Some(&seeds.citizen));
    }

    async fn an_officer_gets_no_undocumented_answer(server: &TestServer) {
        let seeds = Seeds::sown(server, copies()).await;
        fuzz(server, &seeds, "an officer", Some(&seeds.officer));
    }
}

/// How many dossiers there are of each stage: the fuzzer uses them up.
fn copies() -> u32 {
    tests::runs(2, 10)
}

/// Runs the fuzzer over every operation as whoever the client is; fails with all it found.
fn fuzz(server: &TestServer, seeds: &Seeds, principal: &str, client: Option<&Client>) {
    let directory = tempfile::tempdir().unwrap();
    furnish(directory.path(), seeds, server.site().engine());
    let mut command = fuzzer(directory.path());
    command.args(["--url", &server.base()]);
    if let Some(token) = client.and_then(Client::token) {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "as {principal}: {said}{failed}");
    let cases = cases(&said).unwrap_or_else(|| panic!("as {principal}: {said}{failed}"));
    let least = tests::runs(1_000, 5_000);
    assert!(cases >= least, "as {principal}: only {cases} cases: {said}");
    println!("as {principal}: {cases} cases");
}

/// Puts the rules, the dictionaries and the document where the fuzzer looks for them.
fn furnish(directory: &Path, seeds: &Seeds, engine: Engine) {
    for file in ["schemathesis.toml", "fuzz_versions.py"] {
        let rules = tests::root().join("tests/contract").join(file);
        std::fs::copy(rules, directory.join(file)).unwrap();
    }
    seeds.write(directory);
    let mut document = serde_json::to_value(api::document::document().unwrap()).unwrap();
    if !tests::nightly() {
        let paths = document["paths"].as_object_mut().unwrap();
        let mut taken = engine == Engine::Sqlite;
        paths.retain(|_, _| {
            taken = !taken;
            !taken
        });
    }
    let document = serde_json::to_vec(&document).unwrap();
    std::fs::write(directory.join("document.json"), document).unwrap();
}

fn fuzzer(directory: &Path) -> Command {
    let installed = tests::root().join("target/schemathesis/bin/st");
    assert!(
        installed.exists(),
        "schemathesis is missing: run `scripts/setup test`"
    );
    let examples = tests::runs(2, 60).to_string();
    let mut command = Command::new(installed);
    command
        .args(["--config-file", "schemathesis.toml", "run", "document.json"])
        .args(["--max-examples", &examples, "--seed=2"])
        .args(["--no-color", "--warnings=off"])
        .env("PYTHONPATH", directory)
        .current_dir(directory);
    command
}

/// How many cases the summary counts.
fn cases(said: &str) -> Option<u32> {
    let (_, counts) = said.rsplit_once("Test cases:")?;
    counts.split_whitespace().next()?.parse().ok()
}
