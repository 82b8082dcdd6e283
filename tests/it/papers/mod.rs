//! Papers: taken in, refused, replaced, served in parts, swept.

mod bucket;
mod serving;
mod sweeping;
mod taking;

use base64::Engine as _;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::{Client, Request, Response};
use uuid::Uuid;

/// A paper of 2.000635 that is uploaded only where it applies.
pub(crate) const KEY: &str = "relationship_proof";

/// The beginning of every PDF, and something behind it.
pub(crate) fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n%\u{e2}\u{e3}\n{text}\n%%EOF\n").into_bytes()
}

/// A PNG of one pixel.
pub(crate) fn png() -> Vec<u8> {
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    base64::prelude::BASE64_STANDARD.decode(pixel).unwrap()
}

/// What a draft of 2.000635 says.
pub(crate) fn draft_body() -> Value {
    json!({
        "procedure_code": "2.000635",
        "agency_id": MY_THUAN,
        "applicant": { "full_name": "Nguyễn Thị Đào" },
        "form": {
            "requester_name": "Nguyễn Thị Đào", "requester_id": "089190001234", "relation": "self",
            "subject_name": "Nguyễn Thị Đào", "subject_birth": "1990-05-19",
            "extract_kind": "birth", "copies": 1, "purpose": "Nhập học", "delivery": "electronic"
        },
        "delivery": "electronic"
    })
}

/// A draft: its address and its version's tag.
pub(crate) async fn draft(citizen: &Client) -> (String, String) {
    let path = format!("/v1/dossiers/{}", Uuid::now_v7());
    let made = citizen.put(&path).if_new().json(&draft_body()).send().await;
    let etag = made.expect(201).etag();
    (path, etag)
}

/// The request that attaches a PDF, unfinished.
pub(crate) fn attach(citizen: &Client, dossier: &str, etag: &str, bytes: Vec<u8>) -> Request {
    citizen
        .put(&format!("{dossier}/papers/{KEY}"))
        .if_match(etag)
        .body("application/pdf", bytes)
}

/// The address of the only paper's file.
pub(crate) fn file_of(answer: &Response) -> String {
    let view = answer.json();
    assert_eq!(view["papers"].as_array().map(Vec::len), Some(1), "{view}");
    format!(
        "/v1/files/{}",
        view["papers"][0]["file_id"].as_str().unwrap()
    )
}
