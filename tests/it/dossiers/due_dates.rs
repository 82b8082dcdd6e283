//! What is due when: the inbox in order of urgency, and a promise that a later calendar does not break.

use api::worker::run_once;
use serde_json::{Value, json};
use tests::client::Client;
use tests::extract_copy::{Seen, marital_status, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

async fn in_three_days(citizen: &Client) -> Seen {
    let draft = citizen.draft_of(&marital_status()).await;
    Seen::of(&citizen.submit(&draft).send().await.expect(200))
}

/// The calendar as it might be announced later: 26 November is a day off too.
fn a_day_off_on_thursday(file: &mut Value) {
    file["version"] = json!("2026.2");
    let days = file["calendar"]["days_off"].as_array_mut().unwrap();
    let off = json!({
        "from": "2026-11-26", "name": { "vi": "Ngày nghỉ bù", "en": "A day off in lieu" },
        "source": "Thông báo", "certainty": "found"
    });
    let place = days
        .iter()
        .position(|day| day["from"].as_str() > Some("2026-11-26"));
    days.insert(place.unwrap_or(days.len()), off);
}

fn ids(items: &Value) -> Vec<&str> {
    let items = items.as_array().unwrap().iter();
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

on_both_engines! {
    async fn the_inbox_shows_what_is_due_first_and_nothing_that_stands_still(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
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

    async fn a_later_calendar_never_shows_another_date_as_promised(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let accepted = staff.accepted(&in_three_days(&citizen).await).await;
        let path = format!("/v1/dossiers/{}/deadline", accepted.id);
        let before = citizen.get(&path).send().await.expect(200).json();
        assert_eq!((&before["due_at"], &before["recomputed_due_at"]), (&accepted.view["due_at"], &Value::Null));
        server.import_changed("calendar-2026.json", a_day_off_on_thursday).await;
        let after = citizen.get(&path).send().await.expect(200).json();
        assert_eq!((&after["due_at"], &after["due_date"]), (&accepted.view["due_at"], &json!("2026-11-27")));
        assert_eq!(after["original_due_at"], accepted.view["due_at"]);
        assert!(after["recomputed_due_at"].as_str().unwrap().starts_with("2026-11-30"), "{after}");
        let now = citizen.get(&format!("/v1/dossiers/{}", accepted.id)).send().await.expect(200).json();
        assert_eq!(now["due_at"], after["due_at"]);
        let slip = citizen.get(&format!("/v1/dossiers/{}/receipt", accepted.id)).send().await.expect(200).json();
        assert_eq!((&slip["due_at"], &slip["moved_due_at"]), (&after["due_at"], &Value::Null));
        let square = slip["qr_content"].as_str().unwrap().split_once('/').unwrap();
        let receipt = json!({ "code": square.0, "secret": square.1 });
        server.nobody().post("/v1/tracking").json(&receipt).send().await.expect(200);
    }

    async fn due_dates_follow_a_new_calendar_once_and_say_so(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let running = staff.accepted(&in_three_days(&citizen).await).await;
        let paused = staff.accepted(&in_three_days(&citizen).await).await;
        let request = json!({
            "items": [{ "paper_key": "authorisation", "reason": "missing", "text": "Gửi giấy uỷ quyền." }],
            "legal_ground": "118/2025/NĐ-CP, Điều 17"
        });
        let paused = staff.receiver.done(&paused, "request_supplement", request).await;
        let today = staff.accepted(&citizen.filed().await).await;
        assert_eq!(run_once(server.app()).await.recomputed, 0);
        server.import_changed("calendar-2026.json", a_day_off_on_thursday).await;
        let work = run_once(server.app()).await;
        assert_eq!((work.recomputed, work.failed), (1, 0));
        assert_eq!(run_once(server.app()).await.recomputed, 0);
        let read = async |seen: &Seen, rest: &str| {
            let path = format!("/v1/dossiers/{}{rest}", seen.id);
            citizen.get(&path).send().await.expect(200).json()
        };
        let now = read(&running, "").await;
        assert_eq!((&now["due_date"], &now["version"]), (&json!("2026-11-30"), &json!(4)));
        assert_eq!(now["original_due_at"], running.view["due_at"]);
        let ledger = read(&running, "/deadline").await;
        assert_eq!((&ledger["due_at"], &ledger["recomputed_due_at"]), (&now["due_at"], &Value::Null));
        let timeline = read(&running, "/timeline").await;
        let told = timeline["items"].as_array().unwrap().last().unwrap();
        assert_eq!((&told["kind"], &told["old_due_at"]), (&json!("due_date_recomputed"), &running.view["due_at"]));
        assert_eq!(told["due_at"], now["due_at"]);
        assert_eq!(read(&paused, "").await["version"], paused.view["version"]);
        assert_eq!(read(&today, "").await["version"], today.view["version"]);
        assert_eq!(read(&running, "/receipt").await["moved_due_at"], now["due_at"]);
    }
}
