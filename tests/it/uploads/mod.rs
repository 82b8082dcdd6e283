//! Uploads by tus 1.0: in pieces, cut, killed, refused, looked into, scanned.

mod bombs;
mod corpus;
mod cuts;
mod hostile;
mod killed;
mod own_store;
mod pictures;
mod protocol;
mod public_client;
mod scanner;
mod scanning;
mod shares;

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use tests::client::{Client, Request, Response};

/// The media type of a chunk.
pub(crate) const CHUNK: &str = "application/offset+octet-stream";

/// SHA-256 in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hexadecimal(digest(&SHA256, bytes).as_ref())
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file that is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
}

pub(crate) const PDF: Named = Named {
    name: "khai sinh.pdf",
    kind: "application/pdf",
};
pub(crate) const JPEG: Named = Named {
    name: "IMG_1.JPG",
    kind: "image/jpeg",
};
pub(crate) const PNG: Named = Named {
    name: "a.png",
    kind: "image/png",
};
pub(crate) const HEIC: Named = Named {
    name: "a.heic",
    kind: "image/heic",
};

/// `Upload-Metadata`.
pub(crate) fn metadata(named: Named, hash: &str) -> String {
    let encoded = |text: &str| BASE64_STANDARD.encode(text);
    let Named { name, kind } = named;
    format!(
        "filename {},filetype {},sha256 {}",
        encoded(name),
        encoded(kind),
        encoded(hash)
    )
}

/// A request of the protocol.
pub(crate) fn tus(client: &Client, method: Method, path: &str) -> Request {
    client
        .request(method, path)
        .header("tus-resumable", "1.0.0")
}

/// The request that begins an upload.
pub(crate) fn creation(client: &Client, named: Named, bytes: &[u8]) -> Request {
    tus(client, Method::POST, "/v1/uploads")
        .header("upload-length", &bytes.len().to_string())
        .header("upload-metadata", &metadata(named, &hash(bytes)))
}

/// Begins an upload; its address.
pub(crate) async fn begun(client: &Client, named: Named, bytes: &[u8]) -> String {
    let answer = creation(client, named, bytes).send().await.expect(201);
    assert_eq!(answer.header("upload-offset"), "0");
    answer.header("location").to_owned()
}

/// The request that sends a chunk.
pub(crate) fn chunk(client: &Client, upload: &str, offset: usize, bytes: &[u8]) -> Request {
    tus(client, Method::PATCH, upload)
        .header("upload-offset", &offset.to_string())
        .body(CHUNK, bytes)
}

/// How far an upload has come, as the protocol tells it.
pub(crate) async fn offset(client: &Client, upload: &str) -> usize {
    let answer = tus(client, Method::HEAD, upload).send().await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.header("upload-offset").parse().unwrap()
}

/// Begun with the whole file along: 201, or the refusal.
pub(crate) async fn sent(client: &Client, named: Named, bytes: &[u8]) -> Response {
    creation(client, named, bytes)
        .body(CHUNK, bytes)
        .send()
        .await
}

/// The file that an upload became.
pub(crate) async fn file_of(client: &Client, upload: &str) -> String {
    let view = tus(client, Method::GET, upload)
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(view["state"], "finished", "{view}");
    view["file_id"].as_str().unwrap().to_owned()
}

/// A PDF of about so many bytes, told from others by its text.
pub(crate) fn pdf_of(text: &str, size: usize) -> Vec<u8> {
    let mut bytes = crate::papers::pdf(text);
    let mut state = 1_u64;
    while bytes.len() < size {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        // No character with a meaning in PDF.
        bytes.extend_from_slice(&(state >> 32 | 0x8080_8080).to_le_bytes()[..4]);
    }
    bytes
}
