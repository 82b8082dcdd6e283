//! Who may do what at the office: every operation of the document, for every kind of caller.

use domain::actor::Role::{self, Approver, Cashier, Processor, Receiver, Returner};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::document::Document;
use tests::extract_copy::{Seen, counter_filing, grounded, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// One operation on a dossier, a body it accepts, and the roles of the transition table.
type Row = (&'static str, Value, &'static [Role]);

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    let reason = || json!({ "reason": "Lý do." });
    vec![
        ("accept", json!({}), &[Receiver]),
        ("refuse", grounded("Lý do."), &[Receiver]),
        ("forward", Value::Null, &[Receiver]),
        ("consent_supplement", json!({ "reason": "law_changed" }), &[Approver]),
        ("request_supplement", two_papers(), &[Receiver]),
        ("answer_supplement", json!({}), &[Receiver]),
        ("resume", Value::Null, &[Receiver]),
        ("request_payment", Value::Null, &[Receiver, Processor]),
        ("record_cash", json!({ "amount": 24_000 }), &[Cashier]),
        ("decide", json!({ "outcome": "approved" }), &[Approver]),
        ("issue_result", json!({ "number": "1/2026", "issued_on": "2026-11-23", "signer_name": "Chín", "file_id": Uuid::nil() }), &[Processor, Approver]),
        ("hand_over", json!({ "recipient": "Nguyễn Thị Đào" }), &[Returner]),
        ("recall", reason(), &[Returner, Approver]),
        ("apologise", json!({ "reason": "Lý do.", "new_due_at": "2026-12-01T16:00:00+07:00" }), &[Approver]),
        ("withdraw", json!({}), &[Receiver]),
        ("grant_withdrawal", Value::Null, &[Receiver]),
        ("decline_withdrawal", reason(), &[Receiver]),
        ("stop", grounded("Lý do."), &[Processor, Approver]),
        ("assign", json!({ "officer_id": Uuid::nil() }), &[Approver]),
        ("take_up", Value::Null, &[Processor, Approver]),
        ("release", Value::Null, &[Processor, Approver]),
        ("transfer", json!({ "agency_id": BINH_SON, "reason_code": "rearranged", "reason": "Lý do." }), &[Approver]),
        ("propose_extension", json!({ "reason": "Lý do.", "new_due_at": "2026-12-01T16:00:00+07:00" }), &[Processor, Approver]),
        ("propose_reopening", grounded("Lý do."), &[Receiver, Processor, Approver]),
    ]
}

/// Operations below a dossier's address that other files hold to their roles.
const ELSEWHERE: [&str; 1] = ["result_file"];

#[test]
fn every_operation_on_a_dossier_at_the_office_has_its_row() {
    let below = "/v1/office/dossiers/{dossier_id}/";
    let rows = rows();
    for (method, path) in Document::published().operations() {
        let Some(command) = path.strip_prefix(below).filter(|_| method == "POST") else {
            continue;
        };
        let known = rows.iter().any(|(row, ..)| *row == command) || ELSEWHERE.contains(&command);
        assert!(known, "{command} has no row here: say who may do it");
    }
}

on_both_engines! {
    /// A role is looked at before the state: the wrong one learns nothing of the dossier.
    async fn each_wrong_role_is_refused(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let mut officers = Vec::new();
        for role in Role::ALL {
            officers.push((role, server.officer(&[role], MY_THUAN).await));
        }
        for (command, body, allowed) in rows() {
            for (role, officer) in officers.iter().filter(|(role, _)| !allowed.contains(role)) {
                let answer = officer.office(&filed, command, &body).send().await;
                assert_eq!((answer.status, answer.code().as_str()), (403, "role-forbids"), "{command} by {role:?}");
            }
            citizen.office(&filed, command, &body).send().await.refused(403, "wrong-account-kind");
            server.nobody().office(&filed, command, &body).send().await.refused(401, "unauthenticated");
        }
        let read = citizen.get(&format!("/v1/dossiers/{}", filed.id)).send().await;
        assert_eq!(Seen::of(&read.expect(200)).view, filed.view, "nothing has happened");
    }

    /// The right role is let through to the next question: the state, a guard, or success.
    async fn each_right_role_is_let_in(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for (command, body, allowed) in rows() {
            for role in allowed {
                let officer = server.officer(&[*role], MY_THUAN).await;
                let filed = citizen.filed().await;
                let answer = officer.office(&filed, command, &body).send().await;
                let let_in = answer.status == 200 || answer.status == 409;
                assert!(let_in, "{command} by {role:?}: {}", answer.json());
            }
        }
    }

    async fn another_agencys_officer_finds_nothing(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let all = server.officer(&Role::ALL[..7], BINH_SON).await;
        for (command, body, _) in rows() {
            all.office(&filed, command, &body).send().await.refused(404, "not-found");
        }
        all.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.refused(404, "not-found");
    }

    async fn only_a_receiver_files_at_the_counter(server: &TestServer) {
        for role in Role::ALL {
            let officer = server.officer(&[role], MY_THUAN).await;
            let key = Uuid::now_v7().to_string();
            let answer = officer.post("/v1/office/dossiers").key(&key).json(&counter_filing()).send().await;
            if role == Receiver {
                answer.expect(200);
            } else {
                answer.refused(403, "role-forbids");
            }
        }
        let citizen = server.citizen("0912345678").await;
        for (who, status, code) in [
            (citizen, 403, "wrong-account-kind"),
            (server.nobody(), 401, "unauthenticated"),
        ] {
            let answer = who.post("/v1/office/dossiers").key("one").json(&counter_filing()).send().await;
            answer.refused(status, code);
        }
    }

    async fn an_officer_does_not_use_the_citizens_door(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let officer = server.officer(&Role::ALL, MY_THUAN).await;
        officer.act(&filed, "submit", &json!({ "consent": true })).send().await.refused(403, "wrong-account-kind");
        officer.act(&filed, "withdraw", &json!({})).send().await.refused(403, "wrong-account-kind");
        server.nobody().act(&filed, "withdraw", &json!({})).send().await.refused(401, "unauthenticated");
        server.nobody().with_token("not.a.token").get("/v1/dossiers").send().await.refused(401, "unauthenticated");
    }
}
