//! How long the headers may be that are read leniently: a longer one is refused before any handler.

use actix_web::http::header::{HeaderMap, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};

use crate::{
    api_code::ApiCode,
    failure::{Failure, FieldError, Refusal},
};

/// The longest `If-None-Match`, in bytes: a cache in between may hold several tags.
pub const LONGEST_TAGS: usize = 1000;

/// Each header with its length in the document, in bytes.
const LONGEST: [(HeaderName, usize); 4] = [
    (IF_NONE_MATCH, LONGEST_TAGS),
    (RANGE, 200),
    (IF_RANGE, 200),
    (HeaderName::from_static("content-digest"), 400),
];

/// The refusal of a request with a header that is too long.
pub fn too_long(headers: &HeaderMap) -> Option<Failure> {
    let over = LONGEST.into_iter().find(|(name, longest)| {
        headers
            .get_all(name)
            .any(|value| value.as_bytes().len() > *longest)
    });
    over.map(|(name, _)| {
        Refusal::new(ApiCode::InvalidHeader)
            .at(FieldError::edge(name.as_str(), ApiCode::InvalidHeader))
            .into()
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn a_header_of_its_full_length_passes_and_a_longer_one_does_not() {
        for (name, longest) in LONGEST {
            for (length, passes) in [(0, true), (longest, true), (longest + 1, false)] {
                let mut headers = HeaderMap::new();
                let value = HeaderValue::from_str(&"x".repeat(length)).ok();
                value.map(|value| headers.insert(name.clone(), value));
                assert_eq!(too_long(&headers).is_none(), passes, "{name}: {length}");
            }
        }
    }
}
