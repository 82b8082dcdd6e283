//! Whose work a dossier is, which agency's, and what two people decide about it.

mod assigning;
mod figures;
mod reading;
mod transferring;
mod two_people;
mod world;

use domain::actor::Role;
use domain::ids::AgencyId;
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::client::{Client, Request};
use tests::extract_copy::Seen;
use tests::server::TestServer;

/// An officer with a client that has just proved who they are.
struct Somebody {
    officer: Officer,
    client: Client,
}

async fn somebody(server: &TestServer, roles: &[Role], agency: AgencyId) -> Somebody {
    let officer = server.hire(roles, agency).await;
    let phone = server.proved_in_a_session(&officer, roles, agency).await;
    let client = phone.client;
    Somebody { officer, client }
}

/// The dossier as this officer sees it.
async fn seen(who: &Client, dossier: &Seen) -> Seen {
    let path = format!("/v1/office/dossiers/{}", dossier.id);
    Seen::of(&who.get(&path).send().await.expect(200))
}

fn assign(by: &Client, dossier: &Seen, to: &Officer) -> Request {
    by.office(dossier, "assign", &json!({ "officer_id": to.id }))
}

fn transfer(by: &Client, dossier: &Seen, to: AgencyId) -> Request {
    let body = json!({
        "agency_id": to, "reason_code": "not_competent", "reason": "Thửa đất thuộc xã bên."
    });
    by.office(dossier, "transfer", &body)
}

/// Proposes something about a dossier.
fn propose(by: &Client, dossier: &Seen, what: &str, body: &Value) -> Request {
    let path = format!("/v1/office/dossiers/{}/propose_{what}", dossier.id);
    by.post(&path).json(body)
}

/// Approves or declines.
fn decide(by: &Client, proposal: &Value, how: &str) -> Request {
    let id = proposal["proposal_id"].as_str().unwrap();
    by.post(&format!("/v1/office/proposals/{id}/{how}"))
}
