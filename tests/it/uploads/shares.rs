//! How much one citizen may have, one dossier may hold, and the disk must keep.

use serde_json::json;
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{PDF, chunk, creation, pdf_of, sent};
use crate::papers::{KEY, attach, draft};

on_both_engines! {
    async fn each_share_is_used_up_at_its_end(server: &TestServer) {
        let engine = server.site().engine();
        let few = TestServer::start_with(engine, |config| {
            config.files.unfinished_most = 2;
            config.files.day_bytes = 11_000;
        });
        let citizen = few.citizen("0912345678").await;
        let of = |text: &str| pdf_of(text, 4_000);
        for text in ["một", "hai"] {
            creation(&citizen, PDF, &of(text)).send().await.expect(201);
        }
        let third = creation(&citizen, PDF, &of("ba")).send().await;
        third.refused(409, "upload-quota-reached");
        // One is finished, and the day's bytes are what is left.
        sent(&citizen, PDF, &of("một")).await.expect(201);
        sent(&citizen, PDF, &of("ba")).await.expect(409);
        let neighbour = few.citizen("0987654321").await;
        sent(&neighbour, PDF, &of("ba")).await.expect(201);
        few.clock().advance(chrono::TimeDelta::hours(25));
        sent(&citizen, PDF, &of("ba")).await.expect(201);
        few.finish().await;
    }

    async fn a_dossier_holds_only_so_much(server: &TestServer) {
        let small = |config: &mut api::config::Config| config.files.dossier_bytes = 6_000;
        let small = TestServer::start_with(server.site().engine(), small);
        let citizen = small.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &dossier, &etag, pdf_of("một", 5_000)).send().await.expect(200);
        // Replaced is not added.
        let kept = attach(&citizen, &dossier, &kept.etag(), pdf_of("hai", 5_500)).send().await.expect(200);
        let over = attach(&citizen, &dossier, &kept.etag(), pdf_of("ba", 6_100)).send().await;
        over.refused(409, "upload-quota-reached");
        let file = kept.json()["papers"][0]["file_id"].clone();
        let path = format!("{dossier}/papers/{KEY}");
        citizen.put(&path).if_match(&kept.etag()).json(&json!({ "file_id": file })).send().await.expect(200);
        small.finish().await;
    }

    /// Before a byte is taken; what is there is still read, and the rest goes on.
    async fn a_full_disk_refuses_early(server: &TestServer) {
        let full = |config: &mut api::config::Config| config.files.floor_bytes = u64::MAX;
        let full = TestServer::start_with(server.site().engine(), full);
        let citizen = full.citizen("0912345678").await;
        let bytes = pdf_of("một", 4_000);
        let refused = creation(&citizen, PDF, &bytes).send().await.refused(507, "storage-full");
        assert_eq!(refused.header("retry-after"), "300");
        let (dossier, etag) = draft(&citizen).await;
        attach(&citizen, &dossier, &etag, bytes.clone()).send().await.refused(507, "storage-full");
        citizen.get(&dossier).send().await.expect(200);
        let missing = format!("/v1/uploads/{}", uuid::Uuid::now_v7());
        chunk(&citizen, &missing, 0, &bytes).send().await.refused(404, "not-found");
        full.finish().await;
    }
}
