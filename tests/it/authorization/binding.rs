//! Requests that name what is not theirs: another dossier's document, another agency's, another
//! dossier's fee, an agency and a procedure that are not there, an address that is taken.

use domain::actor::Role;
use domain::ids::AgencyId;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, Staff, counter_filing, draft, pdf};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use crate::mandates::{done, draft_under, from_account, named, proposed, proposing, terms};

/// Filed at an agency, and worked on there.
async fn processing(citizen: &Client, staff: &Staff, agency: AgencyId) -> Seen {
    let mut body = draft();
    body["agency_id"] = json!(agency);
    let draft = citizen.draft_of(&body).await;
    staff
        .processing(&Seen::of(&citizen.submit(&draft).send().await.expect(200)))
        .await
}

async fn decided(citizen: &Client, staff: &Staff, agency: AgencyId) -> Seen {
    let processing = processing(citizen, staff, agency).await;
    let approved = json!({ "outcome": "approved" });
    staff.approver.done(&processing, "decide", approved).await
}

/// A document that waits to be issued for this dossier.
async fn waiting(staff: &Staff, decided: &Seen) -> Value {
    let path = format!("/v1/office/dossiers/{}/result_file", decided.id);
    let upload = staff
        .processor
        .post(&path)
        .body("application/pdf", pdf(&decided.id));
    upload.send().await.expect(201).json()["file_id"].clone()
}

async fn issue(staff: &Staff, decided: &Seen, file: &Value) -> Response {
    let body = json!({
        "number": "1/2026", "issued_on": "2026-11-23", "signer_name": "Lê Văn Chín", "file_id": file
    });
    staff
        .processor
        .office(decided, "issue_result", &body)
        .send()
        .await
}

async fn put(citizen: &Client, id: &str, body: &Value) -> Response {
    citizen
        .put(&format!("/v1/dossiers/{id}"))
        .if_new()
        .json(body)
        .send()
        .await
}

on_both_engines! {
    async fn nobody_binds_what_is_anothers(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let mine = decided(&citizen, &here, MY_THUAN).await;
        // The document of another dossier of this agency, of another agency's, and a citizen's paper.
        let sibling = decided(&other, &here, MY_THUAN).await;
        let foreign = decided(&other, &there, BINH_SON).await;
        let paper = citizen.attach(&citizen.draft().await, "authorisation").await;
        for file in [
            waiting(&here, &sibling).await,
            waiting(&there, &foreign).await,
            paper.view["papers"][0]["file_id"].clone(),
            json!(Uuid::now_v7()),
        ] {
            issue(&here, &mine, &file).await.expect(422).names(fault("/file_id", "unknown-reference"));
        }
        issue(&here, &mine, &waiting(&here, &mine).await).await.expect(200);
    }

    async fn nobody_pays_for_what_is_anothers(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let mine = processing(&citizen, &here, MY_THUAN).await;
        let sibling = processing(&other, &here, MY_THUAN).await;
        let foreign = processing(&other, &there, BINH_SON).await;
        for theirs in [&sibling, &foreign] {
            let fee = &theirs.view["obligations"][0]["id"];
            assert!(fee.is_string(), "{}", theirs.view);
            let cash = json!({ "amount": PRICE, "obligation_ids": [fee] });
            let taken = here.cashier.office(&mine, "record_cash", &cash).send().await;
            taken.expect(422).names(fault("/obligation_ids/0", "unknown-reference"));
            let asked = here.receiver.office(&mine, "request_payment", &json!({ "obligation_ids": [fee] }));
            asked.send().await.expect(422).names(fault("/obligation_ids/0", "unknown-reference"));
        }
        let read = there.receiver.get(&format!("/v1/office/dossiers/{}", foreign.id)).send().await;
        assert_eq!(Seen::of(&read.expect(200)).etag, foreign.etag);
    }

    async fn a_draft_names_an_agency_and_a_procedure_that_are_there(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut body = draft();
        body["agency_id"] = json!(Uuid::now_v7());
        let id = Uuid::now_v7().to_string();
        put(&citizen, &id, &body).await.expect(422).names(fault("/agency_id", "unknown-reference"));
        let mut body = draft();
        body["procedure_code"] = json!("9.999999");
        put(&citizen, &id, &body).await.expect(422).names(fault("/procedure_code", "unknown-reference"));
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let mut filing = counter_filing();
        filing["procedure_code"] = json!("9.999999");
        let filed = receiver.post("/v1/office/dossiers").key("one").json(&filing).send().await;
        filed.expect(422).names(fault("/procedure_code", "unknown-reference"));
        citizen.get(&format!("/v1/dossiers/{id}")).send().await.refused(404, "not-found");
    }

    /// A mandate of another person's on my dossier, an organisation that is not mine, a mandate that
    /// waits: none of them binds.
    async fn nobody_drafts_under_what_is_anothers(server: &TestServer) {
        let giver = named(server, "0912345678", "Nguyễn Thị Đào").await;
        let delegate = named(server, "0987654321", "Trần Văn Mận").await;
        let stranger = named(server, "0977777777", "Lê Văn Sáu").await;
        let waiting = proposed(&delegate, &from_account("0912345678", "Nguyễn Thị Đào")).await;
        let under = draft_under(&waiting, "Nguyễn Thị Đào");
        let id = Uuid::now_v7().to_string();
        put(&delegate, &id, &under).await.refused(409, "mandate-state-forbids");
        done(&giver, &waiting, "accept").await;
        put(&stranger, &id, &under).await.expect(422).names(fault("/mandate_id", "unknown-reference"));
        let mut mine = draft();
        mine["mandate_id"] = json!(Uuid::now_v7());
        put(&stranger, &id, &mine).await.expect(422).names(fault("/mandate_id", "unknown-reference"));
        let mut inside = terms(&json!({ "organisation_id": Uuid::now_v7() }), "organisation_authorisation");
        inside["delegate"] = json!({ "phone": "0987654321", "full_name": "Trần Văn Mận" });
        inside["agency_id"] = json!(MY_THUAN);
        let inside = proposing(&stranger, &inside).send().await.expect(422);
        inside.names(fault("/mandator/organisation_id", "unknown-reference"));
        put(&delegate, &id, &under).await.expect(201);
        // Pinned for good: no change of a draft names a mandate.
        let path = format!("/v1/dossiers/{id}");
        let etag = delegate.get(&path).send().await.expect(200).etag();
        let change = delegate.patch(&path).if_match(&etag);
        let change = change.body("application/merge-patch+json", json!({ "mandate_id": null }).to_string());
        change.send().await.refused(422, "invalid-content");
    }

    /// The phone makes the id: one that is taken is refused, whoever has it, and tells nothing of it.
    async fn a_taken_address_stays_its_owners(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let theirs = other.draft().await;
        let refused = put(&citizen, &theirs.id, &draft()).await.refused(409, "already-exists");
        let again = put(&other, &theirs.id, &draft()).await.refused(409, "already-exists");
        for body in [refused.json(), again.json()] {
            assert_eq!(body["current_version"], Value::Null, "{body}");
        }
        citizen.get(&format!("/v1/dossiers/{}", theirs.id)).send().await.refused(404, "not-found");
        let now = other.get(&format!("/v1/dossiers/{}", theirs.id)).send().await.expect(200);
        assert_eq!(Seen::of(&now).view, theirs.view);
        let receiver = server.officer(&[Role::Receiver], BINH_SON).await;
        let mut filing = counter_filing();
        filing["id"] = json!(theirs.id);
        let filed = receiver.post("/v1/office/dossiers").key("one").json(&filing).send().await;
        filed.refused(409, "already-exists");
    }
}
