//! A token that outlives its account.

use domain::actor::{Actor, Role, Roles};
use domain::ids::Id;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD};
use tests::client::{Client, Response};
use tests::extract_copy::{counter_filing, draft, pdf, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

fn refused(answer: &Response) {
    let answer = answer.clone().refused(401, "unauthenticated");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
}

async fn files(officer: &Client) -> Response {
    let key = Uuid::now_v7().to_string();
    let request = officer.post("/v1/office/dossiers").key(&key);
    request.json(&counter_filing()).send().await
}

on_both_engines! {
    async fn a_citizen_without_an_account_is_asked_to_sign_in(server: &TestServer) {
        let gone = server.signed_in(&Actor::Citizen { person: Id::from_uuid(Uuid::now_v7()) });
        refused(&gone.get("/v1/me").send().await);
        let change = gone.patch("/v1/me").if_match("\"v1\"");
        refused(&change.json(&json!({ "language": "en" })).send().await);
        let path = format!("/v1/dossiers/{}", Uuid::now_v7());
        refused(&gone.put(&path).if_new().json(&draft()).send().await);
        gone.get(&path).send().await.refused(404, "not-found");
        assert_eq!(gone.get("/v1/dossiers").send().await.expect(200).json()["items"], json!([]));
        assert_eq!(gone.get("/v1/me/results").send().await.expect(200).json()["items"], json!([]));
    }

    async fn an_officer_taken_out_of_use_decides_nothing_more(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let decided = staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let filed = citizen.filed().await;
        let roles = [Role::Receiver, Role::Processor];
        let account = server.hire(&roles, MY_THUAN).await;
        let token = |agency| {
            let (officer, roles) = (account.id, Roles::of(&roles));
            server.signed_in(&Actor::Officer { officer, agency, roles })
        };
        let officer = token(MY_THUAN);
        files(&officer).await.expect(200);
        // A token for an agency where the account is not.
        refused(&files(&token(BINH_SON)).await);
        server.deactivate(&account).await;
        refused(&files(&officer).await);
        refused(&officer.office(&filed, "accept", &json!({})).send().await);
        refused(&officer.office(&filed, "request_payment", &Value::Null).send().await);
        let (dossier, file) = (format!("/v1/office/dossiers/{}", decided.id), pdf("x"));
        let upload = officer.post(&format!("{dossier}/result_file"));
        refused(&upload.body("application/pdf", file).send().await);
        let login = json!({ "login": account.login, "password": PASSWORD });
        let login = server.nobody().post("/v1/auth/officers/login").json(&login).send().await;
        login.refused(401, "credentials-refused");
    }

    async fn an_officer_without_an_account_decides_nothing(server: &TestServer) {
        let filed = server.citizen("0912345678").await.filed().await;
        let gone = server.signed_in(&Actor::Officer {
            officer: Id::from_uuid(Uuid::now_v7()),
            agency: MY_THUAN,
            roles: Roles::of(&Role::ALL[..7]),
        });
        refused(&files(&gone).await);
        refused(&gone.office(&filed, "request_supplement", &two_papers()).send().await);
        refused(&gone.office(&filed, "accept", &json!({})).send().await);
    }
}
