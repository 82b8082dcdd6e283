//! What is begun at the provider holds for ten minutes, for one answer, and for whoever began it.

use serde_json::json;
use tests::client::Client;
use tests::identity_provider::{CameBack, REDIRECT_URI, WithProvider};
use tests::on_both_engines;
use tests::server::TestServer;

use super::dao;

async fn refused(back: &CameBack, client: &Client) {
    back.shown(client).await.refused(401, "credentials-refused");
}

on_both_engines! {
    async fn an_answer_is_shown_once_with_its_state(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let (mine, other) = (it.came_back(&nobody).await, it.came_back(&nobody).await);
        // Another request's state, or code, or request: what a stranger could slip in.
        refused(&CameBack { state: other.state.clone(), ..mine.clone() }, &nobody).await;
        refused(&CameBack { state: format!("{}x", mine.state), ..mine.clone() }, &nobody).await;
        refused(&CameBack { request: json!("019ab1f0-7c1e-7000-8000-000000000005"), ..mine.clone() }, &nobody).await;
        // None of these has used it up.
        mine.shown(&nobody).await.expect(200);
        refused(&mine, &nobody).await;
        // A code of another sign-in: its verifier is another one.
        let third = it.came_back(&nobody).await;
        refused(&CameBack { code: third.code.clone(), ..other.clone() }, &nobody).await;
        // That used the request up, and the right code does not help any more.
        refused(&other, &nobody).await;
        // A used code under a request of its own.
        let fourth = it.came_back(&nobody).await;
        refused(&CameBack { code: mine.code.clone(), ..fourth }, &nobody).await;
    }

    async fn a_request_holds_for_ten_minutes(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let late = it.came_back(&nobody).await;
        it.wait(600);
        refused(&late, &nobody).await;
    }

    /// Its secrets are made anew at each address, and lie nowhere.
    async fn the_browser_is_sent_with_state_nonce_and_challenge(it: &WithProvider) {
        let nobody = it.server.nobody();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2 {
            let begun = it.begun(&nobody).await;
            assert_eq!(begun["expires_in_seconds"], 600);
            let address = begun["authorization_url"].as_str().unwrap().to_owned();
            let address = reqwest::Url::parse(&address).unwrap();
            assert!(address.as_str().starts_with(it.provider.issuer()), "{address}");
            for (name, value) in address.query_pairs() {
                match &*name {
                    "state" | "nonce" | "code_challenge" => {
                        assert_eq!(value.len(), 43, "{name}");
                        assert!(seen.insert(value.into_owned()), "{name}");
                    }
                    "code_challenge_method" => assert_eq!(value, "S256"),
                    "redirect_uri" => assert_eq!(value, REDIRECT_URI),
                    "response_type" => assert_eq!(value, "code"),
                    "client_id" => assert_eq!(value, "motcua"),
                    "scope" => assert_eq!(value, "openid profile_vn"),
                    other => panic!("{other}"),
                }
            }
        }
        assert_eq!(seen.len(), 6);
        let elsewhere = json!({ "redirect_uri": "vn.angiang.motcua:/login/" });
        let start = nobody.post("/v1/auth/oidc/start").json(&elsewhere);
        let told = start.send().await.refused(422, "invalid-content").json();
        assert_eq!(told["errors"][0]["pointer"], "/redirect_uri");
    }

    /// A sign-in is not a verification of somebody's account, nor the other way round, nor somebody else's.
    async fn an_answer_is_for_whoever_began(it: &WithProvider) {
        it.provider.person("dao", &dao()).await;
        let nobody = it.server.nobody();
        let (citizen, stranger) =
            (it.server.citizen("0912345678").await, it.server.citizen("0987654321").await);
        let signing_in = it.came_back(&nobody).await;
        refused(&signing_in, &citizen).await;
        let verifying = it.came_back(&citizen).await;
        refused(&verifying, &stranger).await;
        refused(&verifying, &nobody).await;
        verifying.shown(&citizen).await.expect(200);
        signing_in.shown(&nobody).await.expect(200);
    }

    async fn without_a_provider_there_is_none(server: &TestServer) {
        let (nobody, citizen) = (server.nobody(), server.citizen("0912345678").await);
        let body = json!({ "redirect_uri": REDIRECT_URI });
        for (client, start) in [(&nobody, "/v1/auth/oidc/start"), (&citizen, "/v1/me/identity/start")] {
            client.post(start).json(&body).send().await.refused(404, "no-identity-provider");
        }
        let back = CameBack {
            request: json!("019ab1f0-7c1e-7000-8000-000000000005"),
            code: "x".to_owned(),
            state: "x".to_owned(),
        };
        back.shown(&nobody).await.refused(404, "no-identity-provider");
        back.shown(&citizen).await.refused(404, "no-identity-provider");
    }
}
