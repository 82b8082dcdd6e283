//! A JSON body, read strictly, with the digest that recognises it under an idempotency key.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
    web,
};
use aws_lc_rs::digest::{SHA256, digest};
use bytes::{Bytes, BytesMut};
use domain::rejection::Code;
use futures_util::StreamExt as _;
use serde::de::{DeserializeOwned, DeserializeSeed as _};
use serde_json::error::Category;

use super::strict::{self, Strict};
use crate::{
    api_code::ApiCode,
    app::App,
    failure::{Failure, FieldError, Refusal},
};

/// The body of a request, as a `T`.
///
/// Refuses with `malformed-json`, `payload-too-large`, `unsupported-media-type`, or with
/// `invalid-content` that points at the field.
#[derive(Debug)]
pub struct Json<T> {
    /// The content.
    pub body: T,
    /// SHA-256 of the bytes as sent.
    pub digest: [u8; 32],
}

/// `app_data` of a scope or resource whose bodies may be larger (or must be smaller) than the
/// configured default, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimit(pub usize);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = request
            .app_data::<BodyLimit>()
            .map(|limit| limit.0)
            .or_else(|| {
                Some(
                    request
                        .app_data::<web::Data<App>>()?
                        .config
                        .limits
                        .json_body,
                )
            });
        let announced = check_head(request, limit.unwrap_or_default());
        let payload = payload.take();
        Box::pin(async move {
            announced?;
            let bytes = collect(payload, limit.unwrap_or_default()).await?;
            Ok(Self {
                body: parse(&bytes)?,
                digest: sha256(&bytes),
            })
        })
    }
}

/// The body of a request as a `T`, or the default when none is sent. What is sent is read as strictly
/// as any other body.
#[derive(Debug)]
pub struct OptionalJson<T>(pub T);

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalJson<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let announced = headers.get(CONTENT_LENGTH).is_some_and(|it| it != "0");
        if !announced
            && [CONTENT_TYPE, TRANSFER_ENCODING]
                .iter()
                .all(|it| !headers.contains_key(it))
        {
            return Box::pin(async { Ok(Self(T::default())) });
        }
        let body = Json::<Option<T>>::from_request(request, payload);
        Box::pin(async move { Ok(Self(body.await?.body.unwrap_or_default())) })
    }
}

/// SHA-256 of a body.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes)
        .as_ref()
        .try_into()
        .unwrap_or_default()
}

/// The type and the announced length, before a byte of the body is read.
fn check_head(request: &HttpRequest, limit: usize) -> Result<(), Failure> {
    let header = |name| request.headers().get(name)?.to_str().ok();
    let kind = header(CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["application/json", "application/merge-patch+json"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(kind))
    {
        return Err(ApiCode::UnsupportedMediaType.into());
    }
    let length = header(CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(ApiCode::PayloadTooLarge.into());
    }
    Ok(())
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk =
            chunk.map_err(|error| Refusal::new(ApiCode::MalformedRequest).because(error))?;
        if body.len() + chunk.len() > limit {
            return Err(ApiCode::PayloadTooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The content of a body; the first fault with its pointer.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let value = Strict::body()
        .deserialize(tracked)
        .map_err(|error| refused(&track.path(), &error))?;
    json.end().map_err(|error| malformed(&error))?;
    serde_path_to_error::deserialize(value).map_err(|error| refused(error.path(), error.inner()))
}

fn malformed(error: &serde_json::Error) -> Failure {
    Refusal::new(ApiCode::MalformedJson).because(error).into()
}

fn refused(path: &serde_path_to_error::Path, error: &serde_json::Error) -> Failure {
    match error.classify() {
        Category::Io | Category::Syntax | Category::Eof => malformed(error),
        Category::Data => Refusal::new(ApiCode::InvalidContent)
            .at(field_error(pointer(path), &error.to_string()))
            .into(),
    }
}

/// A path as a JSON Pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// What serde's sentence means. The sentence itself may quote the content, so it is not passed on.
fn field_error(pointer: String, sentence: &str) -> FieldError {
    let named = |prefix: &str| sentence.strip_prefix(prefix)?.split('`').next();
    if let Some(field) = named("missing field `") {
        return FieldError::rule(format!("{pointer}/{}", escape(field)), Code::Required);
    }
    if let Some(field) = named("unknown field `") {
        let last = format!("/{}", escape(field));
        let pointer = if pointer.ends_with(&last) {
            pointer
        } else {
            pointer + &last
        };
        return FieldError::edge(pointer, ApiCode::UnknownField);
    }
    if sentence.starts_with(strict::DUPLICATE) {
        FieldError::edge(pointer, ApiCode::DuplicateField)
    } else if sentence.starts_with(strict::TOO_DEEP) {
        FieldError::edge(pointer, ApiCode::TooDeep)
    } else if sentence.starts_with(strict::HIDDEN) {
        FieldError::rule(pointer, Code::HiddenCharacters)
    } else {
        FieldError::rule(pointer, Code::WrongFormat)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "an unexpected answer is a failed test")]
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        name: String,
        #[serde(default)]
        copies: u8,
        #[serde(default)]
        children: Vec<Form>,
        #[serde(default)]
        free: BTreeMap<String, serde_json::Value>,
    }

    fn fault(body: &str) -> (&'static str, String, &'static str) {
        match parse::<Form>(body.as_bytes()) {
            Err(Failure::Edge(refusal)) => match refusal.errors.first() {
                Some(error) => (refusal.code.as_str(), error.pointer.clone(), error.code),
                None => (refusal.code.as_str(), String::new(), ""),
            },
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    #[rustfmt::skip]
    fn each_fault_is_named_and_pointed_at() {
        let deep = format!(
            r#"{{"name":"a","free":{{"x":{}1{}}}}}"#,
            "[".repeat(30),
            "]".repeat(30)
        );
        for (body, code, pointer, field) in [
            ("{", "malformed-json", "", ""),
            ("", "malformed-json", "", ""),
            (r#"{"name":"a"} x"#, "malformed-json", "", ""),
            (r#"{"name":"\ud800"}"#, "malformed-json", "", ""),
            ("{}", "invalid-content", "/name", "required"),
            (r#"{"name":5}"#, "invalid-content", "/name", "wrong-format"),
            (r#"{"name":"a","copies":300}"#, "invalid-content", "/copies", "wrong-format"),
            (r#"{"name":"a","x/y":1}"#, "invalid-content", "/x~1y", "unknown-field"),
            (r#"{"name":"a","name":"b"}"#, "invalid-content", "/name", "duplicate-field"),
            (r#"{"name":"a\u0000"}"#, "invalid-content", "/name", "hidden-characters"),
            (r#"{"name":"a","children":[{"name":"b"},{}]}"#, "invalid-content", "/children/1/name", "required"),
            (r#"{"name":"a","free":{"k":1,"k":2}}"#, "invalid-content", "/free/k", "duplicate-field"),
        ] {
            assert_eq!(fault(body), (code, pointer.to_owned(), field), "{body}");
        }
        assert_eq!(fault(&deep).2, "too-deep");
    }

    #[test]
    fn text_arrives_in_normal_form_c_and_the_digest_is_of_the_bytes_sent() {
        let decomposed = "{\"name\":\"Nguye\u{0302}\u{0303}n\"}";
        let form: Form = parse(decomposed.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(form.name, "Nguy\u{1ec5}n");
        assert!(form.copies == 0 && form.children.is_empty() && form.free.is_empty());
        assert_ne!(sha256(decomposed.as_bytes()), sha256(b"{}"));
    }

    #[test]
    fn no_bytes_make_the_reader_panic() {
        for body in [
            "\"",
            "[[[[",
            "{\"name\":",
            "nul",
            "\u{feff}{}",
            "1e999",
            "-",
        ] {
            assert!(parse::<Form>(body.as_bytes()).is_err());
        }
    }
}
