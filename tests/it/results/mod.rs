//! Results: uploaded, issued once, listed for their owner, expired.

use api::papers::sweep::sweep;
use chrono::TimeDelta;
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen};
use tests::on_both_engines;
use tests::server::TestServer;

use crate::papers::{draft, pdf, png};

const ROLES: [Role; 5] = [
    Role::Receiver,
    Role::Processor,
    Role::Approver,
    Role::Returner,
    Role::Cashier,
];

/// A dossier as the officers last saw it: its address and its version's tag.
struct Decided {
    path: String,
    etag: String,
}

async fn done(officer: &Client, path: &str, etag: &str, verb: &str, body: Value) -> Response {
    let request = officer.post(&format!("{path}/{verb}")).if_match(etag);
    let request = if verb == "record_cash" {
        request.key(&uuid::Uuid::now_v7().to_string())
    } else {
        request
    };
    let request = if body.is_null() {
        request
    } else {
        request.json(&body)
    };
    request.send().await.expect(200)
}

/// Files a dossier as the citizen and takes it through the desk up to the step named.
async fn through_the_desk(citizen: &Client, officer: &Client, last: &str) -> Decided {
    let (path, etag) = draft(citizen).await;
    let submit = citizen.post(&format!("{path}/submit")).if_match(&etag);
    let submit = submit.key(&path).json(&json!({ "consent": true }));
    let mut seen = submit.send().await.expect(200);
    let path = path.replace("/v1/", "/v1/office/");
    for verb in ["accept", "record_cash", "forward", "decide"] {
        let body = match verb {
            "accept" => json!({}),
            "record_cash" => json!({ "amount": seen.json()["amount_due"] }),
            "decide" => json!({ "outcome": "approved" }),
            _ => Value::Null,
        };
        seen = done(officer, &path, &seen.etag(), verb, body).await;
        if verb == last {
            break;
        }
    }
    Decided {
        path,
        etag: seen.etag(),
    }
}

async fn upload(officer: &Client, dossier: &Decided, bytes: Vec<u8>) -> Response {
    let request = officer.post(&format!("{}/result_file", dossier.path));
    request.body("application/pdf", bytes).send().await
}

fn result(file: &Value) -> Value {
    json!({
        "number": "215/2026/TLKS-BS", "issued_on": "2026-11-23",
        "signer_name": "Lê Văn Chín", "file_id": file
    })
}

async fn issue(officer: &Client, dossier: &Decided, key: &str, body: &Value) -> Response {
    let request = officer.post(&format!("{}/issue_result", dossier.path));
    request
        .if_match(&dossier.etag)
        .key(key)
        .json(body)
        .send()
        .await
}

async fn handed_over(officer: &Client, issued: &Response, path: &str) -> Response {
    let to = json!({ "recipient": "Nguyễn Thị Đào" });
    done(officer, path, &issued.etag(), "hand_over", to).await
}

on_both_engines! {
    /// Most fees are collected with the result: whoever held it before would not have to pay, and
    /// what is held cannot be taken back.
    async fn nothing_is_held_before_it_is_paid_for_and_handed_over(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let decided = staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let completed = staff.issued(&decided, "1/2026").await;
        let address = |seen: &Seen| format!("/v1/files/{}", seen.view["results"][0]["file_id"].as_str().unwrap());
        let file = address(&completed);
        let path = format!("/v1/dossiers/{}", completed.id);

        // She sees that it is there and what is owed, and cannot get at it by any door.
        let told = Seen::of(&citizen.get(&path).send().await.expect(200));
        assert_eq!((told.state(), &told.view["amount_due"]), ("completed", &json!(PRICE)));
        let listed = citizen.get(&format!("{path}/results")).send().await.expect(200).json();
        for result in [&told.view["results"][0], &listed["items"][0]] {
            assert_eq!((&result["number"], &result["file_id"]), (&json!("1/2026"), &Value::Null));
        }
        assert!(!told.view.to_string().contains(file.rsplit('/').next().unwrap()));
        let mine = async || citizen.get("/v1/me/results").send().await.expect(200).json()["items"].clone();
        assert_eq!(mine().await, json!([]));
        citizen.get(&file).send().await.refused(404, "not-found");
        staff.returner.get(&file).send().await.expect(200);

        // Recalled, made again, paid: still not hers.
        let recalled = staff.returner.done(&completed, "recall", json!({ "reason": "Sai năm sinh." })).await;
        let decided = staff.approver.done(&recalled, "decide", json!({ "outcome": "approved" })).await;
        let again = staff.issued(&decided, "2/2026").await;
        let paid = staff.cashier.done(&again, "record_cash", json!({ "amount": PRICE })).await;
        citizen.get(&address(&paid)).send().await.refused(404, "not-found");
        assert_eq!(mine().await, json!([]));

        let to = json!({ "recipient": "Nguyễn Thị Đào" });
        let returned = staff.returner.done(&paid, "hand_over", to).await;
        assert_eq!(mine().await[0]["number"], "2/2026");
        citizen.get(&address(&returned)).send().await.expect(200);
        citizen.get(&file).send().await.refused(404, "not-found");
        let told = Seen::of(&citizen.get(&path).send().await.expect(200));
        assert_eq!(told.view["results"], returned.view["results"]);
    }

    async fn a_result_is_in_its_owners_list_with_the_hand_over(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&ROLES, MY_THUAN).await;
        let dossier = through_the_desk(&citizen, &officer, "decide").await;
        let stored = upload(&officer, &dossier, pdf("trích lục")).await.expect(201);
        let file = stored.json()["file_id"].clone();
        let address = format!("/v1/files/{}", file.as_str().unwrap());
        assert_eq!(stored.header("location"), address);
        assert_eq!(stored.json()["media_type"], "application/pdf");

        // Not issued yet: for those who could issue it, and for nobody else.
        assert_eq!(officer.get(&address).send().await.expect(200).body, pdf("trích lục"));
        let desk = server.officer(&[Role::Receiver], MY_THUAN).await;
        let neighbour = server.officer(&ROLES, BINH_SON).await;
        for other in [&citizen, &desk, &neighbour] {
            other.get(&address).send().await.refused(404, "not-found");
        }
        let list = |client: &Client| client.get("/v1/me/results").send();
        assert_eq!(list(&citizen).await.expect(200).json()["items"], json!([]));

        let issued = issue(&officer, &dossier, "k", &result(&file)).await.expect(200);
        assert_eq!(issued.json()["state"], "completed");
        let again = issue(&officer, &dossier, "k", &result(&file)).await.expect(200);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(list(&citizen).await.expect(200).json()["items"], json!([]));
        handed_over(&officer, &again, &dossier.path).await;
        let mine = list(&citizen).await.expect(200).json();
        assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(mine["items"][0]["number"], "215/2026/TLKS-BS");
        assert_eq!(mine["items"][0]["file_id"], file);
        assert_eq!(mine["next_page_token"], Value::Null);
        let path = dossier.path.replace("/v1/office/", "/v1/");
        let of_dossier = citizen.get(&format!("{path}/results")).send().await.expect(200);
        assert_eq!(of_dossier.json()["items"], mine["items"]);
        citizen.get(&address).send().await.expect(200);
        desk.get(&address).send().await.expect(200);
        neighbour.get(&address).send().await.refused(404, "not-found");
        neighbour.get(&format!("{path}/results")).send().await.refused(404, "not-found");
        officer.get("/v1/me/results").send().await.refused(403, "wrong-account-kind");
    }

    async fn only_what_was_uploaded_for_this_dossier_can_be_issued(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&ROLES, MY_THUAN).await;
        let early = through_the_desk(&citizen, &officer, "forward").await;
        upload(&officer, &early, pdf("x")).await.refused(409, "decision-missing");
        let (one, two) = (
            through_the_desk(&citizen, &officer, "decide").await,
            through_the_desk(&citizen, &officer, "decide").await,
        );
        let desk = server.officer(&[Role::Receiver], MY_THUAN).await;
        upload(&desk, &one, pdf("x")).await.refused(403, "role-forbids");
        let neighbour = server.officer(&ROLES, BINH_SON).await;
        upload(&neighbour, &one, pdf("x")).await.refused(404, "not-found");
        upload(&officer, &one, png()).await.refused(422, "file-type-refused");
        let image = officer.post(&format!("{}/result_file", one.path)).body("image/png", png());
        image.send().await.refused(422, "file-type-refused");

        let file = upload(&officer, &one, pdf("x")).await.expect(201).json()["file_id"].clone();
        let wrong = issue(&officer, &two, "a", &result(&file)).await.refused(422, "invalid-content");
        wrong.names(fault("/file_id", "unknown-reference"));
        let mut tomorrow = result(&file);
        tomorrow["issued_on"] = json!("2026-11-24");
        tomorrow["number"] = json!(" ");
        let wrong = issue(&officer, &one, "b", &tomorrow).await.refused(422, "invalid-content");
        wrong.names(fault("/number", "required")).names(fault("/issued_on", "out-of-range"));
        issue(&officer, &one, "c", &result(&file)).await.expect(200);
    }

    /// The register of an agency and a year; what was recalled gives its number back.
    async fn a_number_stands_once_in_the_agencys_year(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let mut decided = Vec::new();
        for _ in 0..3 {
            let processing = staff.processing(&citizen.filed().await).await;
            decided.push(staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await);
        }
        let first = staff.issued(&decided[0], "9/2026").await;
        let path = format!("/v1/office/dossiers/{}", decided[1].id);
        let other = Decided { path, etag: decided[1].etag.clone() };
        let file = upload(&staff.processor, &other, pdf("b")).await.expect(201).json()["file_id"].clone();
        let mut body = result(&file);
        body["number"] = json!("9/2026");
        let taken = issue(&staff.processor, &other, "a", &body).await.refused(409, "result-number-taken");
        taken.names(fault("/number", "result-number-taken"));
        let last_year = { let mut old = body.clone(); old["issued_on"] = json!("2025-12-31"); old };
        issue(&staff.processor, &other, "b", &last_year).await.expect(200);
        let recalled = staff.returner.done(&first, "recall", json!({ "reason": "Sai năm sinh." })).await;
        assert_eq!(recalled.state(), "processing");
        assert_eq!(staff.issued(&decided[2], "9/2026").await.state(), "completed");
        let neighbours = server.staff_of(BINH_SON).await;
        let mut elsewhere = tests::extract_copy::draft();
        elsewhere["agency_id"] = json!(BINH_SON);
        let draft = citizen.draft_of(&elsewhere).await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let processing = neighbours.processing(&filed).await;
        let granted = neighbours.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        assert_eq!(neighbours.issued(&granted, "9/2026").await.state(), "completed");
    }

    async fn a_document_never_issued_expires(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&ROLES, MY_THUAN).await;
        let dossier = through_the_desk(&citizen, &officer, "decide").await;
        let file = upload(&officer, &dossier, pdf("x")).await.expect(201).json()["file_id"].clone();
        server.clock().advance(TimeDelta::hours(25));
        let swept = sweep(server.app(), server.app().clock.now()).await.unwrap();
        assert_eq!(swept.expired, 1);
        let address = format!("/v1/files/{}", file.as_str().unwrap());
        officer.get(&address).send().await.refused(404, "not-found");
        issue(&officer, &dossier, "k", &result(&file)).await.refused(422, "invalid-content");
    }

    async fn the_own_list_is_paged(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let officer = server.officer(&ROLES, MY_THUAN).await;
        for key in ["1", "2", "3"] {
            let dossier = through_the_desk(&citizen, &officer, "decide").await;
            let file = upload(&officer, &dossier, pdf(key)).await.expect(201).json()["file_id"].clone();
            let mut numbered = result(&file);
            numbered["number"] = json!(format!("{key}/2026"));
            let issued = issue(&officer, &dossier, key, &numbered).await.expect(200);
            handed_over(&officer, &issued, &dossier.path).await;
            server.clock().advance(TimeDelta::minutes(1));
        }
        let first = citizen.get("/v1/me/results?page_size=2").send().await.expect(200).json();
        assert_eq!(first["items"].as_array().map(Vec::len), Some(2));
        let token = first["next_page_token"].as_str().unwrap();
        let path = format!("/v1/me/results?page_size=2&page_token={token}");
        let second = citizen.get(&path).send().await.expect(200).json();
        assert_eq!(second["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(second["next_page_token"], Value::Null);
        let other = server.citizen("0987654321").await;
        other.get(&path).send().await.refused(400, "invalid-page-token");
    }
}
