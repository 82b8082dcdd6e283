//! What lies in the inbox: made with the change, one's own, read once.

use serde_json::{Value, json};
use tests::client::Client;
use tests::extract_copy::two_papers;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::inbox;

fn kinds(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["kind"].as_str().unwrap())
        .collect()
}

async fn unread(citizen: &Client) -> Value {
    citizen
        .get("/v1/me/notices?unread=true")
        .send()
        .await
        .expect(200)
        .json()
}

on_both_engines! {
    async fn each_step_tells_who_what_when_and_what_to_do(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let accepted = staff.accepted(&filed).await;
        let asked = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        let items = inbox(&citizen).await;
        assert_eq!(kinds(&items), ["supplement_requested", "accepted", "submitted"]);
        let newest = &items[0];
        let round = &asked.view["supplements"][0];
        assert_eq!(newest["about_id"], round["id"]);
        assert_eq!(newest["act_by"], round["reply_by"]);
        assert_eq!((&newest["by"], &items[2]["by"]), (&json!("officer"), &json!("citizen")));
        assert_eq!(newest["dossier_code"], filed.view["code"]);
        assert_eq!(newest["created_at"], asked.view["updated_at"]);
        assert!(newest["agency_name"].as_str().unwrap().contains("Mỹ Thuận"), "{newest}");
        assert!(newest["action"].as_str().unwrap().starts_with("Bổ sung đủ giấy tờ"), "{newest}");
        assert_eq!(items[1]["action"], Value::Null);
        let english = citizen.get("/v1/me/notices?page_size=1").in_english().send().await.expect(200);
        let english = english.json();
        assert_eq!(english["items"][0]["title"], "Papers are missing");
        let token = english["next_page_token"].as_str().unwrap();
        let next = format!("/v1/me/notices?page_size=1&page_token={token}");
        let next = citizen.get(&next).send().await.expect(200).json();
        assert_eq!(kinds(next["items"].as_array().unwrap()), ["accepted"]);
        let other = server.citizen("0987654321").await;
        let foreign = format!("/v1/me/notices?page_token={token}");
        other.get(&foreign).send().await.refused(400, "invalid-page-token");
        assert_eq!(inbox(&other).await, [Value::Null; 0]);
    }

    async fn drafting_is_nobodys_news(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft().await;
        let paper = citizen.attach(&draft, "authorisation").await;
        let path = format!("/v1/dossiers/{}", draft.id);
        citizen.delete(&path).if_match(&paper.etag).send().await.expect(204);
        assert_eq!(inbox(&citizen).await, [Value::Null; 0]);
    }

    async fn what_was_read_stays_read_and_what_came_meanwhile_does_not(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for _ in 0..3 {
            citizen.filed().await;
            server.clock().advance(chrono::TimeDelta::seconds(1));
        }
        let page = citizen.get("/v1/me/notices").send().await.expect(200);
        let etag = page.etag();
        let again = citizen.get("/v1/me/notices").header("if-none-match", &etag);
        assert_eq!(again.send().await.status, 304);
        let items = page.json()["items"].as_array().unwrap().clone();
        assert_eq!(page.json()["unread_count"], 3);
        let read = format!("/v1/me/notices/{}/read", items[1]["notice_id"].as_str().unwrap());
        for _ in 0..2 {
            citizen.post(&read).send().await.expect(204);
        }
        let left = unread(&citizen).await;
        assert_eq!((left["items"].as_array().unwrap().len(), &left["unread_count"]), (2, &json!(2)));
        let first = inbox(&citizen).await[1]["read_at"].clone();
        server.clock().advance(chrono::TimeDelta::seconds(1));
        citizen.post(&read).send().await.expect(204);
        assert_eq!(inbox(&citizen).await[1]["read_at"], first);
        citizen.filed().await;
        let all = citizen.post("/v1/me/notices/read_all");
        all.json(&json!({ "up_to": items[0]["notice_id"] })).send().await.expect(204);
        assert_eq!(unread(&citizen).await["unread_count"], 1, "the newest was not seen");
        let other = server.citizen("0987654321").await;
        other.post(&read).send().await.refused(404, "not-found");
        let all = other.post("/v1/me/notices/read_all").json(&json!({ "up_to": Uuid::now_v7() }));
        all.send().await.refused(404, "not-found");
    }

    /// A feed in the order of the log finds each notice by its event, and what was read by an event that
    /// names it.
    async fn every_notice_has_its_place_in_the_log(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.filed().await;
        let id = inbox(&citizen).await[0]["notice_id"].clone();
        let read = format!("/v1/me/notices/{}/read", id.as_str().unwrap());
        citizen.post(&read).send().await.expect(204);
        api::worker::run_once(server.app()).await;
        let look = move |tx: &mut persistence::Tx| {
            let mut found = Vec::new();
            for event in persistence::events::after(tx, 0, 1000)? {
                let notice = match event.person_id {
                    Some(person) => persistence::notices::of_event(tx, event.id, person)?,
                    None => None,
                };
                found.push((event.kind, notice.map(|it| it.id), event.payload));
            }
            Ok::<_, persistence::StoreError>(found)
        };
        let log = server.store().read(look).await.unwrap();
        let told = log.iter().find(|row| row.0 == "submitted").unwrap();
        assert_eq!(json!(told.1), id);
        let read = log.iter().find(|row| row.0 == "notice_read").unwrap();
        let payload: Value = read.2.parse().unwrap();
        assert_eq!(payload["notice_id"], id);
    }
}
