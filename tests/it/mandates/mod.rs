//! Who acts for whom: how a mandate comes to stand and ends, and what it opens meanwhile.

mod acting;
mod agreeing;
mod confirmed;
mod walk;

use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::{Client, Request, Response};
use tests::extract_copy::draft;
use tests::server::TestServer;
use uuid::Uuid;

/// A mandate as somebody last saw it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) etag: String,
    pub(crate) view: Value,
}

impl Held {
    #[track_caller]
    pub(crate) fn of(answer: &Response) -> Self {
        let view = answer.json();
        Self {
            id: view["id"].as_str().unwrap().to_owned(),
            etag: answer.etag(),
            view,
        }
    }
}

/// A citizen whose account has this name.
pub(crate) async fn named(server: &TestServer, phone: &str, name: &str) -> Client {
    let citizen = server.citizen(phone).await;
    rename(&citizen, name).await;
    citizen
}

/// Gives the account this name.
pub(crate) async fn rename(citizen: &Client, name: &str) {
    let me = citizen.get("/v1/me").send().await.expect(200).etag();
    let change = citizen.patch("/v1/me").if_match(&me);
    let change = change.body(
        "application/merge-patch+json",
        json!({ "full_name": name }).to_string(),
    );
    change.send().await.expect(200);
}

/// A mandate for everything, of whoever is named.
pub(crate) fn terms(mandator: &Value, ground: &str) -> Value {
    json!({
        "mandator": mandator,
        "ground": ground,
        "acts": ["submit", "answer", "pay", "receive"],
        "evidence": { "number": "128/2026", "issued_on": "2026-11-01", "issuer": "UBND xã Mỹ Thuận" }
    })
}

/// What the account of that number and name gives the caller.
pub(crate) fn from_account(phone: &str, name: &str) -> Value {
    let account = json!({ "account": { "phone": phone, "full_name": name } });
    terms(&account, "notarised_authorisation")
}

/// What the caller gives the account of that number and name.
pub(crate) fn to_account(phone: &str, name: &str) -> Value {
    let mut body = terms(&json!({ "myself": true }), "notarised_authorisation");
    body["delegate"] = json!({ "phone": phone, "full_name": name });
    body
}

/// A parent's, of a child of this name and number.
pub(crate) fn of_child(name: &str, number: &str) -> Value {
    let ward = json!({ "full_name": name, "birth_date": "2015-06-01", "personal_number": number });
    let mut body = terms(&json!({ "ward": ward }), "parent_of_minor");
    body["agency_id"] = json!(MY_THUAN);
    body
}

/// A legal representative's, of an organisation.
pub(crate) fn of_organisation(name: &str, tax_code: &str) -> Value {
    let organisation = json!({ "name": name, "tax_code": tax_code });
    let mut body = terms(
        &json!({ "organisation": organisation }),
        "legal_representative",
    );
    body["agency_id"] = json!(MY_THUAN);
    body
}

/// Puts a mandate under a new id.
pub(crate) fn proposing(client: &Client, body: &Value) -> Request {
    let path = format!("/v1/me/mandates/{}", Uuid::now_v7());
    client.put(&path).if_new().json(body)
}

pub(crate) async fn proposed(client: &Client, body: &Value) -> Held {
    Held::of(&proposing(client, body).send().await.expect(201))
}

/// A command of one of its sides.
pub(crate) fn command(client: &Client, mandate: &Held, command: &str) -> Request {
    let path = format!("/v1/me/mandates/{}/{command}", mandate.id);
    client.post(&path).if_match(&mandate.etag)
}

pub(crate) async fn done(client: &Client, mandate: &Held, what: &str) -> Held {
    Held::of(&command(client, mandate, what).send().await.expect(200))
}

/// A command of the desk.
pub(crate) fn at_desk(receiver: &Client, mandate: &Held, command: &str) -> Request {
    let path = format!("/v1/office/mandates/{}/{command}", mandate.id);
    let request = receiver.post(&path).if_match(&mandate.etag);
    if command == "confirm" {
        request
    } else {
        request.json(&json!({ "reason": "Giấy tờ không còn hiệu lực." }))
    }
}

pub(crate) async fn confirmed(receiver: &Client, mandate: &Held) -> Held {
    let confirm = at_desk(receiver, mandate, "confirm");
    Held::of(&confirm.send().await.expect(200))
}

/// A complete draft of this applicant's, under a mandate.
pub(crate) fn draft_under(mandate: &Held, applicant: &str) -> Value {
    let mut body = draft();
    body["mandate_id"] = json!(mandate.id);
    body["applicant"] = json!({ "full_name": applicant });
    body
}
