//! Consent: given expressly, for one text, kept with the filing, shown to whoever gave it.

use serde_json::{Value, json};
use tests::client::Client;
use tests::content::fault;
use tests::extract_copy::{Seen, counter_filing};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

const TEXT: &str = "/v1/consent_texts/dossier_settlement";

async fn kept(who: &Client, dossier: &str) -> Vec<Value> {
    let path = format!("/v1/dossiers/{dossier}/consents");
    let kept = who.get(&path).send().await.expect(200).json()["items"].clone();
    kept.as_array().unwrap().clone()
}

on_both_engines! {
    async fn the_text_is_there_to_be_read_before_anybody_signs_in(server: &TestServer) {
        let nobody = server.nobody();
        let own = nobody.get(TEXT).send().await.expect(200);
        let english = nobody.get(TEXT).in_english().send().await.expect(200);
        let (own, english) = (own.json(), english.json());
        assert!(own["text"].as_str().unwrap().contains("đồng ý"), "{own}");
        assert!(english["text"].as_str().unwrap().contains("I agree"), "{english}");
        assert_eq!((&own["language"], &english["language"]), (&json!("vi"), &json!("en")));
        assert_eq!((&own["version"], &english["version"]), (&json!(1), &json!(1)));
        assert_ne!(own["sha256"], english["sha256"]);
        nobody.get("/v1/consent_texts/marketing").send().await.refused(404, "not-found");
    }

    async fn filing_keeps_what_was_agreed_to(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let shown = citizen.get(TEXT).send().await.expect(200).json();
        let draft = citizen.draft().await;
        assert_eq!(kept(&citizen, &draft.id).await, [Value::Null; 0], "nothing is agreed to in advance");
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let consents = kept(&citizen, &filed.id).await;
        let [consent] = consents.as_slice() else { panic!("{consents:?}") };
        assert_eq!((&consent["text_version"], &consent["text_sha256"]), (&shown["version"], &shown["sha256"]));
        assert_eq!((&consent["text"], &consent["language"]), (&shown["text"], &json!("vi")));
        assert_eq!((&consent["channel"], &consent["purpose"]), (&json!("online"), &json!("dossier_settlement")));
        assert_eq!((&consent["taken_by_officer"], &consent["text_named"]), (&json!(false), &json!(false)));
        assert_eq!(consent["given_at"], filed.view["submitted_at"]);
        assert_eq!(kept(&staff.receiver, &filed.id).await, consents);
        let path = format!("/v1/dossiers/{}/consents", filed.id);
        let other = server.citizen("0987654321").await;
        other.get(&path).send().await.refused(404, "not-found");
        server.nobody().get(&path).send().await.refused(401, "unauthenticated");
        // Whatever happens to the dossier, the consent stays as it was given.
        staff.processing(&filed).await;
        assert_eq!(kept(&citizen, &filed.id).await, consents);
    }

    async fn the_text_that_was_shown_is_the_one_agreed_to(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let english = citizen.get(TEXT).in_english().send().await.expect(200).json();
        let draft = citizen.draft().await;
        let agree = |digest: &Value| {
            let body = json!({ "consent": true, "consent_text_sha256": digest });
            citizen.act(&draft, "submit", &body).send()
        };
        let outdated = agree(&json!("0".repeat(64))).await.refused(422, "invalid-content");
        outdated.names(fault("/consent_text_sha256", "consent-text-outdated"));
        let unreadable = agree(&json!("xyz")).await.refused(422, "invalid-content");
        unreadable.names(fault("/consent_text_sha256", "wrong-format"));
        assert_eq!(kept(&citizen, &draft.id).await, [Value::Null; 0], "what was refused is not kept");
        let filed = Seen::of(&agree(&english["sha256"]).await.expect(200));
        let consents = kept(&citizen, &filed.id).await;
        assert_eq!((&consents[0]["language"], &consents[0]["text_named"]), (&json!("en"), &json!(true)));
        assert_eq!(consents[0]["text_sha256"], english["sha256"]);
    }

    async fn silence_is_no_consent(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let draft = citizen.draft().await;
        let silent = citizen.act(&draft, "submit", &json!({})).send().await;
        silent.refused(422, "invalid-content").names(fault("/consent", "required"));
        let file = |body: Value| {
            let key = Uuid::now_v7().to_string();
            staff.receiver.post("/v1/office/dossiers").key(&key).json(&body).send()
        };
        let mut silent = counter_filing();
        silent.as_object_mut().unwrap().remove("consent");
        let mut no = counter_filing();
        no["consent"] = json!(false);
        for body in [silent, no] {
            let path = format!("/v1/office/dossiers/{}", body["id"].as_str().unwrap());
            file(body).await.refused(422, "consent-missing");
            staff.receiver.get(&path).send().await.refused(404, "not-found");
        }
        for channel in ["counter", "post"] {
            let mut yes = counter_filing();
            yes["channel"] = json!(channel);
            let filed = Seen::of(&file(yes).await.expect(200));
            let consents = kept(&staff.receiver, &filed.id).await;
            assert_eq!((&consents[0]["channel"], &consents[0]["taken_by_officer"]), (&json!(channel), &json!(true)));
        }
    }
}
