//! What citizens do not file online here: refused from the phone, taken at the desk and by post.

use std::sync::Arc;

use api::call::Call;
use api::dossiers::drafts::create_draft;
use api::dossiers::wire::DraftBody;
use api::procedures::posted::Posted;
use domain::actor::Actor;
use domain::ids::{DossierId, PersonId};
use domain::procedures::OnlineLevel;
use persistence::Tx;
use serde_json::{Value, json};
use tests::extract_copy::{Seen, counter_filing, draft};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// Contracts are signed before the officer.
const IN_PERSON: &str = "2.001035";

/// Household businesses are registered online in the national portal.
const IN_THE_PORTAL: &str = "1.001612";

fn draft_for(procedure: &str) -> Value {
    let mut body = draft();
    body["procedure_code"] = json!(procedure);
    body["form"] = json!({});
    body
}

fn form_for(procedure: &str) -> Value {
    if procedure == IN_PERSON {
        json!({
            "requester_name": "Trần Văn Mận", "requester_id": "089190001234", "act": "new",
            "contract_kind": "gift", "other_party_name": "Trần Thị Mơ",
            "property_description": "Xe máy biển số 67-B1 123.45", "copies": 2
        })
    } else {
        json!({
            "owner_name": "Trần Văn Mận", "owner_id": "089190001234", "business_name": "Quán Mận",
            "address": "Ấp Phước Lợi, xã Mỹ Thuận", "industries": ["Bán lẻ cà phê"],
            "capital": 20_000_000, "employees": 1
        })
    }
}

/// A citizen's draft of what was filed online until the catalogue changed.
async fn draft_from_before(server: &TestServer, person: PersonId) -> Uuid {
    let app = server.app();
    let any = app.call(Actor::Citizen { person });
    let mut catalogue = any.posted.catalogue().clone();
    for procedure in &mut catalogue.procedures {
        procedure.online = OnlineLevel::Full {};
    }
    let before = Call {
        posted: Arc::new(Posted::new(catalogue, 1).unwrap()),
        ..any
    };
    let id = Uuid::now_v7();
    let body: DraftBody = serde_json::from_value(draft_for(IN_PERSON)).unwrap();
    let draft = body.into_draft(DossierId::from_uuid(id), &before).unwrap();
    let made = move |tx: &mut Tx| create_draft(tx, &before, &draft).map(drop);
    app.store.write(made).await.unwrap();
    id
}

on_both_engines! {
    async fn a_draft_is_refused_with_where_to_file(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for (procedure, vi, en) in [
            (IN_PERSON, "Hãy nộp tại Bộ phận một cửa.", "File it at the one-stop desk."),
            (IN_THE_PORTAL, "Cổng thông tin quốc gia về đăng ký doanh nghiệp", "National business registration portal"),
        ] {
            let path = format!("/v1/dossiers/{}", Uuid::now_v7());
            let put = || citizen.put(&path).if_new().json(&draft_for(procedure));
            let problem = put().send().await.refused(422, "procedure-not-online").json();
            let fault = &problem["errors"][0];
            assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/procedure_code"), &json!("procedure-not-online")));
            assert!(fault["detail"].as_str().unwrap().contains(vi), "{fault}");
            let problem = put().in_english().send().await.refused(422, "procedure-not-online").json();
            assert!(problem["errors"][0]["detail"].as_str().unwrap().contains(en), "{problem}");
            citizen.get(&path).send().await.refused(404, "not-found");
        }
    }

    async fn the_desk_and_the_post_still_take_it(server: &TestServer) {
        let staff = server.staff().await;
        for procedure in [IN_PERSON, IN_THE_PORTAL] {
            for channel in ["counter", "post"] {
                let mut filing = counter_filing();
                filing["procedure_code"] = json!(procedure);
                filing["channel"] = json!(channel);
                filing["form"] = form_for(procedure);
                let key = Uuid::now_v7().to_string();
                let file = staff.receiver.post("/v1/office/dossiers").key(&key).json(&filing);
                let filed = Seen::of(&file.send().await.expect(200));
                assert_eq!((filed.state(), &filed.view["channel"]), ("registered", &json!(channel)));
            }
        }
    }

    async fn a_draft_from_before_is_not_submitted(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let me = citizen.get("/v1/me").send().await.expect(200).json();
        let person = Uuid::parse_str(me["person_id"].as_str().unwrap()).unwrap();
        let id = draft_from_before(server, PersonId::from_uuid(person)).await;
        let path = format!("/v1/dossiers/{id}");
        let draft = Seen::of(&citizen.get(&path).send().await.expect(200));
        let check = citizen.post(&format!("{path}/check")).send().await.expect(200).json();
        assert_eq!(check["ready"], json!(false));
        assert_eq!(check["errors"][0]["code"], "procedure-not-online", "{check}");
        let problem = citizen.submit(&draft).send().await.refused(422, "procedure-not-online").json();
        assert_eq!(problem["errors"][0]["pointer"], "/procedure_code");
        let after = Seen::of(&citizen.get(&path).send().await.expect(200));
        assert_eq!((after.state(), &after.etag), ("draft", &draft.etag));
    }
}
