//! Sessions end with the password, the roles and the use of an account.

use domain::actor::Role::Receiver;
use serde_json::json;
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{Chiefs, decide, of, propose, role};

/// The refresh token of a new session of the officer.
async fn sign_in(server: &TestServer, login: &str) -> String {
    let answer = super::login(server, login, PASSWORD).await.expect(200);
    answer.json()["refresh_token"].as_str().unwrap().to_owned()
}

async fn refresh(server: &TestServer, token: &str) -> u16 {
    let request = server.nobody().post("/v1/auth/refresh");
    let body = json!({ "refresh_token": token });
    request.json(&body).send().await.status
}

on_both_engines! {
    async fn a_session_ends_when_the_account_is_taken_out_of_use(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let token = sign_in(server, &officer.login).await;
        let out = chiefs.local.patch(&of(&officer)).if_match("\"v1\"");
        out.json(&json!({ "active": false })).send().await.expect(200);
        assert_eq!(refresh(server, &token).await, 401);
        let back = chiefs.local.patch(&of(&officer)).if_match("\"v2\"");
        back.json(&json!({ "active": true })).send().await.expect(200);
        assert_eq!(refresh(server, &token).await, 401, "what has ended stays so");
    }

    async fn a_session_ends_when_the_password_is_reset(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let token = sign_in(server, &officer.login).await;
        let reset = chiefs.local.post(&format!("{}/reset_password", of(&officer)));
        reset.if_match("\"v1\"").send().await.expect(200);
        assert_eq!(refresh(server, &token).await, 401);
    }

    async fn a_session_ends_when_the_roles_change(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let token = sign_in(server, &officer.login).await;
        let proposed = propose(&chiefs.local, &officer, &role(MY_THUAN, "cashier")).await;
        let proposed = proposed.expect(200).json();
        decide(&chiefs.first, &proposed, "approve").await.expect(200);
        assert_eq!(refresh(server, &token).await, 401);
    }
}
