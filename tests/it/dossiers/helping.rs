//! Who helped on the citizen's own phone: named with the filing, shown to the desk and on the receipt.

use serde_json::{Value, json};
use tests::content::fault;
use tests::extract_copy::{Seen, counter_filing, draft};
use tests::on_both_engines;
use tests::server::TestServer;

fn helper() -> Value {
    json!({ "kind": "relative", "full_name": "Trần Văn Cháu", "relation": "Cháu nội" })
}

fn helped() -> Value {
    let mut helped = draft();
    helped["assistance"] = json!("helped_on_own_phone");
    helped["helped_by"] = helper();
    helped
}

on_both_engines! {
    async fn whoever_helped_is_named_to_the_desk_and_on_the_receipt(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let drafted = citizen.draft_of(&helped()).await;
        assert_eq!(drafted.view["helped_by"], helper());
        let filed = Seen::of(&citizen.submit(&drafted).send().await.expect(200));
        let accepted = staff.accepted(&filed).await;
        assert_eq!((&accepted.view["helped_by"], &accepted.view["assistance"]), (&helper(), &json!("helped_on_own_phone")));
        assert_eq!(accepted.view["applicant"]["full_name"], "Nguyễn Thị Đào", "the citizen applies");
        let receipt = citizen.get(&format!("/v1/dossiers/{}/receipt", filed.id)).send().await.expect(200).json();
        assert_eq!((&receipt["helped_by"], &receipt["assistance"]), (&helper(), &json!("helped_on_own_phone")));
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", filed.id)).send().await.expect(200).json();
        assert!(!timeline.to_string().contains("Trần Văn Cháu"), "no name in an event: {timeline}");
    }

    async fn nothing_is_filed_with_help_of_nobody(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut unnamed = helped();
        unnamed.as_object_mut().unwrap().remove("helped_by");
        let draft = citizen.draft_of(&unnamed).await;
        let check = citizen.post(&format!("/v1/dossiers/{}/check", draft.id)).send().await.expect(200).json();
        assert_eq!((&check["ready"], &check["errors"][0]["pointer"]), (&json!(false), &json!("/helped_by")));
        let refused = citizen.submit(&draft).send().await.refused(422, "invalid-content");
        refused.names(fault("/helped_by", "required"));
        let path = format!("/v1/dossiers/{}", draft.id);
        let patch = |seen: &Seen, body: &Value| citizen.patch(&path).if_match(&seen.etag).json(body).send();
        let named = Seen::of(&patch(&draft, &json!({ "helped_by": helper() })).await.expect(200));
        assert_eq!(named.view["helped_by"], helper());
        let alone = Seen::of(&patch(&named, &json!({ "assistance": "own_hand" })).await.expect(200));
        assert_eq!(alone.view["helped_by"], Value::Null, "the helper goes with the help");
        let misplaced = patch(&alone, &json!({ "helped_by": helper() })).await.refused(422, "invalid-content");
        misplaced.names(fault("/helped_by", "out-of-range"));
        citizen.submit(&alone).send().await.expect(200);
    }

    async fn a_helper_has_a_name_and_a_kind(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let put = |body: &Value| {
            let path = format!("/v1/dossiers/{}", uuid::Uuid::now_v7());
            citizen.put(&path).if_new().json(body).send()
        };
        let but = |pointer: &str, value: Value| {
            let mut body = helped();
            *body.pointer_mut(pointer).unwrap() = value;
            body
        };
        for (body, expected) in [
            (but("/helped_by/full_name", json!(" ")), fault("/helped_by/full_name", "required")),
            (but("/helped_by/relation", json!("x".repeat(201))), fault("/helped_by/relation", "too-long")),
            (but("/helped_by/kind", json!("friend")), fault("/helped_by/kind", "wrong-format")),
            (but("/assistance", json!("own_hand")), fault("/helped_by", "out-of-range")),
        ] {
            put(&body).await.refused(422, "invalid-content").names(expected);
        }
        let staff = server.staff().await;
        let mut filing = counter_filing();
        filing["assistance"] = json!("helped_on_own_phone");
        let file = staff.receiver.post("/v1/office/dossiers").key("k").json(&filing).send().await;
        file.refused(422, "invalid-content").names(fault("/assistance", "out-of-range"));
    }
}
