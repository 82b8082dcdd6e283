//! Drafts: made by the phone under its own id, changed in parts, thrown away.

use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::{Seen, draft};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// A draft with one member replaced (at a JSON pointer) or, by null, taken out.
fn draft_but(pointer: &str, value: Value) -> Value {
    let mut body = draft();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
    body
}

async fn put(citizen: &Client, body: &Value) -> Response {
    let path = format!("/v1/dossiers/{}", Uuid::now_v7());
    citizen.put(&path).if_new().json(body).send().await
}

on_both_engines! {
    async fn a_draft_is_the_citizens_and_nobody_elses(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let made = citizen.draft().await;
        assert_eq!(made.state(), "draft");
        assert_eq!((&made.view["version"], &made.view["code"]), (&json!(1), &Value::Null));
        let path = format!("/v1/dossiers/{}", made.id);
        let read = Seen::of(&citizen.get(&path).send().await.expect(200));
        assert_eq!((read.view, read.etag), (made.view.clone(), made.etag.clone()));
        other.get(&path).send().await.refused(404, "not-found");
        other.patch(&path).if_match(&made.etag).json(&json!({})).send().await.refused(404, "not-found");
        other.delete(&path).if_match(&made.etag).send().await.refused(404, "not-found");
        let list = |who: Client| async move { who.get("/v1/dossiers").send().await.expect(200).json() };
        assert_eq!(list(citizen).await["items"][0]["id"], json!(made.id));
        assert_eq!(list(other).await["items"], json!([]));
    }

    async fn the_phones_id_is_taken_once(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let made = citizen.draft().await;
        let path = format!("/v1/dossiers/{}", made.id);
        for who in [&citizen, &other] {
            who.put(&path).if_new().json(&draft()).send().await.refused(409, "already-exists");
        }
        citizen.put(&path).json(&draft()).send().await.refused(428, "precondition-required");
    }

    async fn a_change_keeps_what_it_does_not_name(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let made = citizen.draft().await;
        let path = format!("/v1/dossiers/{}", made.id);
        let patch = json!({ "form": { "copies": 5, "subject_id": "089190001234" }, "delivery": "counter" });
        let merge = |etag: &str, body: &Value| {
            citizen.patch(&path).if_match(etag)
                .body("application/merge-patch+json", body.to_string())
        };
        let changed = Seen::of(&merge(&made.etag, &patch).send().await.expect(200));
        assert_eq!(changed.view["form"]["copies"], 5);
        assert_eq!(changed.view["form"]["purpose"], made.view["form"]["purpose"]);
        assert_eq!(changed.view["delivery"], "counter");
        assert_eq!(changed.view["version"], 2);
        let removed = json!({ "form": { "subject_id": null } });
        let changed = Seen::of(&merge(&changed.etag, &removed).send().await.expect(200));
        assert_eq!(changed.view["form"].get("subject_id"), None);
        let officers = json!({ "assistance": "typed_by_officer" });
        let refused = merge(&changed.etag, &officers).send().await.refused(422, "invalid-content");
        refused.names(fault("/assistance", "out-of-range"));
        let stale = merge(&made.etag, &patch).send().await.refused(412, "fields-changed");
        assert_eq!(stale.json()["current_version"], 3);
    }

    async fn a_draft_is_thrown_away_only_before_it_is_filed(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let made = citizen.draft().await;
        let path = format!("/v1/dossiers/{}", made.id);
        citizen.delete(&path).if_match(&made.etag).send().await.expect(204);
        citizen.get(&path).send().await.refused(404, "not-found");
        let filed = citizen.filed().await;
        let path = format!("/v1/dossiers/{}", filed.id);
        citizen.delete(&path).if_match(&filed.etag).send().await.refused(409, "state-forbids");
        let edit = citizen.patch(&path).if_match(&filed.etag).json(&json!({})).send().await;
        edit.refused(409, "state-forbids");
    }

    async fn what_a_draft_says_is_checked(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let long = "Ơ".repeat(301);
        for (pointer, value, expected) in [
            ("/applicant/full_name", json!(""), fault("/applicant/full_name", "required")),
            ("/applicant/full_name", json!("Đào\u{202e}Thị"), fault("/applicant/full_name", "hidden-characters")),
            ("/applicant/address", json!(long), fault("/applicant/address", "too-long")),
            ("/applicant/phone", json!("12345678901"), fault("/applicant/phone", "wrong-format")),
            ("/applicant/personal_number", json!("089190"), fault("/applicant/personal_number", "wrong-format")),
            ("/applicant", Value::Null, fault("/applicant", "required")),
            ("/claims", json!([""]), fault("/claims/0", "out-of-range")),
            ("/agency_id", json!(Uuid::now_v7()), fault("/agency_id", "unknown-reference")),
            ("/procedure_code", json!("9.999999"), fault("/procedure_code", "unknown-reference")),
            ("/surprise", json!(1), fault("/surprise", "unknown-field")),
        ] {
            let answer = put(&citizen, &draft_but(pointer, value)).await;
            answer.refused(422, "invalid-content").names(expected);
        }
    }

    async fn only_what_is_offered_now_can_be_drafted(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let police = draft_but("/procedure_code", json!("1.004222"));
        put(&citizen, &police).await.refused(422, "procedure-not-offered");
        server.clock().set("2025-06-30T09:00:00+07:00");
        let citizen = server.citizen("0987654321").await;
        put(&citizen, &draft()).await.refused(409, "procedure-not-in-force");
    }

    async fn nobody_keeps_more_than_twenty(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for _ in 0..20 {
            citizen.draft().await;
        }
        put(&citizen, &draft()).await.refused(409, "too-many-drafts");
        server.citizen("0987654321").await.draft().await;
    }
}
