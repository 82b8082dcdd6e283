//! The devices that are signed in: seen, and signed out one by one.

use api::sessions::ending::revoke_all;
use domain::actor::{Actor, Role, Roles};
use domain::sessions::{Account, EndReason};
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

async fn listed(client: &Client) -> Vec<Value> {
    let list = client
        .get("/v1/me/sessions")
        .send()
        .await
        .expect(200)
        .json();
    list["items"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn sessions_are_listed_and_ended_one_by_one(server: &TestServer) {
        let (citizen, stranger) = (server.account(1).await, server.account(2).await);
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await;
        let officer = Actor::Officer { officer: officer.id, agency: MY_THUAN, roles: Roles::of(&[Role::Receiver]) };
        let stranger = server.session_of(stranger, None).await;
        for actor in [citizen, officer] {
            let (old, new) = (server.session_of(actor, None).await, server.session_of(actor, None).await);
            let items = listed(&new.client).await;
            let seen: Vec<_> = items.iter().map(|it| (it["session_id"].clone(), it["is_current"].clone())).collect();
            assert_eq!(seen, [(json!(new.session_id), json!(true)), (json!(old.session_id), json!(false))]);
            assert_eq!(items[0]["network"], "127.0.0.0/24");
            assert_eq!(items[0]["device_label"], Value::Null);
            let end = |client: &Client, id: &str| client.delete(&format!("/v1/me/sessions/{id}")).send();
            end(&stranger.client, &old.session_id).await.refused(404, "not-found");
            end(&new.client, &Uuid::now_v7().to_string()).await.refused(404, "not-found");
            old.client.get("/v1/me/sessions").send().await.expect(200);
            end(&new.client, &old.session_id).await.expect(204);
            old.client.get("/v1/me/sessions").send().await.refused(401, "unauthenticated");
            old.refresh().await.refused(401, "credentials-refused");
            end(&new.client, &old.session_id).await.refused(404, "not-found");
            assert_eq!(listed(&new.client).await.len(), 1);
            new.client.post("/v1/auth/logout").send().await.expect(204);
            new.client.post("/v1/auth/logout").send().await.refused(401, "unauthenticated");
            new.refresh().await.refused(401, "credentials-refused");
        }
        assert_eq!(listed(&stranger.client).await.len(), 1);
    }

    async fn one_device_too_many_signs_out_the_one_used_least_recently(server: &TestServer) {
        let citizen = server.account(1).await;
        let mut phones = Vec::new();
        for _ in 0..20 {
            phones.push(server.session_of(citizen, None).await);
            server.clock().advance(chrono::TimeDelta::seconds(1));
        }
        let oldest = phones.remove(0);
        let oldest = oldest.renewed(&oldest.refresh().await.expect(200));
        let newest = server.session_of(citizen, None).await;
        phones.remove(0).client.get("/v1/me").send().await.refused(401, "unauthenticated");
        for phone in phones.iter().chain([&oldest, &newest]) {
            phone.client.get("/v1/me").send().await.expect(200);
        }
        assert_eq!(listed(&newest.client).await.len(), 20);
    }

    /// What a new number, a new password and other roles call.
    async fn all_sessions_of_an_account_end_together(server: &TestServer) {
        let (citizen, neighbour) = (server.account(1).await, server.account(2).await);
        let (one, two) = (server.session_of(citizen, None).await, server.session_of(citizen, None).await);
        let untouched = server.session_of(neighbour, None).await;
        let account = Account::of(&citizen).unwrap();
        let call = server.app().call(Actor::System);
        let end = move |tx: &mut persistence::Tx| revoke_all(tx, &call, account, EndReason::NumberChanged);
        let ended = server.store().write(end).await.unwrap();
        server.app().ended(&ended);
        for phone in [one, two] {
            phone.client.get("/v1/me").send().await.refused(401, "unauthenticated");
            phone.refresh().await.refused(401, "credentials-refused");
        }
        untouched.client.get("/v1/me").send().await.expect(200);
        untouched.refresh().await.expect(200);
    }
}
