//! How many requests a minute are answered.

use api::config::{Config, Rates};
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::server::TestServer;

/// A server that lets an account look six times a minute, and a network twelve times.
fn strict(server: &TestServer) -> TestServer {
    TestServer::start_with(server.site().engine(), |config: &mut Config| {
        config.rates = Rates {
            read: 6,
            write: 1_000,
            upload: 1_000,
            sign_in: 1_000,
            network_times: 2,
        };
    })
}

on_both_engines! {
    async fn an_account_that_asks_too_often_waits_and_nobody_else_does(server: &TestServer) {
        let server = strict(server);
        let (eager, other) = (server.citizen("0912000001").await, server.citizen("0912000002").await);
        for left in (0..6).rev() {
            let answer = eager.get("/v1/me").send().await.expect(200);
            let told = (left < 3).then(|| format!("\"read\";r={left};t={}", (6 - left) * 10));
            let header = answer.headers.get("ratelimit").cloned();
            assert_eq!(header, told);
        }
        let refused = eager.get("/v1/me").send().await.refused(429, "too-many-requests");
        assert_eq!(refused.header("ratelimit"), "\"read\";r=0;t=60");
        assert_eq!(refused.header("ratelimit-policy"), "\"read\";q=6;w=60");
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=11).contains(&wait), "{wait}");
        other.get("/v1/me").send().await.expect(200);
        // Writing is another share, and a balancer is never turned away.
        eager.patch("/v1/me").send().await.refused(428, "precondition-required");
        for _ in 0..20 {
            server.nobody().get("/healthz").send().await.expect(200);
        }
        server.finish().await;
    }

    /// A token that does not hold is nobody's: guessing tokens uses up the share of the network.
    async fn who_proves_nothing_takes_from_the_share_of_the_network(server: &TestServer) {
        let server = strict(server);
        let account = server.citizen("0912000003").await;
        for n in 0..12 {
            let guesser = server.nobody().with_token(&format!("guess-{n}"));
            guesser.get("/v1/me").send().await.refused(401, "unauthenticated");
        }
        let guesser = server.nobody().with_token("guess-12");
        guesser.get("/v1/me").send().await.refused(429, "too-many-requests");
        server.nobody().get("/v1/fields").send().await.refused(429, "too-many-requests");
        account.get("/v1/me").send().await.expect(200);
        server.finish().await;
    }
}
