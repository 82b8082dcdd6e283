//! Files on their way out.

use tests::client::Request;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{attach, draft, file_of, pdf};

on_both_engines! {
    async fn a_file_comes_whole_in_part_or_not_at_all(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (dossier, etag) = draft(&citizen).await;
        let bytes = pdf(&"trích lục ".repeat(500));
        let kept = attach(&citizen, &dossier, &etag, bytes.clone()).send().await.expect(200);
        let file = file_of(&kept);
        let whole = citizen.get(&file).send().await.expect(200);
        assert_eq!(whole.body, bytes);
        assert_eq!(whole.etag().trim_matches('"'), kept.json()["papers"][0]["sha256"]);
        let id = file.trim_start_matches("/v1/files/");
        for (name, expected) in [
            ("content-type", "application/pdf"),
            ("content-disposition", format!("attachment; filename=\"{id}.pdf\"").as_str()),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("accept-ranges", "bytes"),
            ("content-encoding", ""),
            ("content-length", bytes.len().to_string().as_str()),
        ] {
            assert_eq!(whole.header(name), expected, "{name}");
        }
        assert!(whole.header("content-security-policy").contains("sandbox"));

        let held = citizen.get(&file).header("if-none-match", &whole.etag()).send().await;
        assert!(held.expect(304).body.is_empty());

        let size = bytes.len();
        let part = |range: &str| -> Request { citizen.get(&file).header("range", range) };
        for (range, from, to) in [
            ("bytes=0-9".to_owned(), 0, 10),
            ("bytes=100-".to_owned(), 100, size),
            ("bytes=-5".to_owned(), size - 5, size),
            (format!("bytes=7-{}", size * 2), 7, size),
        ] {
            let found = part(&range).send().await.expect(206);
            assert_eq!(found.body, bytes[from..to], "{range}");
            assert_eq!(found.header("content-range"), format!("bytes {from}-{}/{size}", to - 1));
            assert_eq!(found.etag(), whole.etag());
        }
        let outside = part(&format!("bytes={size}-")).send().await;
        let outside = outside.refused(416, "range-not-satisfiable");
        assert_eq!(outside.header("content-range"), format!("bytes */{size}"));
        part("bytes=0-1,4-5").send().await.expect(200);
        part("bytes=0-9").header("if-range", &whole.etag()).send().await.expect(206);
        let another = part("bytes=0-9").header("if-range", "\"another\"").send().await;
        assert_eq!(another.expect(200).body, bytes);
        let missing = format!("/v1/files/{}", uuid::Uuid::now_v7());
        citizen.get(&missing).send().await.refused(404, "not-found");
    }
}
