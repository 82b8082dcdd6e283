//! The answer to a phone that asks what has changed.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
};

use super::wire::Changes;
use crate::{extract::IfNoneMatch, reply::WithEtag};

const APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What is told, and how it was waited for.
#[derive(Debug)]
pub struct ChangesAnswer {
    /// What is told.
    pub body: Changes,
    /// Whether the phone holds this cursor already, so that nothing is told.
    pub unchanged: bool,
    /// How long the answer might have been held back, where that was asked for.
    pub wait: Option<u64>,
}

impl Responder for ChangesAnswer {
    type Body = BoxBody;

    /// While nothing has changed the tag is the cursor itself: the phone knows it without having seen
    /// this answer before, and is told 304 in three hundred bytes.
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self {
            body,
            unchanged,
            wait,
        } = self;
        let mut response = if unchanged {
            unchanged_answer(request, &body)
        } else {
            WithEtag::hashed(body).respond_to(request)
        };
        let applied = wait.map(|seconds| header::HeaderValue::from_str(&format!("wait={seconds}")));
        if let Some(Ok(applied)) = applied {
            response.headers_mut().insert(APPLIED, applied);
        }
        response
    }
}

fn unchanged_answer(request: &HttpRequest, body: &Changes) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, format!("\"{}\"", body.cursor)))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if IfNoneMatch::of(request).holds(&body.cursor) {
        response.status(StatusCode::NOT_MODIFIED).finish()
    } else {
        response.json(body)
    }
}
