//! Following by code and secret: whoever guesses must wait, whoever holds the receipt need not.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::client::Response;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;

async fn ask(server: &TestServer, seen: &Seen, secret: &Value) -> Response {
    let asked = json!({ "code": seen.view["code"], "secret": secret });
    server
        .nobody()
        .post("/v1/tracking")
        .json(&asked)
        .send()
        .await
}

on_both_engines! {
    async fn who_guesses_at_a_receipt_must_wait(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (filed, other) = (citizen.filed().await, citizen.filed().await);
        let right = &filed.view["tracking_secret"];
        for _ in 0..10 {
            ask(server, &filed, &json!("00000000")).await.refused(404, "not-found");
        }
        let refused = ask(server, &filed, &json!("00000000")).await.refused(429, "too-many-requests");
        assert_eq!(refused.header("retry-after"), "91");
        // From here even the right one must wait; another dossier's holder need not.
        ask(server, &filed, right).await.refused(429, "too-many-requests");
        ask(server, &other, &other.view["tracking_secret"]).await.expect(200);
        server.clock().advance(TimeDelta::seconds(91));
        ask(server, &filed, right).await.expect(200);
    }

    async fn who_holds_the_receipt_may_ask_as_often_as_she_likes(server: &TestServer) {
        let filed = server.citizen("0912345678").await.filed().await;
        for _ in 0..30 {
            ask(server, &filed, &filed.view["tracking_secret"]).await.expect(200);
        }
    }
}
