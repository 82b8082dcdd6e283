//! Another telephone number: by a code sent to it, and with a day's pause after it.

use api::worker::run_once;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::on_both_engines;
use tests::server::TestServer;

const OLD: &str = "0912345678";
const NEW: &str = "0987654321";

async fn wish(citizen: &Client, phone: &str) -> Response {
    let request = citizen.post("/v1/me/request_phone_change");
    request.json(&json!({ "phone": phone })).send().await
}

async fn change(
    citizen: &Client,
    etag: &str,
    request: &Value,
    phone: &str,
    code: &str,
) -> Response {
    let body = json!({ "code_request_id": request, "phone": phone, "code": code });
    let change = citizen.post("/v1/me/change_phone").if_match(etag);
    change.json(&body).send().await
}

async fn moves(citizen: &Client, address: Value) -> Response {
    let me = citizen.get("/v1/me").send().await.expect(200);
    let change = citizen.patch("/v1/me").if_match(&me.etag());
    change.json(&json!({ "address": address })).send().await
}

on_both_engines! {
    async fn a_new_number_ends_every_session_and_holds_the_account(server: &TestServer) {
        let citizen = server.citizen(OLD).await;
        let tablet = server.citizen(OLD).await;
        moves(&citizen, json!("Mỹ Thuận")).await.expect(200);
        let etag = citizen.get("/v1/me").send().await.expect(200).etag();
        let request = wish(&citizen, NEW).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        // Nobody else's account gets the number by it, and nobody signs in with it.
        let stranger = server.citizen("0901234567").await;
        let theirs = stranger.get("/v1/me").send().await.expect(200).etag();
        change(&stranger, &theirs, &request, NEW, &code).await.refused(401, "credentials-refused");
        let sign_in = json!({ "code_request_id": request, "phone": NEW, "code": code });
        let sign_in = server.nobody().post("/v1/auth/otp/verify").json(&sign_in).send().await;
        sign_in.refused(401, "credentials-refused");
        change(&citizen, "\"v1\"", &request, NEW, &code).await.refused(412, "version-mismatch");
        change(&citizen, &etag, &request, NEW, "12345").await.refused(422, "invalid-content");
        change(&citizen, &etag, &request, OLD, &code).await.refused(422, "invalid-content");
        let me = change(&citizen, &etag, &request, NEW, &code).await.expect(200).json();
        assert_eq!(me["phone"], "+84987654321");
        for gone in [&citizen, &tablet] {
            gone.get("/v1/me").send().await.refused(401, "unauthenticated");
        }
        stranger.get("/v1/me").send().await.expect(200);

        let again = server.citizen(NEW).await;
        let now = again.get("/v1/me").send().await.expect(200).json();
        assert_eq!(now["person_id"], me["person_id"]);
        // What waits for a day, to its last moment.
        for _ in 0..2 {
            moves(&again, json!("Bình Sơn")).await.refused(409, "account-on-hold");
            moves(&again, Value::Null).await.refused(409, "account-on-hold");
            wish(&again, OLD).await.refused(409, "account-on-hold");
            let name = again.patch("/v1/me").if_match(&again.get("/v1/me").send().await.etag());
            name.json(&json!({ "full_name": "Nguyễn Thị Đào" })).send().await.expect(200);
            server.clock().advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
        }
        moves(&again, json!("Bình Sơn")).await.expect(200);
        wish(&again, NEW).await.refused(422, "invalid-content");
        // The old number opens an account of its own now.
        let other = server.citizen(OLD).await.get("/v1/me").send().await.expect(200).json();
        assert_ne!(other["person_id"], me["person_id"]);
        let taken = wish(&again, OLD).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        let etag = again.get("/v1/me").send().await.etag();
        change(&again, &etag, &taken, OLD, &code).await.refused(409, "already-exists");
    }

    /// The notice to the old number is delivered, and forgotten with that.
    async fn the_old_number_is_told(server: &TestServer) {
        let citizen = server.citizen(OLD).await;
        let etag = citizen.get("/v1/me").send().await.expect(200).etag();
        let request = wish(&citizen, NEW).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        for _ in 0..5 {
            let wrong = if code == "000000" { "000001" } else { "000000" };
            change(&citizen, &etag, &request, NEW, wrong).await.refused(401, "credentials-refused");
        }
        change(&citizen, &etag, &request, NEW, &code).await.refused(401, "credentials-refused");
        assert_eq!(run_once(server.app()).await.tried, 0);
        server.clock().advance(TimeDelta::minutes(1));
        let request = wish(&citizen, NEW).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        change(&citizen, &etag, &request, NEW, &code).await.expect(200);
        assert_eq!(run_once(server.app()).await.tried, 1);
        assert_eq!(run_once(server.app()).await.tried, 0);
    }
}
