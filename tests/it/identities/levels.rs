//! Each procedure says how surely one must be known; `check` tells it before, `submit` holds to it.

use serde_json::json;
use tests::client::Client;
use tests::content::fault;
use tests::extract_copy::{Seen, counter_filing, marital_status};
use tests::on_both_engines;
use tests::server::TestServer;

async fn check(citizen: &Client, draft: &Seen) -> serde_json::Value {
    let path = format!("/v1/dossiers/{}/check", draft.id);
    citizen.post(&path).send().await.expect(200).json()
}

on_both_engines! {
    async fn a_level_is_asked_for_before_and_at_submission(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft_of(&marital_status()).await;
        let told = check(&citizen, &draft).await;
        assert_eq!(told["ready"], false, "{told}");
        assert_eq!(told["errors"][0]["code"], "identity-level-too-low");
        assert_eq!(told["errors"][0]["pointer"], "/assurance_level");
        let refused = citizen.submit(&draft).send().await.refused(403, "identity-level-too-low");
        let refused = refused.names(fault("/assurance_level", "identity-level-too-low"));
        let how = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(how.contains("mức độ 2") && how.contains("Bộ phận một cửa"), "{how}");
        // The same token, the same draft: it is the account that is asked.
        server.verify(&citizen, "089190001234").await;
        let told = check(&citizen, &draft).await;
        assert_eq!(told["ready"], true, "{told}");
        citizen.submit(&draft).send().await.expect(200);
    }

    /// A copy of what is there is asked for by telephone; at the counter the desk sees who it is.
    async fn a_low_level_and_the_counter_ask_for_nothing(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.filed().await;
        let receiver = server.officer(&[domain::actor::Role::Receiver], tests::accounts::MY_THUAN).await;
        let mut filing = counter_filing();
        let status = marital_status();
        filing["procedure_code"] = status["procedure_code"].clone();
        filing["form"] = status["form"].clone();
        let filed = receiver.post("/v1/office/dossiers").key("one").json(&filing).send().await;
        assert!([200, 201].contains(&filed.status), "{}", filed.json());
    }

    async fn every_procedure_shows_what_it_needs(server: &TestServer) {
        for (code, level) in [("2.000635", 1), ("2.000815", 1), ("1.004873", 2), ("1.012787", 2)] {
            let path = format!("/v1/procedures/{code}");
            let shown = server.nobody().get(&path).send().await.expect(200).json();
            assert_eq!(shown["assurance_level"], json!(level), "{code}");
            assert!(shown["assurance_source"]["text"].is_string(), "{code}");
            assert!(["from_memory", "deduced"].contains(&shown["assurance_source"]["certainty"].as_str().unwrap()));
        }
    }
}
