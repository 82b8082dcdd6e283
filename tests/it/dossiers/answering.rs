//! The clocks of the desk: answered within 8 working hours, forwarded the same day, counted.

use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::extract_copy::{grounded, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

/// Filed on Monday the 23rd at 9: six hours that day, a day off, two hours on Wednesday.
const BY: &str = "2026-11-25T02:00:00";

#[track_caller]
fn begins(value: &Value, expected: &str) {
    assert!(
        value.as_str().unwrap_or_default().starts_with(expected),
        "{value} is not {expected}"
    );
}

async fn to_answer(officer: &Client) -> Vec<Value> {
    let inbox = officer
        .get("/v1/office/inbox")
        .send()
        .await
        .expect(200)
        .json();
    inbox["to_answer"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect()
}

on_both_engines! {
    async fn a_submission_is_answered_by_a_date_that_everybody_sees(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        assert_eq!(citizen.draft().await.view["answer_due_at"], Value::Null);
        let first = citizen.filed().await;
        begins(&first.view["answer_due_at"], BY);
        assert_eq!(first.view["answered_at"], Value::Null);
        server.clock().set("2026-11-23T10:00:00+07:00");
        let second = citizen.filed().await;
        let desk = &staff.receiver;
        let at_counter = desk.filed_at_desk().await;
        assert_eq!(at_counter.view["answer_due_at"], Value::Null, "it was taken in person");
        assert_eq!(to_answer(desk).await, [json!(first.id), json!(second.id)], "what is due first");
        let listed = citizen.get("/v1/dossiers").send().await.expect(200).json();
        assert_eq!(listed["items"][0]["answer_due_at"], second.view["answer_due_at"]);

        let asked = desk.done(&first, "request_supplement", two_papers()).await;
        assert_eq!(asked.view["answered_at"], asked.view["updated_at"]);
        begins(&asked.view["answer_due_at"], BY);
        assert_eq!(to_answer(desk).await, [json!(second.id)]);
        let refused = desk.done(&second, "refuse", grounded("Không thuộc thẩm quyền.")).await;
        assert_eq!(refused.view["answered_at"], refused.view["updated_at"]);
        assert_eq!(to_answer(desk).await, [Value::Null; 0]);
        let listed = citizen.get("/v1/dossiers").send().await.expect(200).json();
        assert_eq!(listed["items"][0]["answer_due_at"], Value::Null, "it was answered");
    }

    async fn answers_are_counted_on_time_and_late(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let mut filed = Vec::new();
        for _ in 0..4 {
            filed.push(citizen.filed().await);
        }
        staff.accepted(&filed[0]).await;
        citizen.act(&filed[1], "withdraw", &json!({})).send().await.expect(200);
        server.clock().set("2026-11-25T09:00:01+07:00");
        staff.receiver.done(&filed[2], "refuse", grounded("Sai xã.")).await;
        let leader = server.officer(&[Role::Statistician], MY_THUAN).await;
        let path = "/v1/office/statistics/summary?from=2026-11-01&to=2026-12-01";
        let figures = leader.get(path).send().await.expect(200).json();
        let counts = ["answered_on_time", "answered_late", "unanswered_overdue"]
            .map(|name| figures["counts"][name].as_u64().unwrap());
        assert_eq!(counts, [1, 1, 1], "what was withdrawn waits for no answer: {figures}");
        let rates = figures["rates"].as_array().unwrap();
        let rate = rates.iter().find(|rate| rate["id"] == "answered_on_time_v1").unwrap();
        assert_eq!((&rate["numerator"], &rate["denominator"], &rate["value"]), (&json!(1), &json!(2), &json!(0.5)));
    }

    async fn the_desk_sees_until_when_to_forward_and_to_ask(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        begins(&accepted.view["forward_due_at"], "2026-11-23T10:00:00");
        // Three working days: Monday, then Wednesday and Thursday, to Friday at the same hour.
        begins(&accepted.view["appraisal_due_at"], "2026-11-27T02:00:00");
        let own = citizen.get(&format!("/v1/dossiers/{}", accepted.id)).send().await.expect(200).json();
        assert_eq!((&own["forward_due_at"], &own["appraisal_due_at"]), (&Value::Null, &Value::Null));
        let forwarded = staff.receiver.done(&accepted, "forward", Value::Null).await;
        assert_eq!(forwarded.view["forward_due_at"], Value::Null);
        begins(&forwarded.view["appraisal_due_at"], "2026-11-27T02:00:00");
        server.clock().set("2026-11-23T15:00:01+07:00");
        let late = staff.accepted(&citizen.filed().await).await;
        begins(&late.view["forward_due_at"], "2026-11-25T00:00:00");
    }
}
