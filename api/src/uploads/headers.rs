//! The headers of tus 1.0, read strictly.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::{Payload, ServiceRequest},
    http::{
        Method, StatusCode,
        header::{
            CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
            TRANSFER_ENCODING,
        },
    },
};
use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{api_code::ApiCode, extract::headers::invalid, failure::Failure};

/// The version of the protocol.
pub const VERSION: &str = "1.0.0";

/// What of it is spoken here.
pub const EXTENSIONS: &str = "creation,creation-with-upload,expiration,checksum,termination";

/// How a chunk may be checked.
pub const ALGORITHMS: &str = "sha256,sha1";

/// The media type of a chunk.
pub const CHUNK: &str = "application/offset+octet-stream";

/// `Tus-Resumable`.
pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
/// `Tus-Version`.
pub const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
/// `Tus-Extension`.
pub const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
/// `Tus-Max-Size`.
pub const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
/// `Tus-Checksum-Algorithm`.
pub const CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
/// `Upload-Offset`.
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// `Upload-Length`.
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// `Upload-Expires`.
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// `Upload-Metadata`.
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// Whether an address belongs to the protocol.
pub fn is_of_uploads(path: &str) -> bool {
    path == "/v1/uploads" || path.starts_with("/v1/uploads/")
}

/// Says the version in every answer of the protocol, and which ones there are where it was the wrong one.
pub fn tell_version(status: StatusCode, headers: &mut HeaderMap) {
    let version = HeaderValue::from_static(VERSION);
    if status == StatusCode::PRECONDITION_FAILED {
        headers.insert(VERSIONS, version.clone());
    }
    headers.insert(RESUMABLE, version);
}

/// Clients behind proxies that know only `GET` and `POST` name the method in a header (tus 1.0, core).
pub fn take_method(request: &mut ServiceRequest) {
    if *request.method() != Method::POST || !is_of_uploads(request.path()) {
        return;
    }
    let named = request.headers().get(OVERRIDE);
    let method = match named.map(HeaderValue::as_bytes) {
        Some(b"PATCH") => Method::PATCH,
        Some(b"DELETE") => Method::DELETE,
        Some(b"HEAD") => Method::HEAD,
        Some(_) | None => return,
    };
    request.head_mut().method = method;
}

/// The text of a header; refused when it is sent twice or is no text.
pub(super) fn text<'a>(
    request: &'a HttpRequest,
    name: &HeaderName,
) -> Result<Option<&'a str>, Failure> {
    let mut values = request.headers().get_all(name);
    match (values.next().map(|value| value.to_str()), values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(value)), None) => Ok(Some(value.trim())),
        (Some(_), _) => Err(invalid(name.as_str())),
    }
}

/// A count in a header: digits and nothing else.
pub(super) fn count(request: &HttpRequest, name: &HeaderName) -> Result<Option<u64>, Failure> {
    let Some(value) = text(request, name)? else {
        return Ok(None);
    };
    let plain = value.bytes().all(|b| b.is_ascii_digit());
    let parsed = value.parse().ok().filter(|_| plain);
    parsed.map(Some).ok_or_else(|| invalid(name.as_str()))
}

/// A request that speaks this version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resumable;

impl FromRequest for Resumable {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let spoken = text(request, &RESUMABLE).ok().flatten();
        ready(if spoken == Some(VERSION) {
            Ok(Self)
        } else {
            Err(ApiCode::TusVersionUnsupported.into())
        })
    }
}

/// The checksum of one chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    algorithm: &'static Algorithm,
    expected: Vec<u8>,
}

impl Checksum {
    /// `sha256 <Base64>` or `sha1 <Base64>`.
    fn parse(value: &str) -> Option<Self> {
        let (name, encoded) = value.split_once(' ')?;
        let algorithm = match name {
            "sha256" => &SHA256,
            "sha1" => &SHA1_FOR_LEGACY_USE_ONLY,
            _ => return None,
        };
        let expected = BASE64_STANDARD.decode(encoded.trim()).ok()?;
        (expected.len() == algorithm.output_len()).then_some(Self {
            algorithm,
            expected,
        })
    }

    /// Whether the bytes have it.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        digest(self.algorithm, bytes).as_ref() == self.expected
    }
}

/// A chunk whose head was read and whose bytes were not.
pub struct Chunk {
    /// Where it goes on.
    pub offset: u64,
    /// How long it is, if that is known.
    pub length: Option<u64>,
    /// What is checked before it is kept.
    pub checksum: Option<Checksum>,
    /// The bytes.
    pub payload: Payload,
}

impl Chunk {
    fn read(request: &HttpRequest, payload: &mut Payload, offset: u64) -> Result<Self, Failure> {
        let kind = text(request, &CONTENT_TYPE)?.unwrap_or_default();
        let plain = text(request, &CONTENT_ENCODING)?
            .is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
        if !kind.eq_ignore_ascii_case(CHUNK) || !plain {
            return Err(ApiCode::UnsupportedMediaType.into());
        }
        let checksum = text(request, &CHECKSUM)?
            .map(|value| Checksum::parse(value).ok_or_else(|| invalid(CHECKSUM.as_str())))
            .transpose()?;
        Ok(Self {
            offset,
            length: count(request, &CONTENT_LENGTH)?,
            checksum,
            payload: payload.take(),
        })
    }
}

impl FromRequest for Chunk {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let offset = count(request, &OFFSET)
            .and_then(|offset| offset.ok_or_else(|| invalid(OFFSET.as_str())));
        ready(offset.and_then(|offset| Self::read(request, payload, offset)))
    }
}

/// The first chunk, where one comes with the creation.
pub struct FirstChunk(pub Option<Chunk>);

impl FromRequest for FirstChunk {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let has_body = headers.contains_key(TRANSFER_ENCODING)
            || headers.get(CONTENT_LENGTH).is_some_and(|it| it != "0");
        if !has_body {
            return ready(Ok(Self(None)));
        }
        ready(Chunk::read(request, payload, 0).map(|chunk| Self(Some(chunk))))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_read_as_the_protocol_spells_it() {
        let right = Checksum::parse("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").unwrap();
        assert!(right.is_of(b"hello world") && !right.is_of(b"hello worle"));
        let right = "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";
        assert!(Checksum::parse(right).unwrap().is_of(b"hello world"));
        for wrong in [
            "md5 AAAA",
            "sha1 AAAA",
            "sha1",
            "sha256 %%",
            "",
            "crc32 AAAAAA==",
        ] {
            assert_eq!(Checksum::parse(wrong), None, "{wrong}");
        }
    }
}
