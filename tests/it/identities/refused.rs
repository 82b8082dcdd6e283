//! Answers of the provider that prove nothing: of another sign-in, another house, another key, another time.

use serde_json::{Value, json};
use tests::identity_provider::WithProvider;
use tests::on_both_engines;

use super::dao;

/// Dao signs in, and the provider's answer to the code is altered like this.
async fn altered(it: &WithProvider, mut faults: Value) -> tests::client::Response {
    let nobody = it.server.nobody();
    let plain = json!({ "people": { "dao": dao() }, "faults": { "login": "dao" } });
    it.provider.control(&plain).await;
    let back = it.came_back(&nobody).await;
    faults["alter"] = json!(true);
    it.provider.control(&json!({ "faults": faults })).await;
    let answer = back.shown(&nobody).await;
    it.provider.control(&plain).await;
    answer
}

fn now(it: &WithProvider) -> i64 {
    use api::clock::Clock as _;
    it.server.clock().now().micros() / 1_000_000
}

on_both_engines! {
    /// The browser was given another nonce on its way: the token is of another sign-in.
    async fn a_token_of_another_sign_in_is_refused(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let begun = it.begun(&nobody).await;
        let other = it.begun(&nobody).await;
        let nonce = |begun: &Value| {
            let address = reqwest::Url::parse(begun["authorization_url"].as_str().unwrap()).unwrap();
            let found = address.query_pairs().find(|(name, _)| name == "nonce");
            found.unwrap().1.into_owned()
        };
        let (mine, theirs) = (nonce(&begun), nonce(&other));
        let back = it.browsed(&begun, |address| address.replace(&mine, &theirs)).await;
        back.shown(&nobody).await.refused(401, "identity-token-refused");
        // None at all is no better.
        let begun = it.begun(&nobody).await;
        let mine = nonce(&begun);
        let without = |address: &str| address.replace(&format!("&nonce={mine}"), "");
        let back = it.browsed(&begun, without).await;
        back.shown(&nobody).await.refused(401, "identity-token-refused");
    }

    /// The browser was given another challenge on its way: the provider does not take our verifier.
    async fn a_code_of_another_verifier_is_refused(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let begun = it.begun(&nobody).await;
        let back = it.browsed(&begun, |address| {
            let mut url = reqwest::Url::parse(address).unwrap();
            let pairs: Vec<(String, String)> = url
                .query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            url.query_pairs_mut().clear().extend_pairs(pairs.iter().map(|(name, value)| {
                let stolen = name == "code_challenge";
                (name, if stolen { "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" } else { value })
            }));
            url.into()
        }).await;
        back.shown(&nobody).await.refused(401, "credentials-refused");
    }

    async fn a_token_that_is_not_for_this_is_refused(it: &WithProvider) {
        altered(it, json!({})).await.expect(200);
        let now = now(it);
        for (what, faults) in [
            ("another house", json!({ "claims": { "aud": "another" } })),
            ("another house, too", json!({ "claims": { "aud": ["motcua", "another"] } })),
            ("another issuer", json!({ "claims": { "iss": "https://id.example" } })),
            ("another nonce", json!({ "claims": { "nonce": "x" } })),
            ("no nonce", json!({ "without": ["nonce"] })),
            ("over", json!({ "claims": { "exp": now - 1 } })),
            ("made long ago", json!({ "claims": { "iat": now - 3600 } })),
            ("made tomorrow", json!({ "claims": { "iat": now + 86400, "exp": now + 90000 } })),
            ("no signature", json!({ "unsigned": true })),
            ("another key of the same name", json!({ "foreign_key": true })),
            ("a key nobody knows", json!({ "foreign_key": true, "header": { "kid": "another" } })),
        ] {
            let answer = altered(it, faults).await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "identity-token-refused"), "{what}");
            // So that keys may be asked for again.
            it.wait(6);
        }
        // A token that says not even when it ends is none.
        let answer = altered(it, json!({ "without": ["exp"] })).await;
        answer.refused(503, "identity-provider-unavailable");
        altered(it, json!({})).await.expect(200);
    }

    async fn what_is_said_of_somebody_else_is_refused(it: &WithProvider) {
        let nobody = it.server.nobody();
        it.provider.person("dao", &dao()).await;
        let back = it.came_back(&nobody).await;
        let other = json!({ "sub": "sen" });
        let faults = json!({ "paths": { "/me": { "body": other.to_string() } } });
        it.provider.control(&json!({ "faults": faults })).await;
        back.shown(&nobody).await.refused(401, "identity-token-refused");
    }
}
