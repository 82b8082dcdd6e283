//! Tokens that are none of ours, over HTTP: forged, changed, outdated, or saying more than they may.

mod forger;

use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

use forger::Forger;

on_both_engines! {
    async fn nothing_but_our_own_tokens_passes(server: &TestServer) {
        let citizen = server.account(1).await;
        let phone = server.session_of(citizen, None).await;
        let honest = phone.client.token().unwrap().to_owned();
        let forger = Forger::at(server, &honest);
        // The forger can sign: what it says truly passes, so what is refused below is refused for cause.
        let same = forger.signed(&forger.head.to_string(), &forger.claims.to_string());
        server.nobody().with_token(&same).get("/v1/me").send().await.expect(200);
        let now = server.app().clock.now().utc().timestamp();
        let mut corpus = forger.unsigned();
        corpus.extend(forger.confused());
        corpus.extend(forger.heads());
        corpus.extend(forger.false_claims(now));
        corpus.extend(forger.broken_claims(now));
        corpus.extend(forger.damaged());
        corpus.retain(|token| *token != honest);
        println!("{} tokens", corpus.len());
        assert!(corpus.len() > 300, "{}", corpus.len());
        for token in &corpus {
            let answer = server.nobody().with_token(token).get("/v1/me").send().await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "unauthenticated"), "{token}");
        }
        phone.client.get("/v1/me").send().await.expect(200);
    }

    /// In time: from a minute before it was issued, for clocks differ, to the moment it expires.
    async fn a_token_holds_in_its_time_only(server: &TestServer) {
        let citizen = server.account(1).await;
        let phone = server.session_of(citizen, None).await;
        let forger = Forger::at(server, phone.client.token().unwrap());
        let now = server.app().clock.now().utc().timestamp();
        for (iat, exp, status) in [
            (now + 60, now + 660, 200), (now + 61, now + 661, 401), (now - 600, now + 1, 200), (now - 600, now, 401),
        ] {
            let mut claims = forger.claims.clone();
            claims["iat"] = json!(iat);
            claims["exp"] = json!(exp);
            let token = forger.signed(&forger.head.to_string(), &claims.to_string());
            let answer = server.nobody().with_token(&token).get("/v1/me").send().await;
            assert_eq!(answer.status, status, "{iat} {exp}");
        }
    }
}
