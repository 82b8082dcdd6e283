//! The caller's language: Vietnamese unless `Accept-Language` prefers English.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{ACCEPT_LANGUAGE, HeaderMap},
};
use domain::text::Localized;

use crate::failure::Failure;

/// The language of sentences in an answer. Codes are never translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese, the language of the law.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// The language tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The text in this language.
    pub fn of(self, text: Localized) -> String {
        let Localized { vi, en } = text;
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// What the headers of a request prefer.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or(Self::Vi, Self::preferred)
    }

    /// English only where it is ranked above Vietnamese (RFC 9110 §12.5.4).
    fn preferred(accept: &str) -> Self {
        let rank = |wanted: &str| {
            accept
                .split(',')
                .filter_map(|part| {
                    let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
                    let primary = tag.trim().split('-').next().unwrap_or_default();
                    let quality = parameters.trim().strip_prefix("q=").unwrap_or("1");
                    primary
                        .eq_ignore_ascii_case(wanted)
                        .then(|| quality.trim().parse::<f32>().unwrap_or(0.0))
                })
                .fold(0.0_f32, f32::max)
        };
        if rank("en") > rank("vi") {
            Self::En
        } else {
            Self::Vi
        }
    }
}

impl FromRequest for Language {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::from_headers(request.headers())))
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Vi};

    #[test]
    fn english_only_when_ranked_above_vietnamese() {
        for (accept, expected) in [
            ("", Vi),
            ("en", En),
            ("en-GB", En),
            ("vi-VN, en;q=0.8", Vi),
            ("en;q=0.9, vi;q=0.8", En),
            ("en, vi", Vi),
            ("fr, de;q=0.5", Vi),
            ("*", Vi),
            ("en;q=zero", Vi),
            ("en;q=0", Vi),
        ] {
            assert_eq!(Language::preferred(accept), expected, "{accept}");
        }
    }
}
