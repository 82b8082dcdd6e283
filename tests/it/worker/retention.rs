//! How long what is only kept for a while is kept.

use api::worker::run_once;
use chrono::TimeDelta;
use persistence::{StoreError, Tx, idempotency, one_time_codes, outbox};
use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

async fn purged(server: &TestServer) -> usize {
    let work = run_once(server.app()).await;
    assert_eq!(work.failed, 0);
    work.purged
}

on_both_engines! {
    /// Two codes, a key, and three deliveries: a code's at once, a notice's a second later, and that
    /// of a code which is shown to nobody on the day after, when it has expired. The citizen's session
    /// is over after a month, and is forgotten three months later. The limit of the code that was not
    /// used is whole again within the first day.
    async fn codes_a_day_keys_a_week_deliveries_a_month(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let waiting = citizen.post("/v1/auth/otp").json(&json!({ "phone": "0987654321" }));
        waiting.send().await.expect(202);
        let (instant, second) = (TimeDelta::microseconds(1), TimeDelta::seconds(1));
        server.clock().advance(second);
        let delivered = run_once(server.app()).await;
        // What goes at once is that two numbers were asked for.
        assert_eq!((delivered.tried, delivered.purged), (2, 2));
        for (passed, gone) in [
            (TimeDelta::days(1) - second, 1), (instant, 2),
            (TimeDelta::days(6) - instant, 0), (instant, 1),
            (TimeDelta::days(23) - instant, 0), (instant, 2), (second, 1),
            (TimeDelta::days(1), 1), (TimeDelta::days(100), 1), (TimeDelta::days(100), 0),
        ] {
            server.clock().advance(passed);
            assert_eq!(purged(server).await, gone, "{passed} later");
        }
        let path = format!("/v1/dossiers/{}", filed.id);
        citizen.get(&path).send().await.expect(200);
    }

    /// No more than asked for at once, the oldest first, and nothing that still waits.
    async fn a_run_is_bounded(server: &TestServer) {
        for number in 0..3 {
            server.citizen(&format!("091234567{number}")).await.filed().await;
            server.clock().advance(TimeDelta::seconds(1));
        }
        let now = server.app().clock.now();
        let runs = |purge: fn(&mut Tx, domain::time::Time, i64) -> Result<usize, StoreError>, before| {
            move |tx: &mut Tx| Ok::<_, StoreError>([purge(tx, before, 2)?, purge(tx, before, 2)?, purge(tx, before, 2)?])
        };
        let codes = server.store().write(runs(one_time_codes::purge, now)).await;
        assert_eq!(codes.unwrap(), [2, 1, 0]);
        let keys = runs(idempotency::purge, now.plus(TimeDelta::days(8)));
        assert_eq!(server.store().write(keys).await.unwrap(), [2, 1, 0]);
        // The codes were delivered; the notices of three filings wait.
        let entries = runs(outbox::purge, now);
        assert_eq!(server.store().write(entries).await.unwrap(), [2, 1, 0]);
        assert_eq!(run_once(server.app()).await.tried, 3);
    }
}
