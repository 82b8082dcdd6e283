//! What is past its time is counted, and goes at night: no more than a night may, and nothing pinned.

use api::retention::{Counted, count, tidy_up};
use api::worker::run_once;
use chrono::TimeDelta;
use domain::retention::Kept;
use tests::engine::{Ground as _, Site};
use tests::on_both_engines;
use tests::server::TestServer;

use super::sql;

async fn past(server: &TestServer, wanted: Kept) -> i64 {
    let counted = count(server.app(), server.app().clock.now()).await.unwrap();
    let found = counted
        .into_iter()
        .find(|Counted { what, .. }| *what == wanted);
    found.unwrap().past.count
}

fn broken_references(site: &Site) -> String {
    match site.engine() {
        tests::engine::Engine::Sqlite => sql(site, "SELECT count(*) FROM pragma_foreign_key_check"),
        // PostgreSQL lets none come about.
        tests::engine::Engine::Postgres => "0".to_owned(),
    }
}

on_both_engines! {
    async fn idle_drafts_go_night_by_night_and_what_is_filed_stays(site: &Site) {
        let server = TestServer::start_with(site.engine(), |config| config.retention.most_per_night = 2);
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        for _ in 0..5 {
            citizen.attach(&citizen.draft().await, "authorisation").await;
        }
        server.clock().advance(TimeDelta::days(90));
        assert_eq!(past(&server, Kept::Drafts).await, 0, "to the instant");
        server.clock().advance(TimeDelta::seconds(1));
        let young = citizen.draft().await;
        assert_eq!(past(&server, Kept::Drafts).await, 5);
        assert!(past(&server, Kept::OneTimeCodes).await >= 1);
        // By day nothing goes.
        assert_eq!(run_once(server.app()).await.tidied, 0);
        for left in [3, 1, 0, 0] {
            assert_eq!(server.app().config.retention.most_per_night, 2);
            tidy_up(server.app(), server.app().clock.now()).await.unwrap();
            assert_eq!(past(&server, Kept::Drafts).await, left);
            assert_eq!(broken_references(server.site()), "0");
            server.clock().advance(TimeDelta::days(1));
        }
        for what in Kept::ALL.iter().copied() {
            assert_eq!(past(&server, what).await, 0, "{what:?}");
        }
        for kept in [&filed, &young] {
            citizen.get(&format!("/v1/dossiers/{}", kept.id)).send().await.expect(200);
        }
        let by_the_house = "SELECT count(*) FROM events WHERE kind = 'discarded' AND actor_kind = 'system'";
        assert_eq!(sql(server.site(), by_the_house), "5");
        server.finish().await;
    }

    async fn the_night_is_when_the_worker_does_it(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.draft().await;
        server.clock().set("2027-03-01T02:30:00+07:00");
        assert_eq!(past(server, Kept::Drafts).await, 1);
        let work = run_once(server.app()).await;
        assert_eq!((work.failed, past(server, Kept::Drafts).await), (0, 0));
        assert!(work.tidied >= 1);
    }
}
