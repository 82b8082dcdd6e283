//! What the sweep takes and what it leaves.

use std::path::Path;

use api::papers::sweep::{Swept, sweep};
use api::worker::run_once;
use chrono::TimeDelta;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{attach, draft, file_of, pdf};

/// How many objects lie in the folder.
fn objects(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { objects(&path) } else { 1 })
        .sum()
}

async fn swept(server: &TestServer) -> usize {
    let (app, now) = (server.app(), server.app().clock.now());
    let Swept {
        expired: _,
        deleted,
    } = sweep(app, now).await.unwrap();
    deleted
}

on_both_engines! {
    async fn only_bytes_that_nothing_names_go_and_only_when_old(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let folder = server.site().data_directory().join("papers");
        let (kept, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &kept, &etag, pdf("giữ")).send().await.expect(200);
        let (lost, etag) = draft(&citizen).await;
        let thrown = attach(&citizen, &lost, &etag, pdf("bỏ")).send().await.expect(200);
        citizen.delete(&lost).if_match(&thrown.etag()).send().await.expect(204);
        assert_eq!((swept(server).await, objects(&folder)), (0, 2));

        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((swept(server).await, objects(&folder)), (1, 1));
        assert_eq!(swept(server).await, 0);
        citizen.get(&file_of(&kept)).send().await.expect(200);

        // The same bytes can come again, and stay.
        let (again, etag) = draft(&citizen).await;
        let again = attach(&citizen, &again, &etag, pdf("bỏ")).send().await.expect(200);
        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((swept(server).await, objects(&folder)), (0, 2));
        citizen.get(&file_of(&again)).send().await.expect(200);
    }

    async fn the_worker_sweeps_by_itself(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let folder = server.site().data_directory().join("papers");
        let (lost, etag) = draft(&citizen).await;
        let thrown = attach(&citizen, &lost, &etag, pdf("bỏ")).send().await.expect(200);
        citizen.delete(&lost).if_match(&thrown.etag()).send().await.expect(204);
        assert_eq!((run_once(server.app()).await.swept, objects(&folder)), (0, 1));
        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((run_once(server.app()).await.swept, objects(&folder)), (1, 0));
    }

    /// An upload that stored its bytes and died before its row: announced, never named.
    async fn bytes_left_by_a_crash_go(server: &TestServer) {
        let folder = server.site().data_directory().join("papers");
        let (app, digest, now) = (server.app(), [7; 32], server.app().clock.now());
        let announce = move |tx: &mut persistence::Tx| persistence::files::announce(tx, &digest, now);
        server.app().store.write(announce).await.unwrap();
        app.objects.put(&digest, &[]).await.unwrap();
        assert_eq!((swept(server).await, objects(&folder)), (0, 1));
        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((swept(server).await, objects(&folder)), (1, 0));
    }

    /// Two papers of the same bytes share one object; it goes with the last of them.
    async fn shared_bytes_stay_as_long_as_one_row_names_them(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let folder = server.site().data_directory().join("papers");
        let (one, etag) = draft(&citizen).await;
        let first = attach(&citizen, &one, &etag, pdf("chung")).send().await.expect(200);
        let (two, etag) = draft(&citizen).await;
        let second = attach(&citizen, &two, &etag, pdf("chung")).send().await.expect(200);
        citizen.delete(&one).if_match(&first.etag()).send().await.expect(204);
        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((swept(server).await, objects(&folder)), (0, 1));
        citizen.get(&file_of(&second)).send().await.expect(200);
        citizen.delete(&two).if_match(&second.etag()).send().await.expect(204);
        server.clock().advance(TimeDelta::hours(25));
        assert_eq!((swept(server).await, objects(&folder)), (1, 0));
    }
}
