//! What an app starts with.

use serde_json::{Value, json};
use tests::engine::Ground as _;
use tests::extract_copy::PRICE;
use tests::follower::Follower;
use tests::on_both_engines;
use tests::server::TestServer;

use super::number;

on_both_engines! {
    async fn the_first_screen_shows_what_waits_and_from_where_to_follow(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let draft = citizen.draft().await;
        number(server).await;
        let home = citizen.get("/v1/me/home").send().await.expect(200).json();
        assert_eq!(home["me"], citizen.get("/v1/me").send().await.expect(200).json());
        let list = citizen.get("/v1/dossiers").send().await.expect(200).json();
        assert_eq!(home["drafts"], json!([list["items"][0]]));
        assert_eq!(home["open_dossiers"], json!([list["items"][1]]));
        assert_eq!(home["awaiting_payments"], json!([{
            "dossier_id": accepted.id, "code": accepted.view["code"], "amount_due": PRICE, "currency": "VND"
        }]));
        assert_eq!(home["latest_results"], json!([]));
        let waiting = u8::from(!list["items"][1]["must_do_now"].is_null());
        assert_eq!(home["counts"], json!({
            "drafts": 1, "open_dossiers": 1, "ended_dossiers": 0, "waiting_for_you": waiting
        }));
        assert_eq!(home["config"], citizen.get("/v1/config").send().await.expect(200).json());
        let mut phone = Follower::new(citizen.clone());
        phone.cursor = home["sync_cursor"].as_str().map(str::to_owned);
        assert_eq!(phone.asks("").send().await.status, 304, "everything up to here is shown");
        citizen.submit(&draft).send().await.expect(200);
        number(server).await;
        phone.catches_up(20).await;
        assert_eq!(phone.told, [draft.id]);
    }

    async fn an_app_is_told_what_it_needs_to_know_of_itself(server: &TestServer) {
        let said = r#"{"android_min_version": "2.14.0", "features": "sync_stream, tus"}"#;
        let server = TestServer::start_with(server.site().engine(), |config| {
            config.apps = serde_json::from_str(said).unwrap();
        });
        let answer = server.nobody().get("/v1/config").send().await.expect(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        let told: Value = answer.json();
        assert_eq!(told["min_app_version"], json!({ "android": "2.14.0", "ios": "1.0.0" }));
        assert_eq!(told["features"], json!(["sync_stream", "tus"]));
        assert_eq!(told["catalogue_version"], 1);
        assert_eq!(told["server_time"], "2026-11-23T02:00:00Z");
        let held = server.nobody().get("/v1/config").header("if-none-match", &answer.etag());
        held.send().await.expect(304);
        server.finish().await;
    }
}
