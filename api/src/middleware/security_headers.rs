//! The headers that keep a browser from doing more with an answer than it should.

use actix_web::http::{
    StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};

/// An API answer is data: it may load, run and frame nothing. The sandbox holds also for a document
/// that somebody uploaded and a browser shows after all.
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// The reference page runs its own vendored script and style, from here only.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
);

/// Bytes count on a weak network: what only a page could misuse is said of pages only, and what the
/// policies above say already (`X-Frame-Options`) is not said twice.
const PAGE_REFERRER: (HeaderName, HeaderValue) = (
    HeaderName::from_static("referrer-policy"),
    HeaderValue::from_static("no-referrer"),
);

const AS_DECLARED: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-content-type-options"),
    HeaderValue::from_static("nosniff"),
);

/// Keeps other sites from embedding what is said. JSON that must be taken as declared cannot be
/// embedded anyway.
const EMBEDDING: (HeaderName, HeaderValue) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    HeaderValue::from_static("same-origin"),
);

const TRANSPORT: (HeaderName, HeaderValue) = (
    HeaderName::from_static("strict-transport-security"),
    HeaderValue::from_static("max-age=31536000"),
);

/// Adds them to an answer. A 304 brings no content, and the copy the caller holds came with its
/// own (RFC 9110 §15.4.5).
pub fn add(is_page: bool, status: StatusCode, headers: &mut HeaderMap) {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().ends_with(b"json"));
    let mut add = |(name, value): (HeaderName, HeaderValue)| {
        headers.insert(name, value);
    };
    add(TRANSPORT);
    if status == StatusCode::NOT_MODIFIED {
        return;
    }
    add(AS_DECLARED);
    if !is_json {
        add(EMBEDDING);
    }
    let policy = HeaderName::from_static("content-security-policy");
    if is_page {
        add(PAGE_REFERRER);
        add((policy, PAGE_POLICY));
    } else {
        add((policy, DATA_POLICY));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(is_page: bool, status: StatusCode) -> Vec<String> {
        let mut headers = HeaderMap::new();
        add(is_page, status, &mut headers);
        let mut names: Vec<_> = headers.keys().map(ToString::to_string).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn content_comes_with_its_policies_and_a_304_without() {
        let data = [
            "content-security-policy",
            "cross-origin-resource-policy",
            "strict-transport-security",
            "x-content-type-options",
        ];
        assert_eq!(names(false, StatusCode::OK), data);
        assert_eq!(names(false, StatusCode::NOT_FOUND), data);
        assert_eq!(names(true, StatusCode::OK).len(), data.len() + 1);
        let held = names(false, StatusCode::NOT_MODIFIED);
        assert_eq!(held, ["strict-transport-security"]);
        let mut json = HeaderMap::new();
        let kind = HeaderValue::from_static("application/problem+json");
        json.insert(header::CONTENT_TYPE, kind);
        add(false, StatusCode::OK, &mut json);
        assert!(!json.contains_key("cross-origin-resource-policy"));
    }
}
