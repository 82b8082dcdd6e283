//! Reminding of what must be done soon: once, and only while it must.

use chrono::TimeDelta;
use serde_json::Value;
use tests::client::Client;
use tests::extract_copy::two_papers;
use tests::on_both_engines;
use tests::server::TestServer;

use super::inbox;

async fn reminders(citizen: &Client) -> Vec<Value> {
    let items = inbox(citizen).await.into_iter();
    items
        .filter(|item| item["kind"] == "supplement_due_soon")
        .collect()
}

async fn day_by_day(server: &TestServer, days: i64) -> usize {
    let mut reminded = 0;
    for _ in 0..days {
        server.clock().advance(TimeDelta::days(1));
        let work = api::worker::run_once(server.app()).await;
        assert_eq!(work.failed, 0);
        reminded += work.reminded;
    }
    reminded
}

on_both_engines! {
    async fn a_request_is_reminded_of_once_before_its_time_ends(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let asked = staff.receiver.done(&filed, "request_supplement", two_papers()).await;
        let by = asked.view["supplements"][0]["reply_by"].as_str().unwrap().to_owned();
        assert_eq!(day_by_day(server, 0).await, 0);
        let mut reminded = 0;
        while server.app().clock.now().rfc3339() < by {
            reminded += day_by_day(server, 1).await;
        }
        assert_eq!(reminded, 1);
        let told = reminders(&citizen).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0]["act_by"], by);
        let left = |it: &Value| it["act_by"].as_str() > it["created_at"].as_str();
        assert!(left(&told[0]), "{told:?}");
        assert_eq!(told[0]["by"], "system");
    }

    async fn who_has_answered_is_reminded_of_nothing(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let mut asked = staff.receiver.done(&filed, "request_supplement", two_papers()).await;
        for paper in ["authorisation", "relationship_proof"] {
            asked = citizen.attach(&asked, paper).await;
        }
        citizen.answer(&asked).send().await.expect(200);
        assert_eq!(day_by_day(server, 25).await, 0);
        assert_eq!(reminders(&citizen).await, [Value::Null; 0]);
    }
}
