//! Filing: everything that is wrong is named at once; what is filed has its code.

use serde_json::{Value, json};
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, draft};
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn a_check_names_faults_price_and_date_and_changes_nothing(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let complete = citizen.draft().await;
        let check = |seen: &Seen| citizen.post(&format!("/v1/dossiers/{}/check", seen.id)).send();
        let clean = check(&complete).await.expect(200).json();
        assert_eq!((&clean["ready"], &clean["errors"]), (&json!(true), &json!([])));
        assert_eq!(clean["total"], PRICE);
        assert!(clean["deadline"].to_string().contains("2026-11-23T"), "{clean}");
        let mut poor = draft();
        poor["form"] = json!({ "copies": 21, "relation": "friend" });
        let poor = citizen.draft_of(&poor).await;
        let faults = check(&poor).await.expect(200).json()["errors"].clone();
        let at = |pointer: &str| {
            let faults = faults.as_array().unwrap();
            faults.iter().find(|fault| fault["pointer"] == pointer).map(|fault| fault["code"].clone())
        };
        assert_eq!(at("/form/copies"), Some(json!("out-of-range")), "{faults}");
        assert_eq!(at("/form/purpose"), Some(json!("required")), "{faults}");
        assert!(at("/form/relation").is_some(), "{faults}");
        let path = format!("/v1/dossiers/{}", poor.id);
        assert_eq!(citizen.get(&path).send().await.expect(200).json(), poor.view);
    }

    /// What only some need, and what has to be shown, keeps nobody from filing.
    async fn a_check_says_what_may_yet_be_asked_for(server: &TestServer) {
        let citizen = server.verified_citizen("0912345678", "089190001234").await;
        let mut claiming = draft();
        claiming["claims"] = json!(["digital_citizen"]);
        let made = citizen.draft_of(&claiming).await;
        let path = format!("/v1/dossiers/{}/check", made.id);
        let check = async || citizen.post(&path).send().await.expect(200);
        let doubted = check().await;
        assert_eq!((&doubted.json()["ready"], &doubted.json()["needed_level"]), (&json!(true), &json!(1)));
        doubted
            .doubts(fault("/papers/authorisation", "paper-may-be-needed"))
            .doubts(fault("/claims/0", "proof-needed"));
        citizen.attach(&made, "authorisation").await;
        let attached = check().await.doubts(fault("/papers/relationship_proof", "paper-may-be-needed"));
        assert!(!attached.json()["doubts"].to_string().contains("/papers/authorisation"), "it is there");
    }

    async fn filing_gives_a_gapless_code_and_a_secret(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut codes = Vec::new();
        for _ in 0..3 {
            let filed = citizen.filed().await;
            assert_eq!(filed.state(), "registered");
            assert_eq!(filed.view["tracking_secret"].as_str().unwrap().len(), 8);
            assert_eq!(filed.view["submitted_at"], filed.view["updated_at"]);
            codes.push(filed.view["code"].as_str().unwrap().to_owned());
        }
        server.clock().set("2026-11-24T09:00:00+07:00");
        codes.push(citizen.filed().await.view["code"].as_str().unwrap().to_owned());
        let ends: Vec<_> = codes.iter().map(|code| code.split_once('-').unwrap().1).collect();
        assert_eq!(ends, ["20261123-0000001", "20261123-0000002", "20261123-0000003", "20261124-0000001"]);
    }

    async fn a_refused_filing_takes_no_code(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut incomplete = draft();
        incomplete["form"]["purpose"].take();
        incomplete["form"].as_object_mut().unwrap().remove("purpose");
        let poor = citizen.draft_of(&incomplete).await;
        let refused = citizen.submit(&poor).send().await.refused(422, "invalid-content");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/form/purpose");
        let draft = citizen.draft().await;
        let without = json!({ "consent": false });
        citizen.act(&draft, "submit", &without).send().await.refused(422, "consent-missing");
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        assert!(filed.view["code"].as_str().unwrap().ends_with("-0000001"), "{}", filed.view["code"]);
        citizen.submit(&filed).send().await.refused(409, "state-forbids");
    }

    async fn required_papers_are_named(server: &TestServer) {
        let citizen = server.verified_citizen("0912345678", "089190001234").await;
        let mut marriage = draft();
        marriage["procedure_code"] = json!("1.001193");
        marriage["form"] = json!({});
        let draft = citizen.draft_of(&marriage).await;
        assert_ne!(draft.view["missing_papers"], json!([]));
        let refused = citizen.submit(&draft).send().await.refused(422, "invalid-content");
        refused.names(fault("/papers/birth_notification", "paper-missing"));
    }

    async fn nothing_is_due_before_acceptance(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        assert_eq!(filed.view["due_at"], Value::Null);
        let path = format!("/v1/dossiers/{}/deadline", filed.id);
        citizen.get(&path).send().await.refused(409, "not-accepted-yet");
    }
}
