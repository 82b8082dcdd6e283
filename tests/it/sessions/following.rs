//! Several processes on one database agree on which sessions have ended, and on the keys.

use std::time::{Duration, Instant};

use api::auth::rotation::{self, LEAD};
use api::sessions::following::{catch_up, follow, renew_keys};
use chrono::TimeDelta;
use tests::client::Client;
use tests::on_both_engines;
use tests::server::TestServer;
use tests::sessions::Phone;

/// Much longer than the second it takes, for a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(30);

async fn reads(door: &Client, phone: &Phone) -> u16 {
    let client = door.with_token(phone.client.token().unwrap());
    client.get("/v1/me").send().await.status
}

/// The names of the published keys, the one that signs first.
async fn published(door: &Client) -> Vec<String> {
    let keys = door
        .get("/.well-known/jwks.json")
        .send()
        .await
        .expect(200)
        .json();
    let keys = keys["keys"].as_array().unwrap().iter();
    keys.map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

on_both_engines! {
    /// At the other process within about a second, and at one that starts later.
    async fn a_session_ended_at_one_process_ends_at_the_other(server: &TestServer) {
        let citizen = server.account(1).await;
        let (phone, other) = (server.session_of(citizen, None).await, server.session_of(citizen, None).await);
        let twin = server.twin();
        let there = Client::nobody(format!("http://{}", twin.address));
        assert_eq!(reads(&there, &phone).await, 200);
        let following = tokio::spawn(follow(twin.shared()));
        phone.client.post("/v1/auth/logout").send().await.expect(204);
        let began = Instant::now();
        while reads(&there, &phone).await == 200 {
            assert!(began.elapsed() < PATIENCE, "the other process does not notice");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        println!("noticed after {:?}", began.elapsed());
        assert_eq!(reads(&there, &phone).await, 401);
        assert_eq!(reads(&there, &other).await, 200);
        following.abort();
        let late = server.twin();
        catch_up(late.app(), None).await.unwrap();
        let door = Client::nobody(format!("http://{}", late.address));
        assert_eq!((reads(&door, &phone).await, reads(&door, &other).await), (401, 200));
        twin.stop().await.unwrap();
        late.stop().await.unwrap();
    }

    /// A new key is published before it signs, tokens of the old one hold on; a key given up at once
    /// takes its tokens with it.
    async fn a_running_server_takes_the_new_key_and_honours_the_old_one(server: &TestServer) {
        let (app, door) = (server.app(), server.nobody());
        let (folder, lifetime) = (server.site().data_directory(), app.tokens.lifetime_seconds());
        let now = || app.clock.now().utc().timestamp();
        let citizen = server.account(1).await;
        let old = server.session_of(citizen, None).await;
        let first = published(&door).await.remove(0);
        assert!(!renew_keys(app).await.unwrap());
        let (second, _) = rotation::rotate(&folder, now(), lifetime, false).unwrap();
        assert!(rotation::rotate(&folder, now(), lifetime, false).is_err(), "under way");
        assert!(renew_keys(app).await.unwrap());
        assert_eq!(published(&door).await, [first.clone(), second.clone()]);
        server.clock().advance(TimeDelta::seconds(LEAD));
        assert_eq!(published(&door).await, [second, first]);
        let new = server.session_of(citizen, None).await;
        assert_eq!((reads(&door, &old).await, reads(&door, &new).await), (200, 200));
        server.clock().advance(TimeDelta::seconds(1));
        let (third, _) = rotation::rotate(&folder, now(), lifetime, true).unwrap();
        assert!(renew_keys(app).await.unwrap());
        assert_eq!(published(&door).await, [third]);
        assert_eq!((reads(&door, &old).await, reads(&door, &new).await), (401, 401));
        let renewed = new.renewed(&new.refresh().await.expect(200));
        assert_eq!(reads(&door, &renewed).await, 200);
    }
}
