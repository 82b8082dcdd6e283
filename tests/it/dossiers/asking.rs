//! Asking for papers: once for everything, the clock stands still, a further round needs a leader.

use serde_json::{Value, json};
use tests::content::fault;
use tests::extract_copy::{Seen, two_papers};
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
        let until = |reply_by: &str| {
            let mut body = two_papers();
            body["reply_by"] = json!(reply_by);
            body
        };
        let early = until("2026-11-23T08:59:59+07:00");
        for (body, expected) in [
            (but("/items/1/paper_key", json!("moon_stone")), fault("/items/1/paper_key", "unknown-reference")),
            (but("/items/1/paper_key", json!("authorisation")), fault("/items/1/paper_key", "duplicate")),
            (but("/items/0/text", json!("")), fault("/items/0/text", "required")),
            (but("/items", json!([])), fault("/items", "required")),
            (early, fault("/reply_by", "out-of-range")),
            (until("2026-11-23T17:00:00+07:00"), fault("/reply_by", "out-of-range")),
            // Tuesday the 24th is a day off.
            (until("2026-11-25T06:59:59+07:00"), fault("/reply_by", "out-of-range")),
            (until("2027-01-31T12:00:00+07:00"), fault("/reply_by", "out-of-range")),
        ] {
            let answer = staff.receiver.office(&filed, "request_supplement", &body).send().await;
            answer.refused(422, "invalid-content").names(expected);
        }
        let late = until("2027-01-31T12:00:00+07:00");
        let told = staff.receiver.office(&filed, "request_supplement", &late).send().await.json();
        let told = told["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("25/11/2026") && told.contains("30 ngày làm việc"), "{told}");
        let soon = until("2026-11-25T07:00:00+07:00");
        let asked = staff.receiver.done(&filed, "request_supplement", soon).await;
        assert_eq!(asked.state(), "supplement_requested");
    }

    /// Nobody could answer for them: there is no place to put a file, and the dossier would be closed.
    async fn what_takes_no_file_is_not_asked_for(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let mut body = two_papers();
        body["items"][0]["paper_key"] = json!("declaration");
        body["items"][1]["paper_key"] = json!("identity_paper");
        let ask = || staff.receiver.office(&accepted, "request_supplement", &body);
        let refused = ask().send().await.refused(422, "invalid-content");
        let refused = refused.names(fault("/items/0/paper_key", "paper-takes-no-file"));
        let problem = refused.names(fault("/items/1/paper_key", "paper-takes-no-file")).json();
        let told = ask().in_english().send().await.refused(422, "invalid-content").json();
        for (index, vi, en) in [(0, "tờ khai điện tử", "e-form"), (1, "chỉ xuất trình", "only shown")] {
            let (own, english) = (&problem["errors"][index], &told["errors"][index]);
            assert!(own["detail"].as_str().unwrap().contains(vi), "{own}");
            assert!(english["detail"].as_str().unwrap().contains(en), "{english}");
        }
        let asked = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        assert_eq!(asked.view["supplements"][0]["round"], 1, "nothing had been asked");
        let declared = citizen.attach_anyway(&asked, "declaration").await;
        declared.refused(422, "file-type-refused");
    }

    async fn a_leader_consents_with_a_coded_reason(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let why = json!({ "reason": "agency_oversight" });
        let consented = staff.approver.done(&filed, "consent_supplement", why).await;
        assert_eq!(consented.state(), "registered");
        let bad = json!({ "reason": "because" });
        let answer = staff.approver.office(&consented, "consent_supplement", &bad).send().await;
        answer.refused(422, "invalid-content").names(fault("/reason", "wrong-format"));
    }

    async fn a_second_round_waits_for_a_leaders_consent(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let asked = staff.receiver.done(&citizen.filed().await, "request_supplement", two_papers()).await;
        server.clock().advance(chrono::TimeDelta::hours(1));
        let mut seen = asked;
        for paper in ["authorisation", "relationship_proof"] {
            seen = citizen.attach(&seen, paper).await;
        }
        let answered = Seen::of(&citizen.answer(&seen).send().await.expect(200));
        let again = |seen: &Seen| staff.receiver.office(seen, "request_supplement", &two_papers()).send();
        again(&answered).await.refused(409, "second-round-needs-consent");
        let why = json!({ "reason": "law_changed" });
        let consented = staff.approver.done(&answered, "consent_supplement", why).await;
        let asked = Seen::of(&again(&consented).await.expect(200));
        assert_eq!(asked.view["supplements"][1]["round"], 2);
    }
}
