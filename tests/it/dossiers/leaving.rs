//! Ways out without a result: taken back by the citizen, stopped by the agency.

use serde_json::{Value, json};
use tests::content::fault;
use tests::extract_copy::{Seen, grounded};
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn before_acceptance_it_is_let_go_at_once(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let back = json!({ "reason": "Nộp nhầm xã." });
        let gone = Seen::of(&citizen.act(&filed, "withdraw", &back).send().await.expect(200));
        assert_eq!(gone.state(), "stopped");
        assert_eq!(gone.view["version"], 4, "asked and let go are two steps");
        citizen.act(&gone, "withdraw", &json!({})).send().await.refused(409, "state-forbids");
        let draft = citizen.draft().await;
        citizen.act(&draft, "withdraw", &json!({})).send().await.refused(409, "state-forbids");
    }

    async fn afterwards_the_desk_confirms_or_declines(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let asked = Seen::of(&citizen.act(&processing, "withdraw", &json!({})).send().await.expect(200));
        assert_eq!(asked.state(), "withdrawal_requested");
        let why = json!({ "reason": "Kết quả đã ký." });
        let declined = staff.receiver.done(&asked, "decline_withdrawal", why).await;
        assert_eq!(declined.state(), "processing");
        let asked = Seen::of(&citizen.act(&declined, "withdraw", &json!({})).send().await.expect(200));
        let granted = staff.receiver.done(&asked, "grant_withdrawal", Value::Null).await;
        assert_eq!(granted.state(), "stopped");
        assert!(granted.view["finished_at"].is_string());
        assert_eq!(granted.view["amount_due"], 0, "what was not paid is owed no more");
    }

    async fn a_withdrawal_may_be_granted_with_a_reason(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let asked = Seen::of(&citizen.act(&processing, "withdraw", &json!({})).send().await.expect(200));
        let blank = staff.receiver.office(&asked, "grant_withdrawal", &json!({ "reason": " " })).send().await;
        blank.refused(422, "invalid-content").names(fault("/reason", "required"));
        let why = json!({ "reason": "Đã trả lại bản chính." });
        let granted = staff.receiver.done(&asked, "grant_withdrawal", why).await;
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", granted.id)).send().await;
        let steps = timeline.expect(200).json();
        let last = steps["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["reason"]), (&json!("withdrawal_granted"), &json!("Đã trả lại bản chính.")));
    }

    async fn a_stop_says_why(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let stopped = staff.approver.done(&processing, "stop", grounded("Hồ sơ giả mạo.")).await;
        assert_eq!((stopped.state(), &stopped.view["amount_due"]), ("stopped", &json!(0)));
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", stopped.id)).send().await;
        let steps = timeline.expect(200).json();
        let last = steps["items"].as_array().unwrap().last().unwrap().clone();
        assert!(last.to_string().contains("Hồ sơ giả mạo."), "{last}");
    }
}
