//! Papers kept in an S3 store by configuration: the same promises, and what happens when it is away.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use api::papers::sweep::{Swept, sweep};
use chrono::TimeDelta;
use serde_json::json;
use tests::bucket::Bucket;
use tests::engine::Ground;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{attach, draft, file_of, pdf};

/// SHA-256 of nothing, as `Content-Digest` spells it.
const OF_NOTHING: &str = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

/// A server that keeps its papers in the bucket.
fn beside(server: &TestServer, bucket: &Bucket) -> TestServer {
    TestServer::start_with(server.site().engine(), |config| bucket.configure(config))
}

/// The files below a folder that are objects, by path below it.
fn objects(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.join("sha256")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    let below = |path: PathBuf| path.strip_prefix(folder).unwrap().to_owned();
    let mut found: Vec<_> = found.into_iter().map(below).collect();
    found.sort();
    found
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
    async fn a_paper_lies_in_the_bucket_and_comes_back_whole_and_in_part(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let bytes = pdf(&"trích lục ".repeat(50_000));
        let kept = attach(&citizen, &dossier, &etag, bytes.clone()).send().await.expect(200);
        let digest = kept.json()["papers"][0]["sha256"].as_str().unwrap().to_owned();
        let key = PathBuf::from(format!("sha256/{}/{}", &digest[..2], &digest[2..]));
        assert_eq!(objects(&bucket.folder()), std::slice::from_ref(&key));
        assert_eq!(fs::read(bucket.folder().join(key)).unwrap(), bytes);
        assert_eq!(objects(&server.site().data_directory().join("papers")), Vec::<PathBuf>::new());

        let file = file_of(&kept);
        assert_eq!(citizen.get(&file).send().await.expect(200).body, bytes);
        let size = bytes.len();
        for (range, from, to) in [
            ("bytes=0-9".to_owned(), 0, 10),
            (format!("bytes={}-", size - 3), size - 3, size),
            ("bytes=-7".to_owned(), size - 7, size),
        ] {
            let part = citizen.get(&file).header("range", &range).send().await.expect(206);
            assert_eq!(part.body, bytes[from..to], "{range}");
            assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{size}", to - 1));
        }
        server.finish().await;
    }

    /// More than fits between the two: the store answers "already there" and hangs up on the rest.
    async fn the_same_large_paper_twice_is_one_object(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (dossier, mut etag) = draft(&citizen).await;
        let bytes = pdf(&"trích lục ".repeat(750_000));
        for _ in 0..3 {
            let kept = attach(&citizen, &dossier, &etag, bytes.clone()).send().await.expect(200);
            assert_eq!(citizen.get(&file_of(&kept)).send().await.expect(200).body, bytes);
            etag = kept.etag();
        }
        assert_eq!(objects(&bucket.folder()).len(), 1);
        server.finish().await;
    }

    async fn bytes_that_are_not_what_was_announced_leave_nothing(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let wrong = attach(&citizen, &dossier, &etag, pdf("x")).header("content-digest", OF_NOTHING);
        wrong.send().await.refused(422, "digest-mismatch");
        assert_eq!(objects(&bucket.folder()), Vec::<PathBuf>::new());
        assert_eq!(citizen.get(&dossier).send().await.expect(200).json()["papers"], json!([]));
        server.finish().await;
    }

    async fn a_result_document_lies_in_the_bucket_too(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let processing = staff.processing(&citizen.filed().await).await;
        let cash = json!({ "amount": processing.view["amount_due"] });
        let paid = staff.cashier.done(&processing, "record_cash", cash).await;
        let decided = staff.approver.done(&paid, "decide", json!({ "outcome": "approved" })).await;
        let issued = staff.issued(&decided, "215/2026/TLKS").await;
        assert_eq!(objects(&bucket.folder()).len(), 1);
        let file = format!("/v1/files/{}", issued.view["results"][0]["file_id"].as_str().unwrap());
        let held = staff.returner.get(&file).send().await.expect(200);
        assert_eq!(held.body, tests::extract_copy::pdf("215/2026/TLKS"));
        server.finish().await;
    }

    async fn the_sweep_empties_the_bucket_of_what_nothing_names(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (kept, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &kept, &etag, pdf("giữ")).send().await.expect(200);
        let (lost, etag) = draft(&citizen).await;
        let thrown = attach(&citizen, &lost, &etag, pdf("bỏ")).send().await.expect(200);
        citizen.delete(&lost).if_match(&thrown.etag()).send().await.expect(204);
        assert_eq!((swept(&server).await, objects(&bucket.folder()).len()), (0, 2));
        server.clock().advance(TimeDelta::hours(25));
        bucket.switch_off();
        let (app, now) = (server.app(), server.app().clock.now());
        assert_eq!(sweep(app, now).await.unwrap_err().code(), "unavailable");
        bucket.switch_on();
        assert_eq!((swept(&server).await, objects(&bucket.folder()).len()), (1, 1));
        citizen.get(&file_of(&kept)).send().await.expect(200);
        server.finish().await;
    }

    async fn a_bucket_that_is_away_costs_a_503_and_no_row(server: &TestServer) {
        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &dossier, &etag, pdf("một")).send().await.expect(200);
        bucket.switch_off();
        let asked = Instant::now();
        let refused = attach(&citizen, &dossier, &kept.etag(), pdf("hai")).send().await;
        assert_eq!(refused.refused(503, "unavailable").header("retry-after"), "5");
        citizen.get(&file_of(&kept)).send().await.refused(503, "unavailable");
        assert!(asked.elapsed() < Duration::from_secs(5), "a phone does not wait {:?}", asked.elapsed());
        // The dossier itself needs no bucket, and stands as before.
        assert_eq!(citizen.get(&dossier).send().await.expect(200).json(), kept.json());
        assert_eq!(objects(&bucket.folder()).len(), 1);

        bucket.switch_on();
        assert_eq!(citizen.get(&file_of(&kept)).send().await.expect(200).body, pdf("một"));
        let second = attach(&citizen, &dossier, &kept.etag(), pdf("hai")).send().await.expect(200);
        assert_eq!(citizen.get(&file_of(&second)).send().await.expect(200).body, pdf("hai"));
        server.finish().await;
    }

    async fn a_key_the_bucket_does_not_know_opens_nothing(server: &TestServer) {
        let bucket = Bucket::open();
        let server = TestServer::start_with(server.site().engine(), |config| bucket.configure_with(config, "wrong"));
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let refused = attach(&citizen, &dossier, &etag, pdf("x")).send().await;
        refused.refused(503, "unavailable");
        assert_eq!(objects(&bucket.folder()), Vec::<PathBuf>::new());
        server.finish().await;
    }

    /// Moving house: a folder and a bucket hold the same papers under the same names, so the one can
    /// be filled from the other.
    async fn a_folder_copied_into_the_bucket_is_served_from_there(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        attach(&citizen, &dossier, &etag, pdf("một")).send().await.expect(200);
        let folder = server.site().data_directory().join("papers");

        let bucket = Bucket::open();
        let server = beside(server, &bucket);
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &dossier, &etag, pdf("một")).send().await.expect(200);
        assert_eq!(objects(&bucket.folder()), objects(&folder));
        fs::remove_dir_all(bucket.folder().join("sha256")).unwrap();
        citizen.get(&file_of(&kept)).send().await.refused(500, "internal");

        for key in objects(&folder) {
            let target = bucket.folder().join(&key);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(folder.join(key), target).unwrap();
        }
        assert_eq!(citizen.get(&file_of(&kept)).send().await.expect(200).body, pdf("một"));
        server.finish().await;
    }
}
