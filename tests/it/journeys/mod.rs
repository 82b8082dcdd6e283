//! Whole stories, from the phone to the hand-over, and the ways they may end otherwise.

mod birth_certificate;
mod canary;
mod endings;
mod readme;

use domain::ids::Id;
use persistence::disclosures::Reading;
use persistence::{Tx, dossiers};
use serde_json::{Value, json};
use tests::client::Client;
use tests::extract_copy::Seen;
use tests::server::TestServer;
use uuid::Uuid;

/// How it stands for whoever holds the receipt: nobody has to sign in. Officers are not shown the
/// secret, so it is read where the receipt slip is printed from.
async fn tracked(server: &TestServer, seen: &Seen) -> Value {
    let dossier = Id::from_uuid(seen.id.parse::<Uuid>().unwrap());
    let find = move |tx: &mut Tx| dossiers::find(tx, dossier, &Reading::House);
    let secret = server.store().read(find).await.unwrap().tracking_secret;
    let receipt = json!({ "code": seen.view["code"], "secret": secret.unwrap().reveal() });
    let answer = server
        .nobody()
        .post("/v1/tracking")
        .json(&receipt)
        .send()
        .await;
    answer.expect(200).json()
}

/// What the citizen must do, as the dossier, the list and public tracking say it: the same everywhere.
async fn duty(server: &TestServer, citizen: &Client, seen: &Seen) -> Value {
    let path = format!("/v1/dossiers/{}", seen.id);
    let view = citizen.get(&path).send().await.expect(200).json();
    let list = citizen.get("/v1/dossiers").send().await.expect(200).json();
    let mut rows = list["items"].as_array().unwrap().iter();
    let row = rows.find(|row| row["id"] == seen.id.as_str()).unwrap();
    let told = tracked(server, seen).await;
    assert_eq!(row["must_do_now"], view["must_do_now"], "the list");
    assert_eq!(told["must_do_now"], view["must_do_now"], "public tracking");
    assert_eq!(told["state_text"], view["state_text"], "public tracking");
    view["must_do_now"].clone()
}

/// What has happened, as the public is told, oldest first.
fn kinds(tracked: &Value) -> Vec<String> {
    let steps = tracked["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["kind"].as_str().unwrap().to_owned())
        .collect()
}
