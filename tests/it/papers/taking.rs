//! What is taken in, and what is refused.

use domain::actor::Role;
use serde_json::json;
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{KEY, attach, draft, file_of, pdf, png};

/// SHA-256 of nothing, as `Content-Digest` spells it.
const OF_NOTHING: &str = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

/// SHA-256 of `%PDF-1.7`, as `Content-Digest` spells it.
const OF_EIGHT_BYTES: &str = "sha-256=:hu26okgxut+gqLBLtBAUHi7kGCttABRJP+Jip6Mxwgs=:";

on_both_engines! {
    async fn a_paper_is_attached_replaced_and_removed(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let first = attach(&citizen, &dossier, &etag, pdf("một")).send().await.expect(200);
        let paper = &first.json()["papers"][0];
        assert_eq!(paper["key"], KEY);
        assert_eq!(paper["media_type"], "application/pdf");
        assert_eq!(paper["origin"], "uploaded");
        assert_eq!(paper["size"], pdf("một").len());

        let stale = attach(&citizen, &dossier, &etag, pdf("hai")).send().await;
        stale.refused(412, "version-mismatch");
        let blind = citizen.put(&format!("{dossier}/papers/{KEY}"));
        let blind = blind.body("application/pdf", pdf("hai")).send().await;
        blind.refused(428, "precondition-required");

        let second = attach(&citizen, &dossier, &first.etag(), pdf("hai")).send().await.expect(200);
        assert_ne!(file_of(&first), file_of(&second));
        let held = citizen.get(&file_of(&second)).send().await.expect(200);
        assert_eq!(held.body, pdf("hai"));

        let path = format!("{dossier}/papers/{KEY}");
        let gone = citizen.delete(&path).if_match(&second.etag()).send().await.expect(200);
        assert_eq!(gone.json()["papers"], json!([]));
        citizen.get(&file_of(&second)).send().await.refused(404, "not-found");
        let again = citizen.delete(&path).if_match(&gone.etag()).send().await;
        again.refused(404, "not-found");
    }

    async fn what_the_place_does_not_take_is_refused(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let put = |key: &str, kind: &str, bytes: Vec<u8>| {
            citizen.put(&format!("{dossier}/papers/{key}")).if_match(&etag).body(kind, bytes)
        };
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        for (key, kind, bytes, status, code) in [
            (KEY, "application/pdf", png(), 422, "file-type-refused"),
            (KEY, "image/png", pdf("x"), 422, "file-type-refused"),
            (KEY, "application/pdf", Vec::new(), 422, "file-type-refused"),
            (KEY, docx, b"PK\x03\x04".to_vec(), 422, "file-type-refused"),
            ("declaration", "application/pdf", pdf("x"), 422, "file-type-refused"),
            (KEY, "application/octet-stream", pdf("x"), 415, "unsupported-media-type"),
            (KEY, "text/html", b"<html>".to_vec(), 415, "unsupported-media-type"),
            ("no_such_paper", "application/pdf", pdf("x"), 404, "not-found"),
        ] {
            put(key, kind, bytes).send().await.refused(status, code);
        }
        put(KEY, "application/pdf", b"%PDF-1.7".to_vec())
            .header("content-digest", OF_NOTHING).send().await.refused(422, "digest-mismatch");
        put(KEY, "application/pdf", pdf("x"))
            .header("content-digest", "sha-256=none").send().await.refused(400, "invalid-header");
        put(KEY, "application/pdf", pdf("x"))
            .header("content-encoding", "gzip").send().await.refused(415, "unsupported-media-type");
        put(KEY, "application/pdf", b"%PDF-1.7".to_vec())
            .header("content-digest", OF_EIGHT_BYTES).send().await.expect(200);
    }

    /// Over the paper's own limit, and over the house's; the answer arrives although the bytes were
    /// not read.
    async fn a_file_over_the_limit_is_refused(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let large = pdf(&"x".repeat(10 * 1024 * 1024));
        let large = attach(&citizen, &dossier, &etag, large).send().await;
        large.refused(422, "file-too-large");

        let small = |config: &mut api::config::Config| config.limits.file = 64;
        let small = TestServer::start_with(server.site().engine(), small);
        let citizen = small.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let large = attach(&citizen, &dossier, &etag, pdf(&"x".repeat(64))).send().await;
        large.refused(422, "file-too-large");
        attach(&citizen, &dossier, &etag, pdf("x")).send().await.expect(200);
        tests::engine::Ground::finish(small).await;
    }

    async fn strangers_see_nothing_there(server: &TestServer) {
        let (owner, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let (dossier, etag) = draft(&owner).await;
        let kept = attach(&owner, &dossier, &etag, pdf("x")).send().await.expect(200);
        attach(&other, &dossier, &kept.etag(), pdf("y")).send().await.refused(404, "not-found");
        let path = format!("{dossier}/papers/{KEY}");
        other.delete(&path).if_match(&kept.etag()).send().await.refused(404, "not-found");
        let file = file_of(&kept);
        other.get(&file).send().await.refused(404, "not-found");
        server.nobody().get(&file).send().await.refused(401, "unauthenticated");
        // A draft is nobody's business but its author's.
        let desk = server.officer(&[Role::Receiver], MY_THUAN).await;
        desk.get(&file).send().await.refused(404, "not-found");
    }

    async fn what_was_filed_stays_and_the_desk_scans(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let kept = attach(&citizen, &dossier, &etag, pdf("x")).send().await.expect(200);
        let filed = citizen.post(&format!("{dossier}/submit")).if_match(&kept.etag()).key("k1")
            .json(&json!({ "consent": true })).send().await.expect(200);
        let late = attach(&citizen, &dossier, &filed.etag(), pdf("y")).send().await;
        late.refused(403, "role-forbids");
        let removal = citizen.delete(&format!("{dossier}/papers/{KEY}")).if_match(&filed.etag());
        removal.send().await.refused(409, "state-forbids");

        let office = format!("{}/papers/{KEY}", dossier.replace("/v1/", "/v1/office/"));
        let scan = format!("{office}?copy_kind=original");
        let desk = server.officer(&[Role::Receiver], MY_THUAN).await;
        let put = |client: &tests::client::Client, path: &str| {
            client.put(path).if_match(&filed.etag()).body("image/png", png())
        };
        put(&citizen, &scan).send().await.refused(403, "wrong-account-kind");
        put(&desk, &office).send().await.expect(400);
        let neighbour = server.officer(&[Role::Receiver], BINH_SON).await;
        put(&neighbour, &scan).send().await.refused(404, "not-found");
        let unit = server.officer(&[Role::Processor], MY_THUAN).await;
        put(&unit, &scan).send().await.refused(403, "role-forbids");
        let scanned = put(&desk, &scan).send().await.expect(200);
        let paper = &scanned.json()["papers"][0];
        assert_eq!(paper["origin"], "scanned_at_counter");
        assert_eq!(paper["copy_kind"], "original");
        let file = file_of(&scanned);
        assert_eq!(desk.get(&file).send().await.expect(200).body, png());
        neighbour.get(&file).send().await.refused(404, "not-found");
        citizen.get(&file).send().await.expect(200);
    }
}
