//! An officer sees card and person: the account is verified, and what was seen is kept.

use api::worker::run_once;
use domain::actor::{Actor, Role, Roles};
use domain::identities::IdentityDocument;
use domain::ids::PersonId;
use persistence::identities::{self, Counter, Evidence};
use persistence::{StoreError, Tx, events};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

async fn person(citizen: &Client) -> Value {
    citizen.get("/v1/me").send().await.expect(200).json()["person_id"].clone()
}

fn card(person: &Value) -> Value {
    json!({
        "person_id": person, "full_name": "Nguyễn Thị Đào", "personal_number": "089190001234",
        "birth_date": "1990-05-19", "sex": "female", "document": "identity_card",
        "document_last_digits": "1234"
    })
}

async fn verify(officer: &Client, body: &Value) -> Response {
    officer
        .post("/v1/office/identities")
        .json(body)
        .send()
        .await
}

on_both_engines! {
    async fn who_saw_what_of_whom_is_kept(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let hired = server.hire(&[Role::Receiver], MY_THUAN).await;
        let receiver = server.signed_in(&Actor::Officer {
            officer: hired.id,
            agency: MY_THUAN,
            roles: Roles::of(&[Role::Receiver]),
        });
        let who = person(&citizen).await;
        let told = verify(&receiver, &card(&who)).await.expect(200).json();
        assert_eq!((&told["person_id"], &told["assurance_level"]), (&who, &json!(2)));
        let me = citizen.get("/v1/me").send().await.expect(200).json();
        assert_eq!((&me["assurance_level"], &me["personal_number"]), (&json!(2), &json!("089190001234")));
        assert_eq!((&me["full_name"], &me["birth_date"]), (&json!("Nguyễn Thị Đào"), &json!("1990-05-19")));

        let id: PersonId = who.as_str().unwrap().parse().unwrap();
        let proofs = move |tx: &mut Tx| identities::of_person(tx, id);
        let proofs = server.store().read::<_, StoreError>(proofs).await.unwrap();
        let [proof] = proofs.as_slice() else { panic!("{proofs:?}") };
        let Evidence::Counter(Counter { officer, agency, document, digits }) = &proof.evidence else {
            panic!("{proof:?}")
        };
        assert_eq!((*officer, *agency), (hired.id, MY_THUAN));
        assert_eq!((*document, digits.reveal().as_str()), (IdentityDocument::IdentityCard, "1234"));
        run_once(server.app()).await;
        let log = |tx: &mut Tx| events::after(tx, 0, 1000);
        let log = server.store().read::<_, StoreError>(log).await.unwrap();
        let event = log.iter().find(|event| event.kind == "identity_verified").unwrap();
        assert_eq!((event.actor_id, event.agency_id), (Some(hired.id.uuid()), Some(MY_THUAN)));
        let payload: Value = event.payload.parse().unwrap();
        assert_eq!((&payload["method"], &payload["document"]), (&json!("counter"), &json!("identity_card")));
        assert_eq!(payload["proof_id"], json!(proof.id));
        assert_eq!(payload.as_object().unwrap().len(), 3, "no digits of it: {payload}");
    }

    async fn what_does_not_fit_together_is_refused(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let who = person(&citizen).await;
        for (field, value, pointer, code) in [
            ("birth_date", json!("1991-05-19"), "/personal_number", "number-disagrees"),
            ("sex", json!("male"), "/personal_number", "number-disagrees"),
            ("personal_number", json!("003190001234"), "/personal_number", "number-disagrees"),
            ("document_last_digits", json!("1235"), "/document_last_digits", "number-disagrees"),
            ("document_last_digits", json!("12a4"), "/document_last_digits", "wrong-format"),
            ("personal_number", json!("89190001234"), "/personal_number", "wrong-format"),
            ("birth_date", json!("2999-01-01"), "/birth_date", "out-of-range"),
            ("full_name", json!(" "), "/full_name", "required"),
            ("full_name", json!("ă".repeat(101)), "/full_name", "too-long"),
        ] {
            let mut body = card(&who);
            body[field] = value;
            let told = verify(&receiver, &body).await.refused(422, "invalid-content").json();
            let errors = told["errors"].as_array().unwrap();
            let named = errors.iter().any(|one| one["pointer"] == pointer && one["code"] == code);
            assert!(named, "{field}: {told}");
        }
        let mut body = card(&who);
        body["sex"] = json!("male");
        verify(&receiver, &body).await.expect(422).names(fault("/personal_number", "number-disagrees"));
        // A passport has a number of its own.
        let mut body = card(&who);
        body["document"] = json!("passport");
        body["document_last_digits"] = json!("C567");
        verify(&receiver, &body).await.expect(200);
    }

    async fn one_person_is_one_account(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let (here, there) = (
            server.officer(&[Role::Receiver], MY_THUAN).await,
            server.officer(&[Role::Receiver], BINH_SON).await,
        );
        verify(&here, &card(&person(&citizen).await)).await.expect(200);
        verify(&there, &card(&person(&other).await)).await.refused(409, "identity-taken");
        // Seen again is no harm; seen as somebody else is.
        verify(&there, &card(&person(&citizen).await)).await.expect(200);
        let mut somebody = card(&person(&citizen).await);
        somebody["personal_number"] = json!("089190005678");
        somebody["document_last_digits"] = json!("5678");
        verify(&here, &somebody).await.refused(409, "identity-verified");
        let nobody = card(&json!("019ab1f0-7c1e-7000-8000-000000000005"));
        verify(&here, &nobody).await.refused(404, "not-found");
        let cashier = server.officer(&[Role::Cashier, Role::Processor], MY_THUAN).await;
        verify(&cashier, &card(&person(&other).await)).await.refused(403, "role-forbids");
        verify(&citizen, &card(&person(&other).await)).await.refused(403, "wrong-account-kind");
    }
}
