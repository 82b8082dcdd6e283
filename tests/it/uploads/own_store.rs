//! The citizen's own store: what is there need not be sent again, and nobody else learns of it.

use reqwest::Method;
use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{PDF, file_of, hash, pdf_of, sent, tus};
use crate::papers::{KEY, draft};

on_both_engines! {
    async fn what_is_there_is_listed_and_used_again(server: &TestServer) {
        let (owner, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let bytes = pdf_of("kho", 4_000);
        let asked = format!("/v1/me/files?sha256={}", hash(&bytes));
        let none = owner.get(&asked).send().await.expect(200).json();
        assert_eq!(none["items"], json!([]));
        let upload = sent(&owner, PDF, &bytes).await.expect(201).header("location").to_owned();
        let file = file_of(&owner, &upload).await;
        let there = owner.get(&asked).send().await.expect(200).json();
        assert_eq!((&there["items"][0]["file_id"], &there["items"][0]["source"]), (&json!(file), &json!("upload")));
        assert_eq!(there["items"][0]["uses"], json!([]));
        // Whether somebody else has the file is nobody's business.
        let elsewhere = other.get(&asked).send().await.expect(200).json();
        assert_eq!(elsewhere["items"], json!([]));

        let (one, etag) = draft(&owner).await;
        let (two, other_etag) = draft(&owner).await;
        for (dossier, etag) in [(&one, &etag), (&two, &other_etag)] {
            let path = format!("{dossier}/papers/{KEY}");
            owner.put(&path).if_match(etag).json(&json!({ "file_id": file })).send().await.expect(200);
        }
        let used = owner.get("/v1/me/files").send().await.expect(200).json();
        let uses = used["items"][0]["uses"].as_array().unwrap();
        let of: Vec<_> = uses.iter().map(|one| one["dossier_id"].as_str().unwrap()).collect();
        assert_eq!(of, [one.trim_start_matches("/v1/dossiers/"), two.trim_start_matches("/v1/dossiers/")]);
        tus(&owner, Method::DELETE, &upload).send().await.expect(204);
        let left = owner.get("/v1/me/files").send().await.expect(200).json();
        assert_eq!(left["items"], json!([]), "papers of drafts were not accepted");
        owner.get("/v1/me/files?sha256=xyz").send().await.refused(400, "invalid-parameter");
    }
}
