//! The published document: collected from the handlers, completed with what the edge itself does.

mod answer_headers;
pub mod front;
pub mod handlers;
mod info;
pub mod page;
pub mod problems;
mod vocabulary;

use std::sync::OnceLock;

use actix_web::App as ActixApp;
use anyhow::Context as _;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::Value;

use crate::{
    failure::Failure,
    retired,
    site::ServiceConfig,
    sitemap::{RETIRED, sitemap},
};

/// The address of the document.
pub const ADDRESS: &str = "/openapi.json";

/// The methods an operation can have, in the order `Allow` lists them.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The document as it is served, put together when somebody first needs it.
#[derive(Debug, Default)]
pub struct Published(OnceLock<Paper>);

/// The document, and the paths it names.
#[derive(Debug)]
pub struct Paper {
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
    /// The document.
    ///
    /// # Errors
    /// `internal` when it cannot be put together; tests see that it can.
    pub fn paper(&self) -> Result<&Paper, Failure> {
        if let Some(paper) = self.0.get() {
            return Ok(paper);
        }
        let paper = paper().map_err(Failure::internal)?;
        Ok(self.0.get_or_init(|| paper))
    }
}

impl Paper {
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
    let mut collected = info::frame();
    drop(ActixApp::new().configure(|routes| {
        let mut site = ServiceConfig::new(routes);
        sitemap(&mut site);
        site.describe(&mut collected);
    }));
    let mut document = serde_json::to_value(collected)?;
    problems::complete(&mut document);
    answer_headers::complete(&mut document);
    vocabulary::describe(&mut document);
    retired::mark(&mut document, RETIRED)?;
    Ok(document)
}

/// The document ready to be served.
fn paper() -> anyhow::Result<Paper> {
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
    Ok(Paper {
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
