//! schemathesis on the document: no 5xx, no answer that is not documented, whatever is sent.

use std::process::Command;

use tests::engine::Engine;
use tests::server::TestServer;

/// Checks that a request the document allows, made up by a machine, cannot be held to: it names a
/// dossier nobody has, so that 404 is right where the document promises 200.
const NOT_APPLICABLE: &str = "positive_data_acceptance,ensure_resource_availability";

/// Runs the fuzzer over every operation as whoever holds `token`, and shows what it found.
fn fuzz(server: &TestServer, principal: &str, token: Option<&str>) {
    let fuzzer = tests::root().join("target/schemathesis/bin/st");
    assert!(
        fuzzer.exists(),
        "schemathesis is missing: run `scripts/setup test`"
    );
    let examples = tests::runs(10, 200).to_string();
    let document = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    serde_json::to_writer(&document, &api::document::document().unwrap()).unwrap();
    let mut command = Command::new(fuzzer);
    command
        .arg("run")
        .arg(document.path())
        .args(["--url", &server.base()])
        .args(["--checks=all", "--exclude-checks", NOT_APPLICABLE])
        .args([
            "--max-examples",
            &examples,
            "--seed=2",
            "--workers=2",
            "--continue-on-failure",
        ])
        .args([
            "--phases=examples,coverage,fuzzing,stateful",
            "--no-color",
            "--warnings=off",
        ])
        .current_dir(server.site().data_directory());
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "as {principal}: {said}");
    println!(
        "as {principal}:{}",
        said.rsplit("SUMMARY").next().unwrap_or_default()
    );
}

/// Part of `make nightly` until the document and the server agree on every header and file body.
#[tokio::test]
async fn nobody_gets_an_undocumented_answer() {
    if !tests::nightly() {
        return;
    }
    let server = TestServer::start(Engine::Sqlite);
    fuzz(&server, "nobody", None);
}
