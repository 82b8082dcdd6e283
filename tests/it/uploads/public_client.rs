//! A public client of the protocol (npm's `tus-js-client`) sends, is interrupted, resumes and gives up.

use std::process::{Command, Stdio};

use reqwest::Method;
use serde_json::Value;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{file_of, hash, pdf_of, tus};

/// What the client says it has done.
fn run(base: &str, token: &str, bytes: &[u8]) -> Value {
    let root = tests::root();
    let script = std::fs::read_to_string(root.join("tests/tus/client.mjs")).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", &script, "--"])
        .args([&format!("{base}/v1/uploads"), token])
        .arg(file.path())
        .arg(hash(bytes))
        .current_dir(root.join("target/tus"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{failed}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {failed}"))
}

on_both_engines! {
    async fn a_public_client_uploads_resumes_and_gives_up(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("tus-js-client", 600_000);
        let (base, token) = (server.base(), citizen.token().unwrap().to_owned());
        let sent = bytes.clone();
        let told = tokio::task::spawn_blocking(move || run(&base, &token, &sent)).await.unwrap();
        let path = |name: &str| told[name].as_str().unwrap().replace(&server.base(), "");
        assert_eq!(path("cut"), path("resumed"));
        assert!(told["accepted"].as_u64().unwrap() < 600_000, "{told}");
        tus(&citizen, Method::GET, &path("given")).send().await.refused(404, "not-found");
        let file = file_of(&citizen, &path("resumed")).await;
        let kept = citizen.get(&format!("/v1/files/{file}")).send().await.expect(200);
        assert_eq!(kept.body, bytes);
    }
}
