//! The protocol, request by request.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{
    CHUNK, HEIC, JPEG, Named, PDF, begun, chunk, creation, file_of, hash, metadata, offset, pdf_of,
    sent, tus,
};
use crate::papers::{KEY, draft};

/// `Upload-Checksum` of these bytes.
fn checksum(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    format!("sha256 {}", BASE64_STANDARD.encode(digest))
}

on_both_engines! {
    async fn a_file_comes_in_pieces_and_becomes_a_paper(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let spoken = server.nobody().request(Method::OPTIONS, "/v1/uploads").send().await.expect(204);
        assert_eq!(spoken.header("tus-version"), "1.0.0");
        assert_eq!(spoken.header("tus-resumable"), "1.0.0");
        assert_eq!(spoken.header("tus-max-size"), "20971520");
        for extension in ["creation", "creation-with-upload", "checksum", "expiration", "termination"] {
            assert!(spoken.header("tus-extension").split(',').any(|it| it == extension), "{extension}");
        }
        let bytes = pdf_of("một", 100_000);
        let upload = begun(&citizen, PDF, &bytes).await;
        let mut sent = 0;
        for size in [1, 70_000, 9_999, 20_000] {
            let kept = chunk(&citizen, &upload, sent, &bytes[sent..sent + size]).send().await.expect(204);
            sent += size;
            assert_eq!(kept.header("upload-offset"), sent.to_string());
            assert_eq!(kept.header("tus-resumable"), "1.0.0");
            assert!(kept.header("upload-expires").ends_with("GMT"));
            assert_eq!(offset(&citizen, &upload).await, sent);
        }
        // Not yet: the draft can wait, the paper cannot be half.
        let (dossier, etag) = draft(&citizen).await;
        let id = upload.rsplit('/').next().unwrap();
        let attach = |etag: &str, body: &serde_json::Value| {
            citizen.put(&format!("{dossier}/papers/{KEY}")).if_match(etag).json(body)
        };
        attach(&etag, &json!({ "upload_id": id })).send().await.refused(409, "upload-unfinished");
        chunk(&citizen, &upload, sent, &bytes[sent..]).send().await.expect(204);
        let file = file_of(&citizen, &upload).await;
        let kept = attach(&etag, &json!({ "upload_id": id })).send().await.expect(200);
        assert_eq!(kept.json()["papers"][0]["sha256"], hash(&bytes));
        assert_eq!(kept.json()["papers"][0]["scan"], "unscanned");
        let own = citizen.get(&format!("/v1/files/{file}")).send().await.expect(200);
        assert_eq!(own.body, bytes);
        // The paper stays when the upload goes.
        tus(&citizen, Method::DELETE, &upload).send().await.expect(204);
        tus(&citizen, Method::DELETE, &upload).send().await.refused(404, "not-found");
        let paper = kept.json()["papers"][0]["file_id"].as_str().unwrap().to_owned();
        server.clock().advance(TimeDelta::days(40));
        api::worker::run_once(server.app()).await;
        assert_eq!(citizen.get(&format!("/v1/files/{paper}")).send().await.expect(200).body, bytes);
        citizen.get(&format!("/v1/files/{file}")).send().await.refused(404, "not-found");
        // It can be used again, by its file.
        let again = attach(&kept.etag(), &json!({ "file_id": paper })).send().await.expect(200);
        assert_ne!(again.json()["papers"][0]["file_id"], paper);
        for body in [json!({}), json!({ "file_id": paper, "upload_id": id })] {
            attach(&again.etag(), &body).send().await.refused(422, "invalid-content");
        }
    }

    async fn what_is_not_of_the_protocol_is_refused(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("hai", 5_000);
        for version in [None, Some("0.2.2"), Some("1.0.1")] {
            let request = citizen.post("/v1/uploads");
            let request = match version {
                Some(version) => request.header("tus-resumable", version),
                None => request,
            };
            let refused = request.send().await.refused(412, "tus-version-unsupported");
            assert_eq!(refused.header("tus-version"), "1.0.0");
        }
        let named = metadata(PDF, &hash(&bytes));
        let begin = |length: &str, metadata: &str| {
            tus(&citizen, Method::POST, "/v1/uploads").header("upload-length", length).header("upload-metadata", metadata)
        };
        for length in ["0", "-1", "x", "+5", "99999999999999999999"] {
            begin(length, &named).send().await.refused(400, "invalid-header");
        }
        begin("5", "filename YQ==").send().await.refused(400, "invalid-header");
        begin("20971521", &named).send().await.refused(413, "payload-too-large");
        let exe = Named { name: "a.pdf.exe", kind: "application/pdf" };
        begin("5", &metadata(exe, &hash(b"x"))).send().await.refused(422, "file-type-refused");

        let upload = begun(&citizen, PDF, &bytes).await;
        chunk(&citizen, &upload, 7, &bytes[7..]).send().await.refused(409, "upload-offset-mismatch");
        let wrong = chunk(&citizen, &upload, 0, &bytes).header("upload-checksum", &checksum(b"other"));
        wrong.send().await.refused(460, "checksum-mismatch");
        assert_eq!(offset(&citizen, &upload).await, 0, "a chunk with a wrong checksum is not kept");
        let unknown = chunk(&citizen, &upload, 0, &bytes).header("upload-checksum", "md5 AAAA");
        unknown.send().await.refused(400, "invalid-header");
        let too_much = [&bytes[..], b"x"].concat();
        chunk(&citizen, &upload, 0, &too_much).send().await.refused(413, "payload-too-large");
        let plain = tus(&citizen, Method::PATCH, &upload).header("upload-offset", "0").body("text/plain", "x");
        plain.send().await.refused(415, "unsupported-media-type");
        let right = chunk(&citizen, &upload, 0, &bytes[..99]).header("upload-checksum", &checksum(&bytes[..99]));
        assert_eq!(right.send().await.expect(204).header("upload-offset"), "99");
        // A client behind an old proxy.
        let post = tus(&citizen, Method::POST, &upload).header("x-http-method-override", "PATCH");
        let rest = post.header("upload-offset", "99").body(CHUNK, &bytes[99..]);
        let rest = rest.try_send().await.unwrap();
        assert!(rest.is_err_and(|fault| fault.contains("answered 204")), "the document knows no such POST");
        file_of(&citizen, &upload).await;
        chunk(&citizen, &upload, bytes.len(), b"").send().await.expect(204);
        chunk(&citizen, &upload, 0, b"x").send().await.refused(409, "upload-offset-mismatch");
    }

    async fn others_see_nothing_there(server: &TestServer) {
        let (owner, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let bytes = pdf_of("ba", 5_000);
        let upload = begun(&owner, PDF, &bytes).await;
        for method in [Method::GET, Method::DELETE] {
            tus(&other, method, &upload).send().await.refused(404, "not-found");
        }
        tus(&other, Method::HEAD, &upload).send().await.expect(404);
        chunk(&other, &upload, 0, &bytes).send().await.refused(404, "not-found");
        chunk(&owner, &upload, 0, &bytes).send().await.expect(204);
        let file = file_of(&owner, &upload).await;
        other.get(&format!("/v1/files/{file}")).send().await.refused(404, "not-found");
        let (dossier, etag) = draft(&other).await;
        let id = upload.rsplit('/').next().unwrap();
        for body in [json!({ "upload_id": id }), json!({ "file_id": file })] {
            let stolen = other.put(&format!("{dossier}/papers/{KEY}")).if_match(&etag).json(&body);
            stolen.send().await.refused(404, "not-found");
        }
        // The same bytes are another upload for another person: nothing says that somebody has them.
        assert_ne!(begun(&other, PDF, &bytes).await, upload);
    }

    async fn what_came_is_not_what_was_declared(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("bốn", 5_000);
        let other = pdf_of("năm", 6_000);
        let upload = begun(&citizen, PDF, &bytes).await;
        let refused = chunk(&citizen, &upload, 0, &other[..bytes.len()]).send().await;
        refused.refused(422, "digest-mismatch");
        tus(&citizen, Method::HEAD, &upload).send().await.expect(410);
        chunk(&citizen, &upload, 0, &bytes).send().await.refused(410, "upload-refused");
        let view = tus(&citizen, Method::GET, &upload).send().await.expect(200).json();
        assert_eq!((&view["state"], &view["refusal"]), (&json!("refused"), &json!("digest-mismatch")));
        sent(&citizen, JPEG, &bytes).await.refused(422, "file-type-refused");
        sent(&citizen, HEIC, &bytes).await.refused(422, "file-type-refused");
    }

    /// The answer to the creation was lost: asked again, it is the same upload and not another one.
    async fn a_creation_that_is_sent_again_makes_no_second_upload(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("sáu", 50_000);
        let upload = begun(&citizen, PDF, &bytes).await;
        chunk(&citizen, &upload, 0, &bytes[..30_000]).send().await.expect(204);
        let again = creation(&citizen, PDF, &bytes).send().await.expect(201);
        assert_eq!((again.header("location"), again.header("upload-offset")), (&*upload, "30000"));
        let again = sent(&citizen, PDF, &bytes).await.expect(201);
        assert_eq!((again.header("location"), again.header("upload-offset")), (&*upload, "30000"));
        // Nor is it sent again once it is there.
        chunk(&citizen, &upload, 30_000, &bytes[30_000..]).send().await.expect(204);
        let again = creation(&citizen, PDF, &bytes).send().await.expect(201);
        let size = bytes.len().to_string();
        assert_eq!((again.header("location"), again.header("upload-offset")), (&*upload, &*size));
    }

    async fn what_is_not_finished_in_time_goes(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("bảy", 5_000);
        let upload = begun(&citizen, PDF, &bytes).await;
        chunk(&citizen, &upload, 0, &bytes[..100]).send().await.expect(204);
        let staged = || std::fs::read_dir(server.app().staging.folder()).unwrap().count();
        server.clock().advance(TimeDelta::hours(47));
        api::worker::run_once(server.app()).await;
        assert_eq!((offset(&citizen, &upload).await, staged()), (100, 1));
        server.clock().advance(TimeDelta::hours(2));
        tus(&citizen, Method::GET, &upload).send().await.refused(404, "not-found");
        api::worker::run_once(server.app()).await;
        assert_eq!(staged(), 0);
    }
}
