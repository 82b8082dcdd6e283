//! The headers that keep a browser from doing more with an answer than it should.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// An API answer is data: it may load, run and frame nothing. The sandbox holds also for a document
/// that somebody uploaded and a browser shows after all.
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// The reference page runs its own vendored script and style, from here only.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
);

const FIXED: [(HeaderName, HeaderValue); 5] = [
    (
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    ),
    (
        HeaderName::from_static("referrer-policy"),
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("x-frame-options"),
        HeaderValue::from_static("DENY"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("strict-transport-security"),
        HeaderValue::from_static("max-age=31536000"),
    ),
];

/// Adds them to an answer to a request for `path`.
pub fn add(path_is_page: bool, headers: &mut HeaderMap) {
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    let policy = if path_is_page {
        PAGE_POLICY
    } else {
        DATA_POLICY
    };
    headers.insert(HeaderName::from_static("content-security-policy"), policy);
}
