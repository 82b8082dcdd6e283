//! What handlers return: content with its version, its cache rule and its status.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;

use crate::{extract::IfNoneMatch, middleware::compression};

/// How long a copy of the catalogue may be used without asking, in seconds.
const CATALOGUE_SECONDS: u32 = 300;

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Content with a strong tag: answers 304 when the caller holds it already.
#[derive(Debug)]
pub struct WithEtag<T> {
    body: T,
    /// `None`: the tag is taken from the content.
    version: Option<i64>,
    public: bool,
}

impl<T> WithEtag<T> {
    /// A resource about a person or a case, at this version. Not to be stored by caches.
    pub const fn versioned(version: i64, body: T) -> Self {
        Self {
            body,
            version: Some(version),
            public: false,
        }
    }

    /// Something without a version of its own, such as a list. Not to be stored by caches.
    pub const fn hashed(body: T) -> Self {
        Self {
            body,
            version: None,
            public: false,
        }
    }

    /// Something everybody may know; caches may keep it for some minutes.
    pub const fn catalogue(body: T) -> Self {
        Self {
            body,
            version: None,
            public: true,
        }
    }
}

/// The tag of a version, and of what is shown of it. The version alone would not do: words, dates and
/// what can be done now also change with time, with the catalogue, and with the reader, while nothing has
/// happened to the thing itself; a strong tag tells any two answers apart (RFC 9110 §8.8.1). For a change
/// only the version counts.
fn version_tag(version: i64, bytes: &[u8]) -> String {
    let shown = content_tag(bytes);
    format!("v{version}-{}", shown.get(..SHOWN).unwrap_or(&shown))
}

/// How much of the content's tag goes with a version: 48 bits.
const SHOWN: usize = 8;

/// A strong tag of the content: half of its SHA-256, which is enough to tell two contents apart and
/// spares the wire the other half.
fn content_tag(bytes: &[u8]) -> String {
    let digest = digest(&SHA256, bytes);
    let (half, _) = digest.as_ref().split_at(digest.as_ref().len() / 2);
    BASE64_URL_SAFE_NO_PAD.encode(half)
}

impl<T: Serialize> Responder for WithEtag<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let bytes = match serde_json::to_vec(&self.body) {
            Ok(bytes) => bytes,
            Err(error) => {
                return HttpResponse::from_error(crate::failure::Failure::internal(error));
            }
        };
        let safe = request.method().is_safe();
        // What a POST answers has no address to ask at again: only a version is worth knowing.
        let tag = match self.version {
            Some(version) => Some(version_tag(version, &bytes)),
            None => safe.then(|| content_tag(&bytes)),
        };
        let mut held = false;
        let mut response = HttpResponse::Ok();
        if let Some(tag) = tag {
            held = safe && IfNoneMatch::of(request).holds(&tag);
            response.insert_header((header::ETAG, format!("\"{tag}\"")));
        }
        if self.public {
            let rule = format!("public, max-age={CATALOGUE_SECONDS}");
            response.insert_header((header::CACHE_CONTROL, rule));
        } else {
            response.insert_header((header::CACHE_CONTROL, "no-store"));
        }
        if held {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        response.content_type("application/json").body(bytes)
    }
}

/// 201 with the address and the version of what was made.
#[derive(Debug)]
pub struct Created<T> {
    /// The address of the new resource, from the root: `/v1/dossiers/…`.
    pub location: String,
    /// Its version.
    pub version: i64,
    /// Its content.
    pub body: T,
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self {
            location,
            version,
            body,
        } = self;
        let bytes = match serde_json::to_vec(&body) {
            Ok(bytes) => bytes,
            Err(error) => {
                return HttpResponse::from_error(crate::failure::Failure::internal(error));
            }
        };
        let tag = version_tag(version, &bytes);
        private(HttpResponse::Created())
            .insert_header((header::LOCATION, location))
            .insert_header((header::ETAG, format!("\"{tag}\"")))
            .content_type("application/json")
            .body(bytes)
    }
}

/// An answer under an idempotency key: says when the effect had taken place before.
#[derive(Debug)]
pub struct Replayable<R> {
    /// Whether the effect had taken place before.
    pub replayed: bool,
    /// The answer, rendered from what is stored now.
    pub answer: R,
}

impl<R: Responder> Responder for Replayable<R> {
    type Body = R::Body;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<R::Body> {
        let mut response = self.answer.respond_to(request);
        if self.replayed {
            response
                .headers_mut()
                .insert(REPLAYED, header::HeaderValue::from_static("true"));
        }
        response
    }
}

/// Done, and there is nothing to show.
#[derive(Debug, Clone, Copy)]
pub struct Done;

impl Responder for Done {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        private(HttpResponse::NoContent()).finish()
    }
}

/// Content that holds a secret (a token): never cached, never compressed.
#[derive(Debug)]
pub struct Secret<T>(pub T);

impl<T: Serialize> Responder for Secret<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = private(HttpResponse::Ok()).json(self.0);
        compression::leave(response.headers_mut());
        response
    }
}

/// 202: taken on, to be done shortly.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

impl<T: Serialize> Responder for Accepted<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        private(HttpResponse::Accepted()).json(self.0)
    }
}

fn private(mut response: HttpResponseBuilder) -> HttpResponseBuilder {
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn answer(reply: WithEtag<&str>, held: Option<&str>) -> (u16, String, String) {
        let mut request = TestRequest::get();
        if let Some(held) = held {
            request = request.insert_header((header::IF_NONE_MATCH, held));
        }
        let response = reply.respond_to(&request.to_http_request());
        let header = |name| {
            let value = response.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        (
            response.status().as_u16(),
            header(header::ETAG),
            header(header::CACHE_CONTROL),
        )
    }

    #[test]
    fn what_a_post_answers_has_a_tag_only_if_it_has_a_version() {
        let [hashed, versioned] = [WithEtag::hashed("x"), WithEtag::versioned(3, "x")].map(|it| {
            let response = it.respond_to(&TestRequest::post().to_http_request());
            response.headers().get(header::ETAG).cloned()
        });
        assert_eq!(hashed, None);
        assert!(versioned.is_some_and(|tag| tag.as_bytes().starts_with(b"\"v3-")));
    }

    #[test]
    fn two_answers_at_one_version_have_two_tags() {
        let [one, again, other] =
            ["x", "x", "y"].map(|it| answer(WithEtag::versioned(3, it), None));
        assert_eq!(one, again);
        assert_ne!(one.1, other.1);
        let held = answer(WithEtag::versioned(3, "y"), Some(&one.1));
        assert_eq!(held.0, 200, "what is held is not what is shown");
    }

    #[test]
    fn a_held_tag_gives_304_with_the_same_headers() {
        let (_, tag, _) = answer(WithEtag::versioned(3, "x"), None);
        let weak = format!("W/{tag}");
        for (held, status) in [
            (None, 200),
            (Some(tag.as_str()), 304),
            (Some("\"v2\""), 200),
            (Some(weak.as_str()), 304),
        ] {
            let expected = (status, tag.clone(), "no-store".to_owned());
            assert_eq!(
                answer(WithEtag::versioned(3, "x"), held),
                expected,
                "{held:?}"
            );
        }
        let (_, tag, rule) = answer(WithEtag::catalogue("x"), None);
        assert_eq!(rule, "public, max-age=300");
        assert_eq!(answer(WithEtag::catalogue("x"), Some(&tag)).0, 304);
        assert_eq!(answer(WithEtag::catalogue("y"), Some(&tag)).0, 200);
    }
}
