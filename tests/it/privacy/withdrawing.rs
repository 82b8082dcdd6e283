//! Consent is taken back as easily as it was given, and what stops is said.

use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::{Client, Response};
use tests::extract_copy::grounded;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::requests::{asked, handle};
use super::{literal, sql};

const MINE: &str = "/v1/me/consents";

async fn consents(citizen: &Client) -> Vec<Value> {
    let list = citizen.get(MINE).send().await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

async fn withdraw(citizen: &Client, consent: &Value) -> Response {
    let id = consent["consent"]["id"].as_str().unwrap();
    citizen.post(&format!("{MINE}/{id}/withdraw")).send().await
}

async fn state(citizen: &Client, id: &str) -> Value {
    let path = format!("/v1/dossiers/{id}");
    citizen.get(&path).send().await.expect(200).json()["state"].clone()
}

on_both_engines! {
    async fn taking_consent_back_stops_what_rests_on_it(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let staff = server.staff().await;
        let (fresh, accepted, ended) = (citizen.filed().await, citizen.filed().await, citizen.filed().await);
        staff.accepted(&accepted).await;
        staff.receiver.done(&ended, "refuse", grounded("Sai cơ quan.")).await;
        let given = consents(&citizen).await;
        assert_eq!(given.len(), 3);
        for (dossier, effect, becomes) in [
            (&fresh, "settlement_stops", "stopped"),
            (&accepted, "settlement_stops", "withdrawal_requested"),
            (&ended, "kept_as_record", "not_accepted"),
        ] {
            let consent = given.iter().find(|it| it["dossier_id"] == json!(dossier.id)).unwrap();
            assert_eq!((&consent["effect_of_withdrawal"], &consent["withdrawn_at"]), (&json!(effect), &Value::Null));
            withdraw(&other, consent).await.refused(404, "not-found");
            let back = withdraw(&citizen, consent).await.expect(200).json();
            assert_eq!((&back["effect_of_withdrawal"], back["withdrawn_at"].is_string()), (&json!(effect), true));
            assert_eq!(state(&citizen, &dossier.id).await, becomes);
            withdraw(&citizen, consent).await.refused(409, "consent-withdrawn");
            // The consent itself stays as it was given, and so does the withdrawal.
            let kept = consents(&citizen).await;
            let kept = kept.iter().find(|it| it["dossier_id"] == json!(dossier.id)).unwrap();
            assert_eq!((&kept["consent"], &kept["withdrawn_at"]), (&consent["consent"], &back["withdrawn_at"]));
        }
        let nowhere = format!("{MINE}/{}/withdraw", Uuid::now_v7());
        citizen.post(&nowhere).send().await.refused(404, "not-found");
        assert_eq!(sql(server.site(), "SELECT count(*) FROM consent_withdrawals"), "3");
    }

    async fn an_officer_takes_back_all_that_stands_on_request(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let chief = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        let (one, two) = (citizen.filed().await, citizen.filed().await);
        let given = consents(&citizen).await;
        withdraw(&citizen, &given[0]).await.expect(200);
        let seen = asked(&citizen, "withdrawal").await;
        handle(&chief, &seen, "fulfil", &json!({ "note": "Đã dừng xử lý." })).await.expect(200);
        for consent in consents(&citizen).await {
            assert!(consent["withdrawn_at"].is_string(), "{consent}");
        }
        for dossier in [one, two] {
            assert_eq!(state(&citizen, &dossier.id).await, "stopped");
            let counted = format!(
                "SELECT count(*) FROM events WHERE kind = 'consent_withdrawn' AND person_id =
                     (SELECT owner_id FROM dossiers WHERE id = {})",
                literal(server.site(), &dossier.id)
            );
            assert_eq!(sql(server.site(), &counted), "2");
        }
    }
}
