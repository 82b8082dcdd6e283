//! The headers that make changes safe: which version was seen, and which request this is.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH},
};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
    },
};

use super::lengths::LONGEST_TAGS;
use crate::{
    api_code::ApiCode,
    failure::{Failure, FieldError, Refusal},
};

/// The version the caller has seen, from a strong `If-Match: "v<version>"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

/// The tags the caller holds already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfNoneMatch(Option<String>);

/// `If-None-Match: *`: the request is only to be carried out if nothing is there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfAbsent;

/// The client's name for one attempt to do something, so that a repetition is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

/// The longest key accepted, in bytes.
const LONGEST_KEY: usize = 255;

impl IdempotencyKey {
    /// The key, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A structured-field string (RFC 9651), or the same text bare.
    fn parse(value: &str) -> Option<Self> {
        let quoted = value
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let key = quoted.unwrap_or(value);
        let plain = key
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
        (plain && !key.is_empty() && key.len() <= LONGEST_KEY).then(|| Self(key.to_owned()))
    }
}

impl IfNoneMatch {
    /// Whether the caller holds this tag (given without quotes), by weak comparison.
    pub fn holds(&self, tag: &str) -> bool {
        self.0.as_deref().is_some_and(|list| {
            list.split(',').any(|item| {
                let item = item.trim();
                let item = item.strip_prefix("W/").unwrap_or(item);
                item == "*" || item.trim_matches('"') == tag
            })
        })
    }

    /// What a request carries.
    pub fn of(request: &HttpRequest) -> Self {
        Self(header(request, &IF_NONE_MATCH).ok().flatten())
    }
}

/// What follows a hyphen says what was shown of the version, and is not asked about: no client has to
/// have seen the words in which the version is told today.
fn parse_version(value: &str) -> Option<i64> {
    let tag = value.trim().strip_prefix("\"v")?.strip_suffix('"')?;
    let (version, shown) = match tag.split_once('-') {
        Some((version, shown)) => (version, Some(shown)),
        None => (tag, None),
    };
    let is_tag = |text: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (1..=22).contains(&text.len()) && text.bytes().all(plain)
    };
    if !shown.is_none_or(is_tag) {
        return None;
    }
    let plain = !version.starts_with('0') && version.bytes().all(|b| b.is_ascii_digit());
    version.parse().ok().filter(|_| plain)
}

/// The header's text; an error if it is not text or is sent twice.
fn header(request: &HttpRequest, name: &HeaderName) -> Result<Option<String>, Failure> {
    let mut values = request.headers().get_all(name);
    match (values.next().map(|value| value.to_str()), values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(value)), None) => Ok(Some(value.to_owned())),
        (Some(_), _) => Err(invalid(name.as_str())),
    }
}

pub(crate) fn invalid(name: &str) -> Failure {
    Refusal::new(ApiCode::InvalidHeader)
        .at(FieldError::edge(name, ApiCode::InvalidHeader))
        .into()
}

impl FromRequest for IfMatch {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(header(request, &IF_MATCH).and_then(|value| {
            let value = value.ok_or(ApiCode::PreconditionRequired)?;
            // A tag that is none of ours (weak, a list, `*`) promises nothing about a version.
            parse_version(&value)
                .map(Self)
                .ok_or_else(|| ApiCode::PreconditionRequired.into())
        }))
    }
}

impl FromRequest for IfNoneMatch {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(header(request, &IF_NONE_MATCH).map(Self))
    }
}

impl FromRequest for IfAbsent {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(header(request, &IF_NONE_MATCH).and_then(|value| {
            let absent = value.is_some_and(|value| value.trim() == "*");
            absent
                .then_some(Self)
                .ok_or_else(|| ApiCode::PreconditionRequired.into())
        }))
    }
}

impl FromRequest for IdempotencyKey {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        const NAME: HeaderName = HeaderName::from_static("idempotency-key");
        ready(header(request, &NAME).and_then(|value| {
            let value = value.ok_or(ApiCode::IdempotencyKeyMissing)?;
            Self::parse(value.trim()).ok_or_else(|| invalid("Idempotency-Key"))
        }))
    }
}

fn text(longest: usize) -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.max_length(Some(longest))
}

fn parameter(
    name: &str,
    required: Required,
    about: &str,
    schema: ObjectBuilder,
    example: &str,
) -> Vec<Parameter> {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(schema.build()))
        .example(Some(example.into()));
    vec![parameter.build()]
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "The version seen, as its `ETag` came, or `\"v<version>\"` alone: what follows a \
                     hyphen is not compared. Without it: 428.";
        // Eighteen digits: as many as always fit the version's type.
        let tag = text(44).pattern(Some("^\"v[1-9][0-9]{0,17}(-[A-Za-z0-9_-]{1,22})?\"$"));
        parameter("If-Match", Required::True, about, tag, "\"v3\"")
    }
}

impl IntoParams for IfNoneMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "The tag held already, or several: if one still stands the answer is 304 \
                     without a body.";
        let tags = text(LONGEST_TAGS);
        parameter("If-None-Match", Required::False, about, tags, "\"v3\"")
    }
}

impl IntoParams for IfAbsent {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "Always `*`: it is made only if nothing has this id yet. Without it: 428.";
        let star = text(1).enum_values(Some(["*"]));
        parameter("If-None-Match", Required::True, about, star, "*")
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "A name for this attempt, best a UUID: repeated with the same key and body, \
                     the request takes effect once. Visible ASCII without `\"` and `\\`, bare or \
                     between quotes.";
        let key =
            text(LONGEST_KEY + 2).pattern(Some(r#"^("[!#-\[\]-~]{1,255}"|[!#-\[\]-~]{1,255})$"#));
        let example = "8e03978e-40d5-43e8-bc93-6894a57f9324";
        parameter("Idempotency-Key", Required::True, about, key, example)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_strong_version_tag_is_a_version() {
        for (value, expected) in [
            ("\"v3\"", Some(3)),
            (" \"v12\" ", Some(12)),
            ("\"v3-Zk3_-0aQ\"", Some(3)),
            ("\"v3-\"", None),
            ("\"v3-a b\"", None),
            ("\"v03-abcdefgh\"", None),
            ("\"v3-aaaaaaaaaaaaaaaaaaaaaaa\"", None),
            ("W/\"v3\"", None),
            ("*", None),
            ("\"3\"", None),
            ("v3", None),
            ("\"v0\"", None),
            ("\"v03\"", None),
            ("\"v+3\"", None),
            ("\"v-1\"", None),
            ("\"v3\", \"v4\"", None),
            ("\"v99999999999999999999\"", None),
        ] {
            assert_eq!(parse_version(value), expected, "{value}");
        }
    }

    #[test]
    fn a_key_may_come_quoted_or_bare_and_is_bounded() {
        let longest = "k".repeat(255);
        let too_long = "k".repeat(256);
        for (value, expected) in [
            ("abc", Some("abc")),
            ("\"abc\"", Some("abc")),
            ("a\"b", None),
            ("a b", None),
            ("", None),
            ("\"\"", None),
            (longest.as_str(), Some(longest.as_str())),
            (too_long.as_str(), None),
        ] {
            let key = IdempotencyKey::parse(value);
            assert_eq!(
                key.as_ref().map(IdempotencyKey::as_str),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn held_tags_compare_weakly() {
        let held = IfNoneMatch(Some("W/\"v2\", \"v3\"".to_owned()));
        assert!(held.holds("v2") && held.holds("v3") && !held.holds("v4"));
        assert!(!IfNoneMatch(None).holds("v1"));
    }
}
