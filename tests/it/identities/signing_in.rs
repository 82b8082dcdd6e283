//! Signing in with the e-ID: the whole way, with an independent provider.

use serde_json::{Value, json};
use tests::client::Client;
use tests::identity_provider::WithProvider;
use tests::on_both_engines;

use super::{but, dao, sen};

/// The session of whoever signs in at the provider now.
async fn session(it: &WithProvider) -> Value {
    let nobody = it.server.nobody();
    let back = it.came_back(&nobody).await;
    back.shown(&nobody).await.expect(200).json()
}

async fn me(it: &WithProvider, session: &Value) -> Value {
    let token = session["access_token"].as_str().unwrap();
    let client: Client = it.server.nobody().with_token(token);
    client.get("/v1/me").send().await.expect(200).json()
}

on_both_engines! {
    async fn a_person_has_one_account_however_often(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let first = session(it).await;
        assert_eq!(first["is_new"], true);
        let me = me(it, &first).await;
        assert_eq!(me["person_id"], first["person_id"]);
        for (field, expected) in [
            ("personal_number", json!("089190001234")),
            ("full_name", json!("Nguyễn Thị Đào")),
            ("birth_date", json!("1990-05-19")),
            ("assurance_level", json!(2)),
            ("phone", Value::Null),
        ] {
            assert_eq!(me[field], expected, "{field}");
        }
        // The subject is the provider's own affair: the person is known by the number.
        it.provider.person("dao-again", &dao()).await;
        let again = session(it).await;
        assert_eq!((&again["person_id"], &again["is_new"]), (&first["person_id"], &json!(false)));
        it.provider.person("sen", &sen()).await;
        let other = session(it).await;
        assert_ne!(other["person_id"], first["person_id"]);
        // A session like any other.
        let refresh = json!({ "refresh_token": first["refresh_token"] });
        it.server.nobody().post("/v1/auth/refresh").json(&refresh).send().await.expect(200);
    }

    /// The token itself may hold the claims: then nothing more is asked for.
    async fn claims_in_the_token_are_enough(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let wish = json!({ "faults": {
            "login": "dao", "claims_in_token": true, "paths": { "/me": { "status": 500 } }
        } });
        it.provider.control(&wish).await;
        assert_eq!(session(it).await["is_new"], true);
    }

    /// Whoever only says so keeps what is theirs, and gets nothing of it.
    async fn a_claimed_number_is_nobodys(it: &WithProvider) {
        let claimant = it.server.citizen("0987654321").await;
        let seen = claimant.get("/v1/me").send().await.expect(200);
        let claim = claimant.patch("/v1/me").if_match(&seen.etag());
        claim.json(&json!({ "personal_number": "089190001234" })).send().await.expect(200);
        it.provider.person("dao", &dao()).await;
        let dao = session(it).await;
        assert_ne!(dao["person_id"], seen.json()["person_id"]);
        let still = claimant.get("/v1/me").send().await.expect(200).json();
        assert_eq!((&still["personal_number"], &still["assurance_level"]), (&json!("089190001234"), &json!(1)));
    }

    async fn an_e_id_that_is_not_enough_opens_nothing(it: &WithProvider) {
        for (claims, status, code) in [
            (json!({ "IAL": 1 }), 403, "identity-level-too-low"),
            (json!({ "IAL": null }), 403, "identity-level-too-low"),
            (json!({ "SoDinhDanh": null }), 403, "identity-unusable"),
            (json!({ "SoDinhDanh": "12345" }), 403, "identity-unusable"),
            (json!({ "HoVaTen": " " }), 403, "identity-unusable"),
            (json!({ "HoVaTen": "A\u{202e}B" }), 403, "identity-unusable"),
            (json!({ "NgayThangNamSinh": "19.05.1990" }), 403, "identity-unusable"),
            // What it says contradicts the number.
            (json!({ "NgayThangNamSinh": "1991-05-19" }), 403, "identity-unusable"),
            (json!({ "NgayThangNamSinh": "1991" }), 403, "identity-unusable"),
            (json!({ "SoDinhDanh": "003190001234" }), 403, "identity-unusable"),
        ] {
            it.provider.person("dao", &but(dao(), &claims)).await;
            let nobody = it.server.nobody();
            let back = it.came_back(&nobody).await;
            let told = back.shown(&nobody).await.refused(status, code);
            let told = String::from_utf8(told.body).unwrap();
            assert!(!told.contains("089190001234") && !told.contains("Đào"), "{told}");
        }
        it.provider.person("dao", &json!({ "IAL": 2 })).await;
        let nobody = it.server.nobody();
        it.came_back(&nobody).await.shown(&nobody).await.refused(403, "identity-unusable");
        // A year alone is what some people know, and a name may be all there is.
        it.provider.person("dao", &but(dao(), &json!({ "NgayThangNamSinh": "1990" }))).await;
        let known = session(it).await;
        assert_eq!(me(it, &known).await["birth_date"], Value::Null);
    }
}
