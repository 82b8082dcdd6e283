//! The service inside the test process.

use domain::actor::Role;
use serde_json::json;
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
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

    /// Everybody gets in through the real doors, and the short way leads to the same place.
    async fn it_knows_its_people(server: &TestServer) {
        let citizen = server.citizen("0912 345 678").await;
        let again = server.citizen("+84912345678").await;
        let me = citizen.get("/v1/me").send().await.expect(200).json();
        assert_eq!(me, again.get("/v1/me").send().await.expect(200).json());
        assert_eq!(me["phone"], "+84912345678");
        for agency in [MY_THUAN, BINH_SON, PROVINCE] {
            let slow = server.officer_at_the_door(&[Role::Receiver], agency).await;
            let fast = server.officer(&[Role::Receiver], agency).await;
            for officer in [slow, fast] {
                officer.get("/v1/office/inbox").send().await.expect(200);
                officer.get("/v1/me").send().await.refused(403, "wrong-account-kind");
            }
        }
        server.nobody().get("/v1/me").send().await.refused(401, "unauthenticated");
    }
}
