//! Whole stories, from the phone to the hand-over, and the ways they may end otherwise.

mod birth_certificate;
mod endings;
mod readme;

use serde_json::{Value, json};
use tests::extract_copy::Seen;
use tests::server::TestServer;

/// How it stands for whoever holds the receipt: nobody has to sign in.
async fn tracked(server: &TestServer, seen: &Seen) -> Value {
    let (code, secret) = (&seen.view["code"], &seen.view["tracking_secret"]);
    let receipt = json!({ "code": code, "secret": secret });
    let answer = server
        .nobody()
        .post("/v1/tracking")
        .json(&receipt)
        .send()
        .await;
    answer.expect(200).json()
}

/// What has happened, as the public is told, oldest first.
fn kinds(tracked: &Value) -> Vec<String> {
    let steps = tracked["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["kind"].as_str().unwrap().to_owned())
        .collect()
}
