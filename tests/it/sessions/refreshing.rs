//! One refresh token for another: what a lost reply costs, and what a thief gets.

use chrono::TimeDelta;
use domain::actor::{Actor, Role, Roles};
use persistence::sessions;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::client::Response;
use tests::on_both_engines;
use tests::server::TestServer;
use tests::sessions::Phone;

const PHONE: &str = "4f1d0c1e8c3b4f6a9d2e";

/// The session is over: neither kind of token works any more.
async fn is_over(phone: &Phone) {
    phone.refresh().await.refused(401, "credentials-refused");
    let reads = phone.client.get("/v1/me/sessions").send().await;
    reads.refused(401, "unauthenticated");
}

async fn goes_on(phone: &Phone) -> Phone {
    let renewed = phone.renewed(&phone.refresh().await.expect(200));
    renewed
        .client
        .get("/v1/me/sessions")
        .send()
        .await
        .expect(200);
    renewed
}

fn token(answer: &Response) -> Value {
    answer.json()["refresh_token"].clone()
}

/// Why the sessions of the account ended, from the log.
async fn reasons(server: &TestServer) -> Vec<String> {
    let now = server.app().clock.now();
    let ended =
        move |tx: &mut persistence::Tx| sessions::ended_since(tx, now.plus(TimeDelta::days(-90)));
    let ended = server.store().read(ended).await.unwrap();
    let mut reasons = Vec::new();
    for (id, _) in ended {
        let session = server
            .store()
            .write(move |tx: &mut persistence::Tx| sessions::lock(tx, id));
        let (_, why) = session.await.unwrap().unwrap().ended.unwrap();
        reasons.push(why.as_str().to_owned());
    }
    reasons
}

on_both_engines! {
    async fn each_token_works_once_and_a_lost_reply_costs_nothing(server: &TestServer) {
        let citizen = server.account(1).await;
        for device in [Some(PHONE), None] {
            let mut phone = server.session_of(citizen, device).await;
            for _ in 0..3 {
                let lost = phone.refresh().await.expect(200);
                server.clock().advance(TimeDelta::seconds(9));
                let again = phone.refresh().await.expect(200);
                assert_eq!(token(&lost), token(&again), "the same successor");
                assert_ne!(token(&lost), phone.refresh_token);
                phone = goes_on(&phone.renewed(&again)).await;
            }
        }
        assert_eq!(reasons(server).await, [""; 0]);
    }

    /// From the grace's end on, whoever shows a spent token ends the session for everybody.
    async fn a_spent_token_shown_later_ends_the_session(server: &TestServer) {
        let citizen = server.account(1).await;
        let other = server.session_of(citizen, None).await;
        for device in [Some(PHONE), None] {
            let stolen = server.session_of(citizen, device).await;
            let phone = goes_on(&stolen).await;
            server.clock().advance(TimeDelta::seconds(10));
            is_over(&stolen).await;
            is_over(&phone).await;
        }
        goes_on(&other).await;
        assert_eq!(reasons(server).await, ["token_reused"; 2]);
    }

    /// Whether the thief comes first or second, at once or later, with the device's name or without.
    async fn every_order_of_a_theft_is_found(server: &TestServer) {
        let citizen = server.account(1).await;
        // The token alone is worth nothing on another device, and shows that it was copied.
        let phone = server.session_of(citizen, Some(PHONE)).await;
        is_over(&phone.thief()).await;
        is_over(&phone).await;
        let phone = server.session_of(citizen, Some(PHONE)).await;
        let next = goes_on(&phone).await;
        is_over(&phone.thief()).await;
        is_over(&next).await;
        // A copy of everything: who comes second, after the grace, gives it away.
        for _ in 0..2 {
            let phone = server.session_of(citizen, Some(PHONE)).await;
            let first = goes_on(&phone).await;
            server.clock().advance(TimeDelta::seconds(11));
            is_over(&phone).await;
            is_over(&first).await;
        }
        // Within the grace both hold the same token, and the next use of it tells them apart.
        let phone = server.session_of(citizen, Some(PHONE)).await;
        let (first, second) = (goes_on(&phone).await, goes_on(&phone).await);
        assert_eq!(first.refresh_token, second.refresh_token);
        let first = goes_on(&first).await;
        server.clock().advance(TimeDelta::seconds(11));
        is_over(&second).await;
        is_over(&first).await;
        assert_eq!(reasons(server).await, ["token_reused"; 5]);
    }

    async fn a_family_has_an_end_and_nonsense_is_no_token(server: &TestServer) {
        let mut phone = server.session_of(server.account(1).await, None).await;
        for _ in 0..29 {
            server.clock().advance(TimeDelta::days(1));
            phone = goes_on(&phone).await;
        }
        server.clock().advance(TimeDelta::days(1) - TimeDelta::microseconds(1));
        phone = goes_on(&phone).await;
        server.clock().advance(TimeDelta::microseconds(1));
        phone.refresh().await.refused(401, "credentials-refused");
        let ask = |body: Value| server.nobody().post("/v1/auth/refresh").json(&body).send();
        for nonsense in ["x", "mcr_", &"x".repeat(200), phone.client.token().unwrap()] {
            let nonsense = nonsense.get(..nonsense.len().min(200)).unwrap();
            ask(json!({ "refresh_token": nonsense })).await.refused(401, "credentials-refused");
        }
        ask(json!({ "refresh_token": "x", "device_id": "short" })).await.refused(422, "invalid-content");
    }

    /// An officer's session goes on with the roles of today, and not without the account.
    async fn an_officer_goes_on_as_things_are_now(server: &TestServer) {
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await;
        let actor = Actor::Officer { officer: officer.id, agency: MY_THUAN, roles: Roles::of(&[Role::Receiver]) };
        let phone = goes_on(&server.session_of(actor, Some(PHONE)).await).await;
        server.deactivate(&officer).await;
        is_over(&phone).await;
        assert_eq!(reasons(server).await, ["account_closed"]);
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await;
        let login = json!({
            "login": officer.login, "password": PASSWORD, "device_id": PHONE, "device_label": "Máy ở quầy 3"
        });
        let signed_in = server.nobody().post("/v1/auth/officers/login").json(&login).send().await;
        let desk = Phone {
            refresh_token: String::new(), device_id: Some(PHONE.to_owned()),
            client: server.nobody(), session_id: String::new(),
        };
        let desk = desk.renewed(&signed_in.expect(200));
        let desk = goes_on(&desk).await;
        let listed = desk.client.get("/v1/me/sessions").send().await.expect(200).json();
        assert_eq!(listed["items"][0]["device_label"], "Máy ở quầy 3");
        server.clock().advance(TimeDelta::hours(12));
        desk.refresh().await.refused(401, "credentials-refused");
    }
}
