//! A provider that is away, slow, or answers nonsense; and one that changes its keys.

use serde_json::{Value, json};
use tests::identity_provider::{REDIRECT_URI, WithProvider};
use tests::on_both_engines;

use super::dao;

const DOCUMENT: &str = "/.well-known/openid-configuration";

async fn started(it: &WithProvider) -> tests::client::Response {
    let start = it.server.nobody().post("/v1/auth/oidc/start");
    start
        .json(&json!({ "redirect_uri": REDIRECT_URI }))
        .send()
        .await
}

async fn asked(it: &WithProvider) -> Value {
    it.provider.control(&json!({})).await["asked"].clone()
}

on_both_engines! {
    async fn new_keys_are_taken_at_once_and_seldom_asked_for(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        it.came_back(&nobody).await.shown(&nobody).await.expect(200);
        it.came_back(&nobody).await.shown(&nobody).await.expect(200);
        assert_eq!(asked(it).await["keys"], 1, "kept");
        it.wait(5);
        let back = it.came_back(&nobody).await;
        it.provider.control(&json!({ "rotate": true })).await;
        back.shown(&nobody).await.expect(200);
        assert_eq!(asked(it).await["keys"], 2);
        // Twice within seconds is no ordinary change of keys: nobody makes this house ask and ask.
        for _ in 0..3 {
            let back = it.came_back(&nobody).await;
            it.provider.control(&json!({ "rotate": true })).await;
            back.shown(&nobody).await.refused(401, "identity-token-refused");
        }
        assert_eq!(asked(it).await["keys"], 2);
        it.wait(5);
        it.came_back(&nobody).await.shown(&nobody).await.expect(200);
        // And they are not kept for ever.
        it.wait(3600);
        started(it).await.expect(200);
        assert_eq!(asked(it).await, json!({ "discovery": 4, "keys": 4, "token": 7 }));
    }

    async fn a_document_that_is_none_is_told_as_such(it: &WithProvider) {
        let good = json!({ "issuer": "https://id.example" });
        for (what, fault) in [
            ("silent", json!("silent")),
            ("an error", json!({ "status": 500 })),
            ("a redirect", json!({ "status": 302, "headers": { "location": "/elsewhere" } })),
            ("no JSON", json!({ "body": "<html>" })),
            ("another issuer", json!({ "body": good.to_string() })),
            ("endless", json!({ "body": "x".repeat(300_000) })),
        ] {
            it.provider.control(&json!({ "faults": { "paths": { DOCUMENT: fault } } })).await;
            let told = started(it).await.refused(503, "identity-provider-unavailable");
            assert_eq!(told.header("retry-after"), "5", "{what}");
            it.provider.control(&json!({ "faults": {} })).await;
            // It was asked a moment ago.
            started(it).await.refused(503, "identity-provider-unavailable");
            it.wait(5);
        }
        started(it).await.expect(200);
    }

    async fn an_answer_to_the_code_that_is_none_is_told_as_such(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        for (path, fault) in [
            ("/token", json!("silent")),
            ("/token", json!({ "status": 500 })),
            ("/token", json!({ "body": "<html>" })),
            ("/token", json!({ "body": "x".repeat(300_000) })),
            ("/token", json!({ "status": 401, "body": r#"{"error":"invalid_client"}"# })),
            ("/token", json!({ "status": 302, "headers": { "location": "/elsewhere" } })),
            ("/me", json!("silent")),
            ("/me", json!({ "status": 500 })),
            ("/me", json!({ "body": "<html>" })),
        ] {
            it.provider.person("dao", &dao()).await;
            let back = it.came_back(&nobody).await;
            it.provider.control(&json!({ "faults": { "paths": { path: fault } } })).await;
            back.shown(&nobody).await.refused(503, "identity-provider-unavailable");
        }
    }

    async fn a_provider_that_is_away_keeps_nobody_else_out(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let back = it.came_back(&nobody).await;
        it.provider.control(&json!({ "exit": true })).await;
        back.shown(&nobody).await.refused(503, "identity-provider-unavailable");
        it.wait(3600);
        started(it).await.refused(503, "identity-provider-unavailable");
        it.server.citizen("0912345678").await.get("/v1/me").send().await.expect(200);
    }
}
