//! An account of a telephone number becomes somebody's: by the e-ID, and never two of one person.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::identity_provider::WithProvider;
use tests::on_both_engines;

use super::{dao, sen};

async fn me(citizen: &Client) -> Value {
    citizen.get("/v1/me").send().await.expect(200).json()
}

async fn change(citizen: &Client, patch: Value) -> Response {
    let etag = citizen.get("/v1/me").send().await.etag();
    let request = citizen.patch("/v1/me").if_match(&etag);
    request.json(&patch).send().await
}

async fn link(it: &WithProvider, citizen: &Client) -> Response {
    it.came_back(citizen).await.shown(citizen).await
}

on_both_engines! {
    async fn an_account_is_verified_and_stays_as_it_was_verified(it: &WithProvider) {
        let citizen = it.server.citizen("0912345678").await;
        change(&citizen, json!({ "full_name": "Đào", "personal_number": "001090000001" })).await.expect(200);
        it.provider.person("dao", &dao()).await;
        let linked = link(it, &citizen).await.expect(200).json();
        assert_eq!(linked["personal_number"], "089190001234");
        assert_eq!(linked["full_name"], "Nguyễn Thị Đào");
        assert_eq!((&linked["assurance_level"], &linked["phone"]), (&json!(2), &json!("+84912345678")));
        for patch in [
            json!({ "full_name": "Nguyễn Thị Mận" }),
            json!({ "personal_number": null }),
            json!({ "birth_date": "1990-05-20" }),
        ] {
            change(&citizen, patch).await.refused(409, "identity-verified");
        }
        change(&citizen, json!({ "address": "Mỹ Thuận", "full_name": "Nguyễn Thị Đào" })).await.expect(200);
        // Either way leads to it.
        let nobody = it.server.nobody();
        let session = it.came_back(&nobody).await.shown(&nobody).await.expect(200).json();
        assert_eq!((&session["person_id"], &session["is_new"]), (&linked["person_id"], &json!(false)));
        assert_eq!(me(&it.server.citizen("0912345678").await).await["person_id"], linked["person_id"]);
        // Once more is no harm; somebody else's e-ID is none of this account's.
        link(it, &citizen).await.expect(200);
        it.provider.person("sen", &sen()).await;
        link(it, &citizen).await.refused(409, "identity-verified");
        assert_eq!(me(&citizen).await["personal_number"], "089190001234");
    }

    async fn a_person_with_an_account_is_told_so_and_nothing_is_merged(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let first = it.came_back(&nobody).await.shown(&nobody).await.expect(200).json();
        let citizen = it.server.citizen("0912345678").await;
        let before = me(&citizen).await;
        link(it, &citizen).await.refused(409, "identity-taken");
        assert_eq!(me(&citizen).await, before);
        assert_ne!(before["person_id"], first["person_id"]);
    }

    /// Whoever took the telephone number over shall not make the account theirs at once.
    async fn not_within_a_day_of_another_number(it: &WithProvider) {
        let citizen = it.server.citizen("0912345678").await;
        let etag = citizen.get("/v1/me").send().await.etag();
        let wish = citizen.post("/v1/me/request_phone_change");
        let wish = wish.json(&json!({ "phone": "0987654321" })).send().await.expect(202).json();
        let code = it.server.newest_code().await;
        let body = json!({ "code_request_id": wish["code_request_id"], "phone": "0987654321", "code": code });
        citizen.post("/v1/me/change_phone").if_match(&etag).json(&body).send().await.expect(200);
        let again = it.server.citizen("0987654321").await;
        it.provider.person("dao", &dao()).await;
        link(it, &again).await.refused(409, "account-on-hold");
        it.server.clock().advance(TimeDelta::hours(24));
        // The provider's clock is the machine's: its tokens are a day old by now.
        link(it, &again).await.refused(401, "identity-token-refused");
    }

    /// An account without a telephone number gets one like any other.
    async fn a_number_may_follow(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let session = it.came_back(&nobody).await.shown(&nobody).await.expect(200).json();
        let citizen = nobody.with_token(session["access_token"].as_str().unwrap());
        let etag = citizen.get("/v1/me").send().await.etag();
        let wish = citizen.post("/v1/me/request_phone_change");
        let wish = wish.json(&json!({ "phone": "0912345678" })).send().await.expect(202).json();
        let code = it.server.newest_code().await;
        let body = json!({ "code_request_id": wish["code_request_id"], "phone": "0912345678", "code": code });
        let changed = citizen.post("/v1/me/change_phone").if_match(&etag).json(&body).send().await;
        assert_eq!(changed.expect(200).json()["phone"], "+84912345678");
        let by_phone = it.server.citizen("0912345678").await;
        assert_eq!(me(&by_phone).await["person_id"], session["person_id"]);
    }
}
