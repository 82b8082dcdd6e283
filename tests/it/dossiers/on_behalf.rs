//! What the desk writes down for people who have no account, or come with their papers all the same.

use chrono::TimeDelta;
use domain::ids::{DossierId, Id};
use persistence::{StoreError, Tx, events};
use serde_json::{Value, json};
use tests::extract_copy::{Seen, Staff, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

const PAPERS: [&str; 2] = ["authorisation", "relationship_proof"];

/// Filed at the desk, accepted, and asked for two papers.
async fn asked(staff: &Staff) -> Seen {
    let accepted = staff.accepted(&staff.receiver.filed_at_desk().await).await;
    let ask = "request_supplement";
    staff.receiver.done(&accepted, ask, two_papers()).await
}

/// The latest event of that kind: who wrote it, and what its note says of the pen.
async fn pen(server: &TestServer, seen: &Seen, kind: &str) -> (String, Value) {
    let id: DossierId = Id::from_uuid(Uuid::parse_str(&seen.id).unwrap());
    let log = move |tx: &mut Tx| -> Result<_, StoreError> { events::of_dossier(tx, id) };
    let found = server.store().read(log).await.unwrap();
    let event = found.into_iter().rfind(|event| event.kind == kind).unwrap();
    let note: Value = event.payload.parse().unwrap();
    (event.actor_kind, note["assistance"].clone())
}

/// The timeline's words, as the desk reads them.
async fn told(staff: &Staff, seen: &Seen) -> String {
    let path = format!("/v1/dossiers/{}/timeline", seen.id);
    let timeline = staff.receiver.get(&path).send().await;
    timeline.expect(200).json().to_string()
}

on_both_engines! {
    async fn the_desk_answers_once_with_what_it_scanned(server: &TestServer) {
        let staff = server.staff().await;
        let desk = &staff.receiver;
        let mut seen = asked(&staff).await;
        let missing = desk.office(&seen, "answer_supplement", &json!({})).send().await;
        assert_eq!(missing.refused(422, "answer-incomplete").json()["errors"].as_array().unwrap().len(), 2);
        for paper in PAPERS {
            seen = desk.scanned(&seen, paper).await;
        }
        let path = format!("/v1/office/dossiers/{}/answer_supplement", seen.id);
        let brought = json!({ "note": "Mang bản chính đến quầy." });
        let answer = || desk.post(&path).if_match(&seen.etag).json(&brought);
        answer().send().await.refused(400, "idempotency-key-missing");
        let first = answer().key("desk-1").send().await.expect(200);
        let again = answer().key("desk-1").send().await.expect(200);
        assert_eq!(again.header("idempotency-replayed"), "true");
        let answered = Seen::of(&first);
        assert_eq!(Seen::of(&again).etag, answered.etag);
        let request = &answered.view["supplements"][0];
        assert_eq!((&request["status"], &request["answer_note"]), (&json!("answered"), &brought["note"]));
        assert_eq!(answered.view["paused_since"], Value::Null, "the time limit runs again");
        assert_eq!(answered.view["papers"][0]["origin"], "scanned_at_counter");
        let written = pen(server, &answered, "supplement_answered").await;
        assert_eq!(written, ("officer".to_owned(), json!("typed_by_officer")));
        assert!(told(&staff, &answered).await.contains("Bạn đã bổ sung tại quầy"));
        desk.office(&answered, "answer_supplement", &json!({})).send().await.refused(409, "state-forbids");
        assert_eq!(desk.done(&answered, "resume", Value::Null).await.state(), "accepted");
    }

    async fn after_the_date_the_desk_answers_no_more(server: &TestServer) {
        let staff = server.staff().await;
        let mut seen = asked(&staff).await;
        for paper in PAPERS {
            seen = staff.receiver.scanned(&seen, paper).await;
        }
        server.clock().set(seen.view["supplements"][0]["reply_by"].as_str().unwrap());
        server.clock().advance(TimeDelta::seconds(1));
        let late = staff.receiver.office(&seen, "answer_supplement", &json!({})).send().await;
        late.refused(409, "supplement-lapsed");
    }

    /// Whoever has an account may bring papers to the desk all the same; the timeline says so.
    async fn the_desk_answers_for_a_citizen_who_comes(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let mut seen = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        for paper in PAPERS {
            seen = staff.receiver.scanned(&seen, paper).await;
        }
        let answered = staff.receiver.done(&seen, "answer_supplement", json!({})).await;
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", answered.id)).send().await;
        let steps = timeline.expect(200).json();
        let last = steps["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["kind"], "supplement_answered");
        assert!(last["text"].as_str().unwrap().contains("cán bộ ghi nhận thay"), "{last}");
    }

    async fn the_desk_takes_back_what_belongs_to_no_account(server: &TestServer) {
        let staff = server.staff().await;
        let desk = &staff.receiver;
        let why = json!({ "reason": "Không cần nữa." });
        let filed = desk.filed_at_desk().await;
        let offered = desk.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200).json();
        let offers = offered["offered"].as_array().unwrap();
        assert_eq!(offers.iter().filter(|it| **it == "withdraw").count(), 1, "{offered}");
        let gone = desk.done(&filed, "withdraw", why.clone()).await;
        assert_eq!(gone.state(), "stopped", "nobody had accepted it");
        let written = pen(server, &gone, "withdrawal_requested").await;
        assert_eq!(written, ("officer".to_owned(), json!("typed_by_officer")));
        assert_eq!(pen(server, &gone, "withdrawal_granted").await, ("system".to_owned(), Value::Null));
        assert!(told(&staff, &gone).await.contains("Bạn xin rút hồ sơ tại quầy"));
        let processing = staff.processing(&desk.filed_at_desk().await).await;
        let wanted = desk.done(&processing, "withdraw", why.clone()).await;
        assert_eq!(wanted.state(), "withdrawal_requested");
        let declined = desk.done(&wanted, "decline_withdrawal", json!({ "reason": "Đã ký." })).await;
        assert_eq!(declined.state(), "processing");
        let wanted = desk.done(&declined, "withdraw", why).await;
        let granted = desk.done(&wanted, "grant_withdrawal", Value::Null).await;
        assert_eq!((granted.state(), &granted.view["amount_due"]), ("stopped", &json!(0)));
    }

    async fn the_desk_takes_back_nothing_of_an_account(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let own = staff.receiver.office(&accepted, "withdraw", &json!({})).send().await;
        own.refused(409, "dossier-has-owner");
        let path = format!("/v1/office/dossiers/{}", accepted.id);
        let seen = staff.receiver.get(&path).send().await.expect(200).json();
        assert!(!seen["offered"].as_array().unwrap().contains(&json!("withdraw")), "{seen}");
        citizen.act(&accepted, "withdraw", &json!({})).send().await.expect(200);
        assert_eq!(pen(server, &accepted, "withdrawal_requested").await, ("citizen".to_owned(), Value::Null));
    }
}
