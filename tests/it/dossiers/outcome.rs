//! Outcomes: a leader decides, a result is handed over, a delay is apologised for once.

use serde_json::json;
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn a_decision_is_a_leaders_and_only_while_it_is_processed(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let granted = json!({ "outcome": "approved" });
        let early = staff.approver.office(&filed, "decide", &granted).send().await;
        early.refused(409, "state-forbids");
        let processing = staff.processing(&filed).await;
        let decided = staff.approver.done(&processing, "decide", granted).await;
        assert_eq!((decided.state(), &decided.view["outcome"]), ("processing", &json!("approved")));
        let handed = json!({ "recipient": "Nguyễn Thị Đào" });
        let answer = staff.returner.office(&decided, "hand_over", &handed).send().await;
        answer.refused(409, "state-forbids");
        let answer = staff.returner.office(&decided, "recall", &json!({ "reason": "Sai số." })).send().await;
        answer.refused(409, "state-forbids");
    }

    async fn originals_that_were_held_go_back_with_the_result(server: &TestServer) {
        let staff = server.staff().await;
        let filed = staff.receiver.filed_at_desk().await;
        let scanned = staff.receiver.scanned(&filed, "authorisation").await;
        let processing = staff.processing(&scanned).await;
        let decided = staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let issued = staff.issued(&decided, "7/2026").await;
        let owed = json!({ "amount": issued.view["amount_due"] });
        let paid = staff.cashier.done(&issued, "record_cash", owed).await;
        let to = |originals: &[&str]| json!({ "recipient": "Trần Văn Mận", "originals_returned": originals });
        let foreign = staff.returner.office(&paid, "hand_over", &to(&["authorisation", "relationship_proof"])).send().await;
        foreign.refused(422, "invalid-content").names(fault("/originals_returned/1", "unknown-reference"));
        let twice = staff.returner.office(&paid, "hand_over", &to(&["authorisation", "authorisation"])).send().await;
        twice.refused(422, "invalid-content").names(fault("/originals_returned/1", "duplicate"));
        let returned = staff.returner.done(&paid, "hand_over", to(&["authorisation"])).await;
        let timeline = staff.returner.get(&format!("/v1/dossiers/{}/timeline", returned.id)).send().await;
        let steps = timeline.expect(200).json();
        let last = steps["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["papers"]), (&json!("handed_over"), &json!(["authorisation"])));
    }

    async fn an_apology_names_a_later_date_and_is_made_once(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let apology = |date: &str| json!({ "reason": "Phải xác minh sổ gốc.", "new_due_at": date });
        let earlier = apology("2026-11-23T09:30:00+07:00");
        let answer = staff.approver.office(&processing, "apologise", &earlier).send().await;
        answer.refused(422, "invalid-content").names(fault("/new_due_at", "date-not-later"));
        let later = apology("2026-11-26T16:00:00+07:00");
        let sorry = staff.approver.done(&processing, "apologise", later.clone()).await;
        assert_eq!(sorry.view["original_due_at"], processing.view["due_at"]);
        let answer = staff.approver.office(&sorry, "apologise", &later).send().await;
        answer.refused(409, "already-extended");
    }
}
