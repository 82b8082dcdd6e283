//! What a phone asks for: since when, how much, and how long it would wait.

use std::{
    future::{Ready, ready},
    time::Duration,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderName};
use domain::feed::LONGEST_WAIT;
use serde::Deserialize;
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
    },
};

use super::{cursor::Cursor, stream::USUAL};
use crate::{
    api_code::ApiCode,
    app::App,
    extract::{Citizen, Language},
    failure::{Failure, FieldError, Refusal},
    page::{self, LONGEST_TOKEN},
};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What a phone asks for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ChangesQuery {
    /// The `cursor` of the answer before; without it everything is told from the beginning.
    #[param(max_length = 600)]
    pub cursor: Option<String>,
    /// About how many things an answer tells of, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
}

/// The same for a stream.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct StreamQuery {
    /// Where to go on, unless `Last-Event-ID` says it.
    #[param(max_length = 600)]
    pub cursor: Option<String>,
    /// After how many seconds the stream ends by itself, 600 unless said; 0 tells what there is and ends.
    #[param(minimum = 0, maximum = 3600)]
    pub max_seconds: Option<u16>,
}

/// After how many seconds a stream ends at most.
const LONGEST_STREAM: u16 = 3600;

impl StreamQuery {
    /// For how many seconds.
    ///
    /// # Errors
    /// `invalid-parameter` for more than an hour.
    pub fn seconds(&self) -> Result<u16, Failure> {
        match self.max_seconds {
            Some(seconds) if seconds > LONGEST_STREAM => {
                Err(Refusal::new(ApiCode::InvalidParameter)
                    .at(FieldError::edge("max_seconds", ApiCode::InvalidParameter))
                    .into())
            }
            seconds => Ok(seconds.unwrap_or(USUAL)),
        }
    }
}

/// What is asked for, opened.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Who follows.
    pub citizen: Citizen,
    /// How far they have come.
    pub from: Option<Cursor>,
    /// About how many things to tell of.
    pub size: u8,
    /// In which language.
    pub language: Language,
}

impl Asked {
    /// Opens what was sent.
    ///
    /// # Errors
    /// `invalid-cursor`, `cursor-expired`, `invalid-parameter`.
    pub fn of(
        app: &App,
        citizen: Citizen,
        language: Language,
        (cursor, size): (Option<&str>, Option<u8>),
    ) -> Result<Self, Failure> {
        let now = app.clock.now();
        let open = |text| Cursor::open(&app.page_tokens, citizen.person, text, now);
        Ok(Self {
            citizen,
            from: cursor.map(open).transpose()?,
            size: page::size(size)?,
            language,
        })
    }
}

/// How long the phone would wait for something to happen (`Prefer: wait=20`, RFC 7240), in seconds, cut
/// to what is offered. What cannot be understood is no preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub Option<u64>);

impl Wait {
    fn parse(values: &str) -> Option<u64> {
        let wait = values.split([',', ';']).find_map(|one| {
            let (name, value) = one.split_once('=')?;
            name.trim().eq_ignore_ascii_case("wait").then_some(value)
        })?;
        let seconds = wait.trim().trim_matches('"').parse::<u64>().ok()?;
        Some(seconds.min(LONGEST_WAIT)).filter(|seconds| *seconds > 0)
    }

    /// For how long.
    pub fn time(self) -> Option<Duration> {
        self.0.map(Duration::from_secs)
    }
}

/// The id of the last event a stream told before it broke off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastEventId(pub Option<String>);

fn first(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    let value = request.headers().get(name)?.to_str().ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}

impl FromRequest for Wait {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let all = request.headers().get_all(&PREFER);
        let texts: Vec<&str> = all.filter_map(|value| value.to_str().ok()).collect();
        ready(Ok(Self(Self::parse(&texts.join(",")))))
    }
}

impl FromRequest for LastEventId {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(first(request, &LAST_EVENT_ID))))
    }
}

fn parameter(name: &str, about: &str, longest: usize, example: &str) -> Vec<Parameter> {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(longest));
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(text.build()))
        .example(Some(example.into()));
    vec![parameter.build()]
}

impl IntoParams for Wait {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "`wait=20`: the answer is held back for so many seconds, at most 25, until there is \
                     something to tell (RFC 7240). `Preference-Applied` says how long it would have been.";
        parameter("Prefer", about, 200, "wait=20")
    }
}

impl IntoParams for LastEventId {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "The `id` of the last event that came: the stream goes on after it.";
        parameter("Last-Event-ID", about, LONGEST_TOKEN, "WzQyLDE3")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_to_wait_is_read_and_cut_and_nothing_else_is() {
        for (values, seconds) in [
            ("wait=20", Some(20)),
            ("respond-async, Wait=\"5\"", Some(5)),
            ("wait=100000", Some(LONGEST_WAIT)),
            ("return=minimal; wait=7", Some(7)),
            ("wait=0", None),
            ("wait=-1", None),
            ("wait", None),
            ("await=20", None),
            ("", None),
        ] {
            assert_eq!(Wait::parse(values), seconds, "{values}");
        }
    }
}
