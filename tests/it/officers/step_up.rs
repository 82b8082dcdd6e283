//! A fresh proof: in this session, by this officer, in the last five minutes.

use chrono::TimeDelta;
use domain::actor::Role::AgencyAdministrator;
use domain::actor::{Actor, Roles};
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::second_factor::{Strict, enrolled, with};

async fn prove(by: &Client, body: &Value) -> Response {
    by.post("/v1/office/step_up").json(body).send().await
}

/// Something that asks for a proof, and is refused for its content afterwards.
async fn try_it(by: &Client) -> Response {
    let nobody = json!({ "login": "Không", "full_name": "Sen", "agency_id": MY_THUAN });
    by.post("/v1/admin/officers").json(&nobody).send().await
}

fn unproved(server: &TestServer, officer: &Officer) -> Client {
    server.signed_in(&Actor::Officer {
        officer: officer.id,
        agency: MY_THUAN,
        roles: Roles::of(&[AgencyAdministrator]),
    })
}

on_both_engines! {
    async fn a_proof_is_of_its_session_and_lasts_five_minutes(server: &Strict) {
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let (one, other) = (unproved(server, &chief), unproved(server, &chief));
        let refused = try_it(&one).await.refused(403, "step-up-required").json();
        assert!(refused["detail"].as_str().unwrap().contains("create_officer"), "{refused}");
        prove(&one, &json!({ "password": "another" })).await.refused(401, "credentials-refused");
        try_it(&one).await.refused(403, "step-up-required");
        let proved = prove(&one, &json!({ "password": PASSWORD })).await.expect(200).json();
        let until = server.app().clock.now().plus(TimeDelta::minutes(5));
        assert_eq!(proved["fresh_until"], json!(until));
        try_it(&one).await.expect(422).names(fault("/login", "wrong-format"));
        try_it(&other).await.refused(403, "step-up-required");
        server.clock().advance(TimeDelta::minutes(5) - TimeDelta::microseconds(1));
        try_it(&one).await.expect(422);
        server.clock().advance(TimeDelta::microseconds(1));
        try_it(&one).await.refused(403, "step-up-required");
        prove(&one, &json!({ "password": PASSWORD })).await.expect(200);
        try_it(&one).await.expect(422);
    }

    async fn signing_in_is_a_proof_and_a_code_is_one_once(server: &Strict) {
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let (app, _) = enrolled(server, &chief).await;
        let code = app.code(server.app().clock.now());
        let session = with(server, &chief, "totp_code", &code).await.expect(200).json();
        let client = server.nobody().with_token(session["access_token"].as_str().unwrap());
        try_it(&client).await.expect(422);
        server.clock().advance(TimeDelta::minutes(5));
        try_it(&client).await.refused(403, "step-up-required");
        // Going on with the session proves nothing.
        let refresh = json!({ "refresh_token": session["refresh_token"] });
        let next = server.nobody().post("/v1/auth/refresh").json(&refresh).send().await.expect(200).json();
        let client = server.nobody().with_token(next["access_token"].as_str().unwrap());
        try_it(&client).await.refused(403, "step-up-required");
        prove(&client, &json!({ "totp_code": code })).await.refused(401, "credentials-refused");
        let code = json!({ "totp_code": app.code(server.app().clock.now()) });
        prove(&client, &code).await.expect(200);
        try_it(&client).await.expect(422);
        prove(&client, &code).await.refused(401, "credentials-refused");
    }

    async fn a_proof_is_one_thing(server: &TestServer) {
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let client = unproved(server, &chief);
        for (body, code) in [
            (json!({}), "required"),
            (json!({ "totp_code": "12345x" }), "wrong-format"),
            (json!({ "password": PASSWORD, "totp_code": "123456" }), "duplicate"),
        ] {
            prove(&client, &body).await.expect(422).names(fault("/totp_code", code));
        }
        // Nobody has set a second factor here.
        prove(&client, &json!({ "totp_code": "123456" })).await.refused(401, "credentials-refused");
        let citizen = server.citizen("0912345678").await;
        prove(&citizen, &json!({ "password": PASSWORD })).await.refused(403, "wrong-account-kind");
    }

    async fn guesses_are_counted_like_those_at_sign_in(server: &TestServer) {
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let client = unproved(server, &chief);
        for _ in 0..10 {
            prove(&client, &json!({ "password": "another" })).await.refused(401, "credentials-refused");
        }
        prove(&client, &json!({ "password": PASSWORD })).await.refused(429, "too-many-requests");
    }
}
