//! Stories that take another way: refused, taken back, late, told in the citizen's place.

use super::{duty, kinds, tracked};
use api::worker::run_once;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::extract_copy::{PRICE, Seen, grounded, marital_status, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn refused_at_intake(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let refused = staff.receiver.done(&filed, "refuse", grounded("Xã khác giữ sổ.")).await;
        let told = tracked(server, &refused).await;
        assert_eq!(told["state"], "not_accepted");
        assert_eq!(kinds(&told), ["submitted", "refused"]);
        assert!(!told.to_string().contains("Xã khác giữ sổ."), "reasons are for the citizen");
        let own = citizen.get(&format!("/v1/dossiers/{}/timeline", filed.id)).send().await;
        assert!(own.expect(200).json().to_string().contains("Xã khác giữ sổ."));
    }

    async fn taken_back_before_and_after_acceptance(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let back = json!({ "reason": "Không cần nữa." });
        let early = citizen.filed().await;
        let early = Seen::of(&citizen.act(&early, "withdraw", &back).send().await.expect(200));
        assert_eq!(kinds(&tracked(server, &early).await), ["submitted", "withdrawal_requested", "withdrawal_granted"]);
        let late = staff.processing(&citizen.filed().await).await;
        let late = Seen::of(&citizen.act(&late, "withdraw", &back).send().await.expect(200));
        assert_eq!(tracked(server, &late).await["state"], "withdrawal_requested");
        let late = staff.receiver.done(&late, "grant_withdrawal", Value::Null).await;
        assert_eq!((late.state(), &late.view["amount_due"]), ("stopped", &json!(0)));
    }

    /// Three working days from Monday, and Tuesday is a holiday; on Saturday the leader apologises, and it is done in time.
    async fn late_with_an_apology(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let draft = citizen.draft_of(&marital_status()).await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let processing = staff.processing(&filed).await;
        assert_eq!(processing.view["due_date"], "2026-11-27");
        server.clock().set("2026-11-28T10:00:00+07:00");
        let inbox = staff.receiver.get("/v1/office/inbox").send().await.expect(200).json();
        assert!(inbox.to_string().contains(&processing.id), "overdue is shown: {inbox}");
        let apology = json!({ "reason": "Chờ xã cũ trả lời.", "new_due_at": "2026-12-01T16:00:00+07:00" });
        let sorry = staff.approver.done(&processing, "apologise", apology).await;
        assert_eq!(sorry.view["original_due_at"], processing.view["due_at"]);
        assert!(kinds(&tracked(server, &sorry).await).contains(&"apologised".to_owned()));
        let owed = sorry.view["amount_due"].clone();
        let paid = staff.cashier.done(&sorry, "record_cash", json!({ "amount": owed })).await;
        let decided = staff.approver.done(&paid, "decide", json!({ "outcome": "declined" })).await;
        assert_eq!(staff.issued(&decided, "7/2026").await.state(), "completed");
    }

    /// Nobody answers: after the reply-by date the worker closes it, once, whichever stage it was in.
    async fn closed_because_nobody_answered(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let early = staff.receiver.done(&filed, "request_supplement", two_papers()).await;
        let accepted = staff.accepted(&citizen.filed().await).await;
        let late = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        let reply_by = late.view["supplements"][0]["reply_by"].as_str().unwrap().to_owned();
        server.clock().set(&reply_by);
        assert_eq!(run_once(server.app()).await.closed, 0, "until the last instant it may be answered");
        server.clock().advance(TimeDelta::seconds(1));
        assert_eq!(duty(server, &citizen, &late).await, Value::Null, "too late to send anything");
        let lapsed = citizen.attach_anyway(&late, "authorisation").await;
        lapsed.refused(409, "supplement-lapsed");
        assert_eq!(run_once(server.app()).await.closed, 2);
        assert_eq!(run_once(server.app()).await.closed, 0);
        for (seen, state) in [(&early, "not_accepted"), (&late, "stopped")] {
            let now = citizen.get(&format!("/v1/dossiers/{}", seen.id)).send().await;
            let now = Seen::of(&now.expect(200));
            assert_eq!((now.state(), &now.view["amount_due"]), (state, &json!(0)));
            assert_eq!(now.view["supplements"][0]["status"], "lapsed");
            assert_eq!(kinds(&tracked(server, &now).await).last().unwrap(), "supplement_lapsed");
        }
    }

    async fn at_the_counter_for_a_person_without_a_phone(server: &TestServer) {
        let staff = server.staff().await;
        let desk = &staff.receiver;
        let accepted = staff.accepted(&desk.filed_at_desk().await).await;
        let asked = desk.done(&accepted, "request_supplement", two_papers()).await;
        assert!(asked.view["paused_since"].is_string(), "the time limit stands still");
        // The person is rung at the number of a neighbour, and comes with both papers.
        server.clock().set("2026-11-26T09:00:00+07:00");
        let scanned = desk.scanned(&asked, "authorisation").await;
        let scanned = desk.scanned(&scanned, "relationship_proof").await;
        let answered = desk.done(&scanned, "answer_supplement", json!({ "note": "Nộp bản chính tại quầy." })).await;
        assert!(answered.view["due_at"].as_str() > accepted.view["due_at"].as_str(), "and runs again");
        let resumed = desk.done(&answered, "resume", Value::Null).await;
        assert_eq!(resumed.state(), "accepted");
        let processing = desk.done(&resumed, "forward", Value::Null).await;
        let paid = staff.cashier.done(&processing, "record_cash", json!({ "amount": PRICE })).await;
        let decided = staff.approver.done(&paid, "decide", json!({ "outcome": "approved" })).await;
        let completed = staff.issued(&decided, "216/2026/TLKS-BS").await;
        let early = json!({ "recipient": " " });
        let answer = staff.returner.office(&completed, "hand_over", &early).send().await;
        answer.refused(422, "invalid-content");
        let recipient = json!({ "recipient": "Trần Văn Mận" });
        let returned = staff.returner.done(&completed, "hand_over", recipient).await;
        let told = tracked(server, &returned).await;
        assert_eq!(told["state"], "returned");
        assert_eq!(kinds(&told)[..5], ["filed", "accepted", "supplement_requested", "supplement_answered", "resumed"]);
        assert_eq!(kinds(&told).last().unwrap(), "handed_over");
    }

    /// The same person wants another one back, and can only say so at the desk.
    async fn at_the_counter_and_taken_back_there(server: &TestServer) {
        let staff = server.staff().await;
        let desk = &staff.receiver;
        let accepted = staff.accepted(&desk.filed_at_desk().await).await;
        let back = json!({ "reason": "Đã tìm thấy giấy cũ." });
        let wanted = desk.done(&accepted, "withdraw", back).await;
        assert_eq!(tracked(server, &wanted).await["state"], "withdrawal_requested");
        let gone = desk.done(&wanted, "grant_withdrawal", Value::Null).await;
        assert_eq!((gone.state(), &gone.view["amount_due"]), ("stopped", &json!(0)));
        assert_eq!(kinds(&tracked(server, &gone).await), ["filed", "accepted", "withdrawal_requested", "withdrawal_granted"]);
    }

    async fn a_result_with_a_mistake_is_taken_back_and_made_again(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let decided = staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let completed = staff.issued(&decided, "1/2026").await;
        assert!(duty(server, &citizen, &completed).await.as_str().unwrap().starts_with("Nộp phí"));
        let recipient = json!({ "recipient": "Nguyễn Thị Đào" });
        let unpaid = staff.returner.office(&completed, "hand_over", &recipient).send().await;
        unpaid.refused(409, "fees-open");
        let why = json!({ "reason": "Sai năm sinh." });
        let recalled = staff.returner.done(&completed, "recall", why).await;
        assert_eq!((recalled.state(), &recalled.view["outcome"]), ("processing", &Value::Null));
        let decided = staff.approver.done(&recalled, "decide", json!({ "outcome": "approved" })).await;
        let again = staff.issued(&decided, "2/2026").await;
        let paid = staff.cashier.done(&again, "record_cash", json!({ "amount": PRICE })).await;
        assert_eq!(staff.returner.done(&paid, "hand_over", recipient).await.state(), "returned");
    }
}
