//! Nobody overwrites what they have not seen: no version, an old version, two at once.

use serde_json::{Value, json};
use tests::client::Request;
use tests::extract_copy::{Seen, grounded, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

/// Each office command with a body, without a version; those under a key have one.
#[rustfmt::skip]
fn commands() -> Vec<(&'static str, Value)> {
    let reason = || json!({ "reason": "Lý do." });
    vec![
        ("accept", json!({})), ("refuse", grounded("Lý do.")), ("forward", Value::Null),
        ("consent_supplement", json!({ "reason": "law_changed" })), ("request_supplement", two_papers()),
        ("resume", Value::Null), ("request_payment", Value::Null), ("record_cash", json!({ "amount": 1 })),
        ("decide", json!({ "outcome": "approved" })), ("hand_over", json!({ "recipient": "Đào" })),
        ("issue_result", json!({ "number": "1/2026", "issued_on": "2026-11-23", "signer_name": "Chín", "file_id": uuid::Uuid::nil() })),
        ("recall", reason()), ("grant_withdrawal", Value::Null), ("decline_withdrawal", reason()),
        ("apologise", json!({ "reason": "Lý do.", "new_due_at": "2026-12-01T16:00:00+07:00" })),
        ("stop", grounded("Lý do.")), ("answer_supplement", json!({})), ("withdraw", json!({})),
    ]
}

fn keyed(request: Request, body: &Value) -> Request {
    let request = request.key("one-key");
    if body.is_null() {
        request
    } else {
        request.json(body)
    }
}

on_both_engines! {
    async fn an_old_version_is_refused_with_the_current_one(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&domain::actor::Role::ALL[..7], tests::accounts::MY_THUAN).await;
        let filed = citizen.filed().await;
        let old = Seen { etag: "\"v1\"".to_owned(), ..filed.clone() };
        for (command, body) in commands() {
            let answer = officer.office(&old, command, &body).send().await.refused(412, "version-mismatch");
            assert_eq!(answer.json()["current_version"], filed.view["version"], "{command}");
        }
        for command in ["submit", "withdraw"] {
            let body = if command == "submit" { json!({ "consent": true }) } else { json!({}) };
            citizen.act(&old, command, &body).send().await.refused(412, "version-mismatch");
        }
    }

    async fn a_missing_version_is_asked_for(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&domain::actor::Role::ALL[..7], tests::accounts::MY_THUAN).await;
        let filed = citizen.filed().await;
        for (command, body) in commands() {
            let path = format!("/v1/office/dossiers/{}/{command}", filed.id);
            keyed(officer.post(&path), &body).send().await.refused(428, "precondition-required");
            let weak = keyed(officer.post(&path), &body).if_match("W/\"v2\"");
            weak.send().await.refused(428, "precondition-required");
        }
        let path = format!("/v1/dossiers/{}", filed.id);
        citizen.delete(&path).send().await.refused(428, "precondition-required");
    }

    /// Nothing happens to the dossier, and yet it is told in other words: the date for an answer passes.
    async fn a_tag_tells_two_answers_apart_that_only_time_has_changed(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let asked = staff.receiver.done(&filed, "request_supplement", tests::extract_copy::two_papers()).await;
        let path = format!("/v1/dossiers/{}", asked.id);
        let open = citizen.get(&path).send().await.expect(200);
        let held = |tag: &str| citizen.get(&path).header("if-none-match", tag).send();
        held(&open.etag()).await.expect(304);
        server.clock().set("2026-12-20T09:00:00+07:00");
        let lapsed = held(&open.etag()).await.expect(200);
        assert_eq!(lapsed.json()["version"], open.json()["version"], "nothing has happened");
        assert_ne!(lapsed.json()["state_text"], open.json()["state_text"]);
        assert_ne!(lapsed.etag(), open.etag());
        held(&lapsed.etag()).await.expect(304);
        // For a change only the version counts.
        let back = citizen.post(&format!("{path}/withdraw")).if_match(&open.etag());
        back.json(&json!({})).send().await.expect(200);
    }

    /// Twelve desks accept the same version: one does, the others are told it has moved on.
    async fn of_many_at_once_one_wins(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let tries: Vec<_> = (0..12)
            .map(|_| tokio::spawn(staff.receiver.office(&filed, "accept", &json!({})).send()))
            .collect();
        let mut statuses = Vec::new();
        for answer in tries {
            statuses.push(answer.await.unwrap().status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [vec![200], vec![412; 11]].concat());
    }
}
