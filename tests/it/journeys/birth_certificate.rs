//! A copy of a birth certificate, asked for from a phone, with everything that can come between.

use serde_json::{Value, json};
use tests::extract_copy::{PRICE, Seen, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{duty, kinds, tracked};

on_both_engines! {
    async fn from_the_phone_to_the_citizens_own_list(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);

        // Draft, check, paper, submit: all within one morning.
        let draft = citizen.draft().await;
        let check = citizen.post(&format!("/v1/dossiers/{}/check", draft.id)).send().await;
        let check = check.expect(200).json();
        assert_eq!((&check["ready"], &check["total"]), (&json!(true), &json!(PRICE)));
        let draft = citizen.attach(&draft, "authorisation").await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        assert!(filed.view["code"].as_str().unwrap().ends_with("-20261123-0000001"));
        assert_eq!(tracked(server, &filed).await["state"], "registered");

        // The counter accepts: a receipt with a due date the same day.
        server.clock().set("2026-11-23T09:30:00+07:00");
        let accepted = staff.accepted(&filed).await;
        assert_eq!((&accepted.view["due_date"], &accepted.view["amount_due"]), (&json!("2026-11-23"), &json!(PRICE)));
        let receipt = citizen.get(&format!("/v1/dossiers/{}/receipt", filed.id)).send().await;
        let receipt = receipt.expect(200).json().to_string();
        assert!(receipt.contains(filed.view["code"].as_str().unwrap()), "{receipt}");

        // Two papers are asked for; the clock stands still until the answer two days later, and one is a holiday.
        server.clock().set("2026-11-23T10:00:00+07:00");
        let asked = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        let told = tracked(server, &asked).await;
        assert_eq!((&told["state"], &told["must_do_now"]), (&json!("supplement_requested"), &asked.view["must_do_now"]));
        assert!(duty(server, &citizen, &asked).await.as_str().unwrap().contains("gửi bổ sung"));
        citizen.answer(&asked).send().await.refused(422, "answer-incomplete");
        server.clock().set("2026-11-25T14:00:00+07:00");
        let one = citizen.attach(&asked, "authorisation").await;
        citizen.answer(&one).send().await.refused(422, "answer-incomplete");
        let both = citizen.attach(&one, "relationship_proof").await;
        let answered = Seen::of(&citizen.answer(&both).send().await.expect(200));
        assert_eq!(answered.view["supplements"][0]["status"], "answered");
        // Nothing is left to do for her, though the state stays until the desk confirms.
        assert_eq!(answered.state(), "supplement_requested");
        assert_eq!(duty(server, &citizen, &answered).await, Value::Null);
        assert_eq!(answered.view["state_text"], "Bạn đã gửi bổ sung, chờ cán bộ kiểm tra.");
        assert_eq!(answered.view["paused_since"], Value::Null);
        assert_ne!(answered.view["due_at"], accepted.view["due_at"]);
        assert_eq!(answered.view["original_due_at"], accepted.view["due_at"]);
        let resumed = staff.receiver.done(&answered, "resume", Value::Null).await;
        assert_eq!((resumed.state(), &resumed.view["due_at"]), ("accepted", &answered.view["due_at"]));

        // The ledger says why it is due when it is due: it names the pause from minute to minute.
        let ledger = citizen.get(&format!("/v1/dossiers/{}/deadline", filed.id)).send().await;
        let ledger = ledger.expect(200).json().to_string();
        for instant in ["2026-11-23T03:00:00Z", "2026-11-25T07:00:00Z"] {
            assert!(ledger.contains(instant), "{instant}: {ledger}");
        }

        // Money, decision, result, hand-over.
        let forwarded = staff.receiver.done(&resumed, "forward", Value::Null).await;
        let paid = staff.cashier.done(&forwarded, "record_cash", json!({ "amount": PRICE })).await;
        assert_eq!(paid.view["amount_due"], 0);
        let payments = citizen.get(&format!("/v1/dossiers/{}/payments", filed.id)).send().await;
        let payments = payments.expect(200).json();
        assert_eq!(payments["payments"].as_array().map(Vec::len), Some(1), "{payments}");
        let decided = staff.approver.done(&paid, "decide", json!({ "outcome": "approved" })).await;
        let completed = staff.issued(&decided, "215/2026/TLKS-BS").await;
        assert_eq!(completed.state(), "completed");
        assert!(duty(server, &citizen, &completed).await.as_str().unwrap().starts_with("Nhận kết quả"));
        let recipient = json!({ "recipient": "Nguyễn Thị Đào" });
        let returned = staff.returner.done(&completed, "hand_over", recipient).await;
        assert_eq!(returned.state(), "returned");
        let mine = citizen.get("/v1/me/results").send().await.expect(200).json();
        assert_eq!(mine["items"][0]["number"], "215/2026/TLKS-BS");
        let file = format!("/v1/files/{}", mine["items"][0]["file_id"].as_str().unwrap());
        citizen.get(&file).send().await.expect(200);

        // Whoever holds the receipt has seen each step, in order, and no reason or name.
        let told = tracked(server, &returned).await;
        assert_eq!(kinds(&told), [
            "submitted", "accepted", "supplement_requested", "supplement_answered", "resumed",
            "forwarded", "payment_recorded", "decided", "result_issued", "handed_over",
        ]);
        assert!(!told.to_string().contains("Đào"), "{told}");
        // The figures count it: received at the counter of the house on Monday, finished in time.
        // The clock of the test stands still while the changes follow one another by microseconds.
        server.clock().advance(chrono::TimeDelta::seconds(1));
        let figures = staff.approver.get("/v1/office/statistics/summary?from=2026-11-01&to=2026-12-01");
        let figures = figures.send().await.expect(200).json();
        let counts = &figures["counts"];
        for (count, expected) in [
            ("total", 1), ("newly_received", 1), ("new_online", 1), ("finished", 1),
            ("finished_late", 0), ("open", 0), ("paused_for_supplement", 0),
        ] {
            assert_eq!(counts[count], expected, "{count}: {counts}");
        }
        // The citizen's own timeline is the same story.
        let own = citizen.get(&format!("/v1/dossiers/{}/timeline", filed.id)).send().await.expect(200).json();
        let at = |entry: &Value| (entry["kind"].clone(), entry["at"].clone());
        let own: Vec<_> = own["items"].as_array().unwrap().iter().map(at).collect();
        assert!(told["steps"].as_array().unwrap().iter().map(at).all(|step| own.contains(&step)), "{own:?}");
    }
}
