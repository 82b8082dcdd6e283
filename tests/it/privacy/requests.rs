//! What people ask about their own data: on two clocks of the law, each date explained.

use chrono::TimeDelta;
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::{Client, Request, Response};
use tests::content::fault;
use tests::extract_copy::grounded;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

pub(super) const MINE: &str = "/v1/me/data_requests";
const OFFICE: &str = "/v1/office/data_requests";

pub(super) fn ask(citizen: &Client, body: &Value) -> Request {
    let key = Uuid::now_v7().to_string();
    citizen.post(MINE).key(&key).json(body)
}

pub(super) async fn asked(citizen: &Client, kind: &str) -> Response {
    let body = json!({ "kind": kind, "controller_id": MY_THUAN, "details": "Tôi muốn biết rõ." });
    ask(citizen, &body).send().await.expect(200)
}

/// An officer's command at the version that was seen last.
pub(super) async fn handle(
    officer: &Client,
    seen: &Response,
    command: &str,
    body: &Value,
) -> Response {
    let id = seen.json()["data_request_id"].as_str().unwrap().to_owned();
    let request = officer
        .post(&format!("{OFFICE}/{id}/{command}"))
        .if_match(&seen.etag());
    let request = if body.is_null() {
        request
    } else {
        request.json(body)
    };
    request.send().await
}

on_both_engines! {
    async fn a_request_runs_on_two_clocks_and_each_explains_itself(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let chief = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        let there = server.officer(&[Role::AgencyAdministrator], BINH_SON).await;
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let body = json!({ "kind": "access", "controller_id": MY_THUAN });
        let first = citizen.post(MINE).key("one").json(&body).send().await.expect(200);
        let again = citizen.post(MINE).key("one").json(&body).send().await.expect(200);
        assert_eq!((again.header("idempotency-replayed"), again.json()), ("true", first.json()));
        citizen.post(MINE).key("two").json(&body).send().await.refused(409, "already-exists");
        let view = first.json();
        // The day after is a day off: two working days end on Thursday, ten days on the next one.
        assert_eq!(view["answer_deadline"]["due_date"], "2026-11-26");
        assert_eq!(view["deadline"]["due_date"], "2026-12-03");
        assert!(view["deadline"]["segments"].as_array().unwrap().len() > 3, "{view}");
        let id = view["data_request_id"].as_str().unwrap();
        let (mine, office) = (format!("{MINE}/{id}"), format!("{OFFICE}/{id}"));
        other.get(&mine).send().await.refused(404, "not-found");
        there.get(&office).send().await.refused(404, "not-found");
        receiver.get(&office).send().await.refused(403, "role-forbids");
        let seen = chief.get(&office).send().await.expect(200);
        let answered = handle(&chief, &seen, "acknowledge", &Value::Null).await.expect(200);
        handle(&chief, &seen, "acknowledge", &Value::Null).await.refused(412, "version-mismatch");
        handle(&chief, &answered, "acknowledge", &Value::Null).await.refused(409, "data-request-forbids");
        let reason = json!({ "reason": "Phải tra cứu hồ sơ giấy." });
        let extended = handle(&chief, &answered, "extend", &reason).await.expect(200);
        let shown = citizen.get(&mine).send().await.expect(200).json();
        assert_eq!((&shown["state"], &shown["extension_reason"]), (&json!("acknowledged"), &reason["reason"]));
        assert_eq!((&shown["original_due_at"], &shown["deadline"]["due_date"]), (&view["due_at"], &json!("2026-12-14")));
        handle(&chief, &extended, "extend", &reason).await.refused(409, "already-extended");
        let note = json!({ "note": "Đã cung cấp đầy đủ." });
        let closed = handle(&chief, &extended, "fulfil", &note).await.expect(200);
        for command in ["fulfil", "refuse", "extend"] {
            let body = match command {
                "fulfil" => note.clone(),
                "refuse" => json!({ "ground": "not_held", "note": "Không lưu giữ." }),
                _ => reason.clone(),
            };
            handle(&chief, &closed, command, &body).await.refused(409, "data-request-forbids");
        }
        let listed = citizen.get(MINE).send().await.expect(200).json();
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["note"]), (1, &note["note"]));
        assert_eq!(there.get(OFFICE).send().await.expect(200).json()["items"], json!([]));
        // Closed, so the same may be asked anew.
        citizen.post(MINE).key("three").json(&body).send().await.expect(200);
    }

    async fn what_is_late_is_not_extended_and_a_refusal_names_its_ground(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let chief = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        let late = asked(&citizen, "objection").await;
        server.clock().advance(TimeDelta::days(16));
        let reason = json!({ "reason": "Đang chờ." });
        handle(&chief, &late, "extend", &reason).await.refused(409, "extension-too-late");
        let refusal = json!({ "ground": "state_management", "note": "Luật giao nhiệm vụ này." });
        let refused = handle(&chief, &late, "refuse", &refusal).await.expect(200).json();
        assert_eq!((&refused["state"], &refused["refusal"]["ground"]), (&json!("refused"), &json!("state_management")));
        assert!(refused["refusal"]["legal_basis"].as_str().unwrap().contains("91/2025/QH15"), "{refused}");
        let nowhere = json!({ "kind": "access", "controller_id": Uuid::now_v7() });
        ask(&citizen, &nowhere).send().await.expect(422).names(fault("/controller_id", "unknown-reference"));
    }

    async fn a_correction_is_made_on_proof_and_what_one_changes_alone_needs_no_request(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let chief = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        let wrong = |fields: Value| {
            let body = json!({
                "kind": "correction", "controller_id": MY_THUAN, "fields": fields,
                "details": "Tên đúng là Nguyễn Thị Đào."
            });
            ask(&citizen, &body).send()
        };
        wrong(json!(["address"])).await.expect(422).names(fault("/fields/0", "corrected-at-once"));
        wrong(json!([])).await.expect(422).names(fault("/fields", "required"));
        let seen = wrong(json!(["full_name"])).await.expect(200);
        let note = "Đối chiếu căn cước công dân.";
        let done = |correction: Value| handle_with(&chief, &seen, json!({ "note": note, "correction": correction }));
        done(Value::Null).await.expect(422).names(fault("/correction/full_name", "required"));
        let more = json!({ "full_name": "Nguyễn Thị Đào", "birth_date": "1990-05-19" });
        done(more).await.expect(422).names(fault("/correction/birth_date", "unknown-field"));
        done(json!({ "full_name": "" })).await.expect(422).names(fault("/correction/full_name", "required"));
        done(json!({ "full_name": "Nguyễn Thị Đào" })).await.expect(200);
        let me = citizen.get("/v1/me").send().await.expect(200).json();
        assert_eq!(me["full_name"], "Nguyễn Thị Đào");
        // What was verified is changed by verifying again: sign-in goes by that number.
        server.verify(&citizen, "089190001234").await;
        let seen = wrong(json!(["personal_number"])).await.expect(200);
        let correction = json!({ "personal_number": "089190004321" });
        let refused = handle_with(&chief, &seen, json!({ "note": note, "correction": correction }));
        refused.await.refused(409, "identity-verified");
    }

    async fn an_erasure_takes_what_it_may_and_says_what_stays(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let chief = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        let province = server.officer(&[Role::ProvinceAdministrator], PROVINCE).await;
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let filed = citizen.filed().await;
        citizen.draft().await;
        let seen = asked(&citizen, "erasure").await;
        let note = json!({ "note": "Đã xoá tài khoản." });
        handle(&chief, &seen, "fulfil", &note).await.refused(403, "role-forbids");
        handle(&province, &seen, "fulfil", &note).await.refused(409, "state-forbids");
        receiver.done(&filed, "refuse", grounded("Sai cơ quan.")).await;
        let done = handle(&province, &seen, "fulfil", &note).await.expect(200).json();
        assert_eq!((&done["erasure"]["drafts_erased"], &done["erasure"]["dossiers_kept"]), (&json!(1), &json!(1)));
        assert!(done["erasure"]["kept_by"].as_str().unwrap().contains("33/2024"), "{done}");
        citizen.get("/v1/me").send().await.refused(401, "unauthenticated");
        let id = done["data_request_id"].as_str().unwrap();
        let left = province.get(&format!("{OFFICE}/{id}")).send().await.expect(200).json();
        assert_eq!((&left["details"], &left["full_name"], &left["state"]), (&Value::Null, &Value::Null, &json!("fulfilled")));
    }
}

async fn handle_with(chief: &Client, seen: &Response, body: Value) -> Response {
    handle(chief, seen, "fulfil", &body).await
}
