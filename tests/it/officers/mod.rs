//! Administration of officers over HTTP: who may do what about whom, and what takes two people.

mod accounts;
mod deputies;
mod deputy_walk;
mod ended;
mod entrance;
mod four_eyes;
mod passwords;
mod roles;
mod second_factor;
mod step_up;

use domain::actor::Role::{AgencyAdministrator, ProvinceAdministrator};
use domain::ids::AgencyId;
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PASSWORD, PROVINCE};
use tests::client::{Client, Response};
use tests::server::TestServer;

/// Two administrators of the province and one of Mỹ Thuận.
struct Chiefs {
    first: Client,
    second: Client,
    local: Client,
}

impl Chiefs {
    async fn of(server: &TestServer) -> Self {
        Self {
            first: server.officer(&[ProvinceAdministrator], PROVINCE).await,
            second: server.officer(&[ProvinceAdministrator], PROVINCE).await,
            local: server.officer(&[AgencyAdministrator], MY_THUAN).await,
        }
    }
}

async fn login(server: &TestServer, login: &str, password: &str) -> Response {
    let request = server.nobody().post("/v1/auth/officers/login");
    let body = json!({ "login": login, "password": password });
    request.json(&body).send().await
}

/// The session of a hired officer at an agency.
async fn session_at(server: &TestServer, officer: &Officer, agency: AgencyId) -> Response {
    let request = server.nobody().post("/v1/auth/officers/login");
    let body = json!({ "login": officer.login, "password": PASSWORD, "agency_id": agency });
    request.json(&body).send().await
}

fn of(officer: &Officer) -> String {
    format!("/v1/admin/officers/{}", officer.id)
}

fn role(agency: AgencyId, role: &str) -> Value {
    json!({ "agency_id": agency, "role": role, "from": "2026-11-23", "reason": "Phân công." })
}

async fn propose(by: &Client, officer: &Officer, wish: &Value) -> Response {
    let request = by.post(&format!("{}/roles", of(officer)));
    request.json(wish).send().await
}

async fn decide(by: &Client, proposal: &Value, how: &str) -> Response {
    let id = proposal["proposal_id"].as_str().unwrap();
    by.post(&format!("/v1/admin/proposals/{id}/{how}"))
        .send()
        .await
}
