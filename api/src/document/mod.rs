//! The published document: collected from the handlers, completed with what the edge itself does.

mod answer_headers;
pub mod handlers;
mod info;
pub mod page;
pub mod problems;
mod vocabulary;

use actix_web::App as ActixApp;
use anyhow::Context as _;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::Value;
use utoipa_actix_web::AppExt as _;

use crate::sitemap::sitemap;

/// The address of the document.
pub const ADDRESS: &str = "/openapi.json";

/// The methods an operation can have, in the order `Allow` lists them.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The document as it is served, and the paths it names.
#[derive(Debug)]
pub struct Published {
    /// The document, in the bytes that are sent.
    pub json: Bytes,
    /// The strong tag of those bytes, without quotes.
    pub tag: String,
    /// Each path as segments, with the methods it has.
    paths: Vec<(Vec<Segment>, Vec<String>)>,
}

/// One part of a path between slashes.
#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Parameter,
}

impl Published {
    /// The methods of a path, upper case; none if the document has no such path.
    pub fn methods_of(&self, path: &str) -> Vec<String> {
        let asked: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let fits = |segments: &[Segment]| {
            segments.len() == asked.len()
                && segments
                    .iter()
                    .zip(&asked)
                    .all(|(segment, part)| match segment {
                        Segment::Fixed(text) => text == part,
                        Segment::Parameter => !part.is_empty(),
                    })
        };
        let mut methods: Vec<String> = self
            .paths
            .iter()
            .filter(|(segments, _)| fits(segments))
            .flat_map(|(_, methods)| methods.iter().cloned())
            .collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

/// The whole document, as a value.
pub fn document() -> anyhow::Result<Value> {
    let (_, collected) = ActixApp::new()
        .into_utoipa_app()
        .openapi(info::frame())
        .configure(sitemap)
        .split_for_parts();
    let mut document = serde_json::to_value(collected)?;
    problems::complete(&mut document);
    answer_headers::complete(&mut document);
    vocabulary::describe(&mut document);
    Ok(document)
}

/// The document ready to be served.
pub fn published() -> anyhow::Result<Published> {
    let document = document()?;
    let json = Bytes::from(serde_json::to_vec(&document)?);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &json);
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .context("the document has no paths")?
        .iter()
        .map(|(path, item)| (segments(path), methods(item)))
        .collect();
    Ok(Published {
        tag: BASE64_URL_SAFE_NO_PAD.encode(digest),
        json,
        paths,
    })
}

fn segments(path: &str) -> Vec<Segment> {
    path.trim_start_matches('/')
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                Segment::Parameter
            } else {
                Segment::Fixed(part.to_owned())
            }
        })
        .collect()
}

fn methods(item: &Value) -> Vec<String> {
    METHODS
        .iter()
        .filter(|method| item.get(**method).is_some())
        .map(|method| method.to_ascii_uppercase())
        .collect()
}
