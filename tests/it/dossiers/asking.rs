//! Asking for papers: once for everything, the clock stands still, a further round needs a leader.

use serde_json::{Value, json};
use tests::extract_copy::two_papers;
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn a_request_stops_the_clock(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let asked = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        assert_eq!(asked.state(), "supplement_requested");
        assert!(asked.view["paused_since"].is_string());
        let request = &asked.view["supplements"][0];
        assert_eq!((&request["round"], &request["status"]), (&json!(1), &json!("open")));
        assert_eq!(request["items"].as_array().unwrap().len(), 2);
        // Seven working days of the catalogue after Monday 23 November.
        assert!(request["reply_by"].as_str().unwrap().starts_with("2026-12-0"), "{request}");
        let resume = staff.receiver.office(&asked, "resume", &Value::Null).send().await;
        resume.refused(409, "supplement-open");
        let again = staff.receiver.office(&asked, "request_supplement", &two_papers()).send().await;
        again.refused(409, "supplement-open");
    }

    async fn a_request_names_known_papers_once_and_a_date_to_come(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let but = |pointer: &str, value: Value| {
            let mut body = two_papers();
            *body.pointer_mut(pointer).unwrap() = value;
            body
        };
        let mut early = two_papers();
        early["reply_by"] = json!("2026-11-23T08:59:59+07:00");
        for (body, pointer, code) in [
            (but("/items/1/paper_key", json!("moon_stone")), "/items/1/paper_key", "unknown-reference"),
            (but("/items/1/paper_key", json!("authorisation")), "/items/1/paper_key", "wrong-format"),
            (but("/items/0/text", json!("")), "/items/0/text", "required"),
            (but("/items", json!([])), "/items", "required"),
            (early, "/reply_by", "out-of-range"),
        ] {
            let answer = staff.receiver.office(&filed, "request_supplement", &body).send().await;
            let problem = answer.refused(422, "invalid-content").json();
            let first = &problem["errors"][0];
            assert_eq!((&first["pointer"], &first["code"]), (&json!(pointer), &json!(code)));
        }
    }

    async fn a_leader_consents_with_a_coded_reason(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let why = json!({ "reason": "agency_oversight" });
        let consented = staff.approver.done(&filed, "consent_supplement", why).await;
        assert_eq!(consented.state(), "registered");
        let bad = json!({ "reason": "because" });
        let answer = staff.approver.office(&consented, "consent_supplement", &bad).send().await;
        answer.refused(422, "invalid-content");
    }
}
