//! What is due when: the inbox in order of urgency.

use serde_json::{Value, json};
use tests::client::Client;
use tests::extract_copy::{Seen, marital_status, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

async fn in_three_days(citizen: &Client) -> Seen {
    let draft = citizen.draft_of(&marital_status()).await;
    Seen::of(&citizen.submit(&draft).send().await.expect(200))
}

fn ids(items: &Value) -> Vec<&str> {
    let items = items.as_array().unwrap().iter();
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

on_both_engines! {
    async fn the_inbox_shows_what_is_due_first_and_nothing_that_stands_still(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let today = staff.accepted(&citizen.filed().await).await;
        let paused = staff.accepted(&citizen.filed().await).await;
        staff.receiver.done(&paused, "request_supplement", two_papers()).await;
        let apologised = staff.accepted(&in_three_days(&citizen).await).await;
        let sorry = json!({ "reason": "Chờ xã cũ trả lời.", "new_due_at": "2026-12-01T16:00:00+07:00" });
        let tuesday = staff.approver.done(&apologised, "apologise", sorry).await;
        assert_eq!(tuesday.view["due_date"], "2026-12-01");
        let soon = async || staff.receiver.get("/v1/office/inbox").send().await.expect(200).json()["due_soon"].clone();
        assert_eq!(ids(&soon().await), [today.id.as_str()]);
        // 24 working hours from Thursday half past eight on end on Tuesday half past eight, before it is due.
        server.clock().set("2026-11-26T08:30:00+07:00");
        assert_eq!(ids(&soon().await), [today.id.as_str()]);
        server.clock().set("2026-11-27T08:30:00+07:00");
        assert_eq!(ids(&soon().await), [today.id.as_str(), tuesday.id.as_str()]);
        let late = staff.receiver.get("/v1/office/dossiers?due_before=2026-11-26T00:00:00Z");
        assert_eq!(ids(&late.send().await.expect(200).json()["items"]), [today.id.as_str()]);
    }
}
