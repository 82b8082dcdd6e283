//! The first administrator: by a token that works once, and never again.

use api::officers::entrance::new_setup_token;
use chrono::TimeDelta;
use domain::actor::Role::ProvinceAdministrator;
use serde_json::{Value, json};
use tests::accounts::PROVINCE;
use tests::client::Response;
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::login;

fn first(token: &str, name: &str) -> Value {
    json!({ "token": token, "login": name, "full_name": "Lý Minh Đức", "agency_id": PROVINCE, "password": "mật khẩu đầu tiên" })
}

async fn set_up(server: &TestServer, body: &Value) -> Response {
    server
        .nobody()
        .post("/v1/auth/setup")
        .json(body)
        .send()
        .await
}

async fn token(server: &TestServer) -> String {
    new_setup_token(server.app()).await.unwrap().unwrap()
}

on_both_engines! {
    async fn a_token_makes_the_first_administrator_and_nobody_after(server: &TestServer) {
        let spare = token(server).await;
        let token = token(server).await;
        set_up(server, &first("guessed", "duc")).await.refused(401, "credentials-refused");
        set_up(server, &first(&spare, "duc")).await.refused(401, "credentials-refused");
        let mut short = first(&token, "duc");
        short["password"] = json!("short");
        set_up(server, &short).await.expect(422).names(fault("/password", "too-short"));
        set_up(server, &first(&token, "Đức")).await.expect(422).names(fault("/login", "wrong-format"));
        let made = set_up(server, &first(&token, "duc")).await.expect(200).json();
        set_up(server, &first(&token, "hai")).await.refused(401, "credentials-refused");
        let session = login(server, "duc", "mật khẩu đầu tiên").await.expect(200).json();
        assert_eq!((&session["officer_id"], &session["roles"]), (&made["officer_id"], &json!(["province_administrator"])));
        assert_eq!(new_setup_token(server.app()).await.unwrap(), None);
    }

    async fn a_token_runs_out(server: &TestServer) {
        let token = token(server).await;
        server.clock().advance(TimeDelta::hours(24));
        set_up(server, &first(&token, "duc")).await.refused(401, "credentials-refused");
    }

    async fn a_token_is_worth_nothing_once_somebody_administers(server: &TestServer) {
        let token = token(server).await;
        let officer = server.hire(&[ProvinceAdministrator], PROVINCE).await;
        set_up(server, &first(&token, "duc")).await.refused(401, "credentials-refused");
        // Nor when that one is gone again.
        server.revoke(&officer, PROVINCE, ProvinceAdministrator).await;
        set_up(server, &first(&token, "duc")).await.refused(401, "credentials-refused");
        assert_eq!(new_setup_token(server.app()).await.unwrap(), None);
    }

    async fn of_two_with_one_token_one_is_set_up(server: &TestServer) {
        let token = token(server).await;
        let (one, two) = (first(&token, "mot"), first(&token, "hai"));
        let both = tokio::join!(set_up(server, &one), set_up(server, &two));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }

    async fn guesses_at_the_token_are_few(server: &TestServer) {
        for _ in 0..10 {
            set_up(server, &first("guessed", "duc")).await.refused(401, "credentials-refused");
        }
        set_up(server, &first("guessed", "duc")).await.refused(429, "too-many-requests");
    }
}
