//! The same request twice takes effect once: keys, twins, and keys of other people.

use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::extract_copy::{PRICE, Seen};
use tests::on_both_engines;
use tests::server::TestServer;

async fn submit(citizen: &Client, draft: &Seen, key: &str, consent: bool) -> Response {
    let path = format!("/v1/dossiers/{}/submit", draft.id);
    let request = citizen.post(&path).if_match(&draft.etag).key(key);
    request.json(&json!({ "consent": consent })).send().await
}

on_both_engines! {
    async fn a_repetition_is_shown_what_came_of_the_first(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let draft = citizen.draft().await;
        let first = submit(&citizen, &draft, "key-1", true).await.expect(200);
        assert_eq!(first.header("idempotency-replayed"), "");
        let again = submit(&citizen, &draft, "key-1", true).await.expect(200);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!((again.json(), again.etag()), (first.json(), first.etag()));
        // As it is now, not as it was.
        let accepted = staff.accepted(&Seen::of(&first)).await;
        let later = submit(&citizen, &draft, "key-1", true).await.expect(200);
        assert_eq!(later.json()["version"], accepted.view["version"]);
        assert_eq!(later.json()["state"], "accepted");
    }

    async fn a_key_stands_for_one_body(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft().await;
        submit(&citizen, &draft, "key-1", true).await.expect(200);
        submit(&citizen, &draft, "key-1", false).await.refused(422, "idempotency-key-reused");
    }

    async fn a_key_stands_for_one_dossier(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (first, second) = (citizen.draft().await, citizen.draft().await);
        submit(&citizen, &first, "key-1", true).await.expect(200);
        submit(&citizen, &second, "key-1", true).await.refused(422, "idempotency-key-reused");
        submit(&citizen, &second, "key-2", true).await.expect(200);
    }

    async fn a_failed_attempt_leaves_no_key(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft().await;
        submit(&citizen, &draft, "key-1", false).await.refused(422, "consent-missing");
        submit(&citizen, &draft, "key-1", true).await.expect(200);
    }

    async fn keys_of_two_people_never_meet(server: &TestServer) {
        let citizens = [server.citizen("0912345678").await, server.citizen("0987654321").await];
        let mut codes = Vec::new();
        for citizen in &citizens {
            let draft = citizen.draft().await;
            let filed = submit(citizen, &draft, "key-1", true).await.expect(200);
            assert_eq!(filed.json()["id"], json!(draft.id));
            codes.push(filed.json()["code"].clone());
        }
        assert_ne!(codes[0], codes[1]);
    }

    async fn a_key_is_required_and_plain(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft().await;
        let path = format!("/v1/dossiers/{}/submit", draft.id);
        let request = || citizen.post(&path).if_match(&draft.etag).json(&json!({ "consent": true }));
        request().send().await.refused(400, "idempotency-key-missing");
        request().key(&"k".repeat(256)).send().await.refused(400, "invalid-header");
    }

    /// One hundred twins at once: money is taken once, and every twin that is answered is shown it.
    async fn a_hundred_twins_have_one_effect(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let path = format!("/v1/office/dossiers/{}/record_cash", accepted.id);
        let twins: Vec<_> = (0..100)
            .map(|_| {
                let request = staff.cashier.post(&path).if_match(&accepted.etag).key("till-1");
                tokio::spawn(request.json(&json!({ "amount": PRICE })).send())
            })
            .collect();
        let mut shown: Vec<Value> = Vec::new();
        let mut fresh = 0;
        for twin in twins {
            let answer = twin.await.unwrap();
            if answer.status == 409 {
                answer.refused(409, "request-in-flight");
                continue;
            }
            fresh += u32::from(answer.header("idempotency-replayed") != "true");
            shown.push(answer.expect(200).json());
        }
        assert_eq!(fresh, 1, "one effect");
        assert!(shown.iter().all(|view| view == &shown[0]), "one outcome");
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", accepted.id)).send().await;
        let steps = timeline.expect(200).json()["items"].as_array().unwrap().clone();
        let paid = steps.iter().filter(|step| step["amount"] == json!(PRICE)).count();
        assert_eq!(paid, 1, "{steps:?}");
    }
}
