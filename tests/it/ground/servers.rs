//! The service inside the test process.

use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

on_both_engines! {
    async fn it_answers_as_documented(server: &TestServer) {
        let nobody = server.nobody();
        assert_eq!(nobody.get("/readyz").send().await.expect(200).json()["status"], "ok");
        nobody.get("/v1/nowhere").send().await.expect(404);
        nobody.post("/healthz").json(&json!({})).send().await.expect(405);
    }

    /// Two servers of one process share neither files nor time.
    async fn it_has_its_own_site_and_clock(server: &TestServer) {
        let other = TestServer::start(server.site().engine());
        assert_ne!(other.site().data_directory(), server.site().data_directory());
        other.clock().advance(chrono::TimeDelta::hours(1));
        let (here, there) = (server.app().clock.now(), other.app().clock.now());
        assert_eq!(there.micros() - here.micros(), 3_600_000_000);
        tests::engine::Ground::finish(other).await;
    }
}
