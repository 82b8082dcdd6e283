//! Signing in is logged, with success and without: what happened, whose account, in which request, and
//! nothing of a person.

use chrono::TimeDelta;
use domain::time::Time;
use serde_json::{Value, json};
use tests::accounts::PASSWORD;
use tests::authenticator::Authenticator;
use tests::client::{Client, Response};
use tests::engine::Site;
use tests::faults::insiders::Insiders;
use tests::on_both_engines;
use tests::process::{self, Process, Start};

const WRONG: &str = "mật khẩu của người khác";
const NOBODY: &str = "không có ai";
const DEVICE: &str = "4f1d0c1e8c3b4f6a";

fn now() -> Time {
    use api::clock::Clock as _;
    api::clock::SystemClock.now()
}

async fn post(client: &Client, path: &str, body: &Value) -> Response {
    client.post(path).json(body).send().await
}

async fn login(client: &Client, more: Value) -> Response {
    let mut body = json!({ "password": PASSWORD });
    let fields = more.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    post(client, "/v1/auth/officers/login", &body).await
}

/// Sets a second factor; the recovery codes.
async fn enrolled(nobody: &Client, name: &str) -> (Authenticator, Vec<String>) {
    let body = json!({ "login": name, "password": PASSWORD });
    let path = "/v1/auth/officers/second_factor";
    let begun = post(nobody, path, &body).await.expect(200).json();
    let app = Authenticator::of(begun["secret"].as_str().unwrap());
    let shown =
        json!({ "enrolment_token": begun["enrolment_token"], "totp_code": app.code(now()) });
    let set = post(nobody, &format!("{path}/confirm"), &shown).await;
    let codes = set.expect(200).json()["recovery_codes"].clone();
    let codes = codes.as_array().unwrap().iter();
    (
        app,
        codes
            .map(|code| code.as_str().unwrap().to_owned())
            .collect(),
    )
}

/// The line of the security log that a request left: what happened, the way and the account.
fn told(log: &str, answer: &Response) -> Vec<(String, Value, Value)> {
    let id = json!(answer.header("x-request-id"));
    let lines = log
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_request = lines.filter(|line| line["target"] == "sign_in" && line["request_id"] == id);
    of_request
        .map(|line| {
            let event = line["event"].as_str().unwrap().to_owned();
            (event, line["way"].clone(), line["account"].clone())
        })
        .collect()
}

on_both_engines! {
    async fn signing_in_and_out_is_logged_without_a_word_of_anybody(site: &Site) {
        assert!(Process::start(site, &Start::default()).stop());
        let people = Insiders::on(site).await;
        let server = Process::start(site, &Start::default());
        let nobody = Client::nobody(server.base());
        let name = people.login.as_str();
        let wrong = login(&nobody, json!({ "login": name, "password": WRONG })).await.expect(401);
        let unknown = login(&nobody, json!({ "login": NOBODY })).await.expect(401);
        let (app, codes) = enrolled(&nobody, name).await;
        let bad = app.wrong_code(now().plus(TimeDelta::seconds(1)));
        let refused = login(&nobody, json!({ "login": name, "totp_code": bad })).await.expect(401);
        let opened = login(&nobody, json!({ "login": name, "recovery_code": codes[0], "device_id": DEVICE })).await.expect(200);
        let session = opened.json();
        let officer = session["officer_id"].clone();
        let token = session["refresh_token"].clone();
        let shown = |device: &str| json!({ "refresh_token": token, "device_id": device });
        post(&nobody, "/v1/auth/refresh", &shown(DEVICE)).await.expect(200);
        let reused = post(&nobody, "/v1/auth/refresh", &shown("0000000000000000-another")).await.expect(401);
        let again = login(&nobody, json!({ "login": name, "recovery_code": codes[1] })).await.expect(200).json();
        let signed_in = nobody.with_token(again["access_token"].as_str().unwrap());
        let proof = post(&signed_in, "/v1/office/step_up", &json!({ "password": WRONG })).await.expect(401);
        let out = signed_in.post("/v1/auth/logout").send().await.expect(204);
        let citizen = json!({ "code_request_id": uuid::Uuid::now_v7(), "phone": "0912345678", "code": "123456" });
        let code = post(&nobody, "/v1/auth/otp/verify", &citizen).await.expect(401);
        assert!(server.stop());

        let log = process::log_of(site);
        for (answer, event, way, account) in [
            (&wrong, "sign_in_refused", json!("password"), &officer),
            (&unknown, "sign_in_refused", json!("password"), &Value::Null),
            (&refused, "second_factor_refused", json!("totp"), &officer),
            (&opened, "signed_in", json!("recovery"), &officer),
            (&reused, "refresh_token_reused", Value::Null, &officer),
            (&proof, "step_up_refused", json!("password"), &officer),
            (&out, "signed_out", Value::Null, &officer),
            (&code, "sign_in_refused", json!("code"), &Value::Null),
        ] {
            let due = vec![(event.to_owned(), way, account.clone())];
            assert_eq!(told(&log, answer), due, "{event}");
        }
        // The request's own line says who, too.
        let access = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let of_proof = json!(proof.header("x-request-id"));
        let access: Vec<_> = access.filter(|line| line["target"] == "access" && line["request_id"] == of_proof).collect();
        assert_eq!((access.len(), &access[0]["account"], access[0]["timestamp"].is_string()), (1, &officer, true));
        for word in [WRONG, NOBODY, PASSWORD, DEVICE, codes[0].as_str(), "912345678", token.as_str().unwrap()] {
            assert!(!log.contains(word), "{word}");
        }
    }
}
