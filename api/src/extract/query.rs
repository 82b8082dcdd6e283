//! The query of an address, where an unknown parameter is an error and not a wish ignored.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use crate::{
    api_code::ApiCode,
    failure::{Failure, FieldError, Refusal},
};

/// The parameters of the query, as a `T` with `deny_unknown_fields`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|error| Refusal::new(ApiCode::InvalidParameter).because(error))?;
    let mut clean = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        if value.contains('\0') {
            return Err(invalid(name));
        }
        if clean.iter().any(|(earlier, _)| *earlier == name) {
            return Err(invalid(name));
        }
        clean.push((name, domain::text::nfc(&value)));
    }
    let clean = serde_urlencoded::to_string(clean).map_err(Failure::internal)?;
    let parameters = serde_urlencoded::Deserializer::new(form_urlencoded::parse(clean.as_bytes()));
    serde_path_to_error::deserialize(parameters).map_err(|error| {
        let name = error.path().to_string();
        let sentence = error.inner().to_string();
        let unknown = sentence
            .strip_prefix("unknown field `")
            .and_then(|rest| rest.split('`').next());
        match unknown {
            Some(name) => Refusal::new(ApiCode::UnknownParameter)
                .at(FieldError::edge(name, ApiCode::UnknownParameter))
                .into(),
            None => invalid(name),
        }
    })
}

fn invalid(name: impl Into<String>) -> Failure {
    Refusal::new(ApiCode::InvalidParameter)
        .at(FieldError::edge(name, ApiCode::InvalidParameter))
        .into()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filter {
        q: Option<String>,
        page_size: Option<u8>,
    }

    #[test]
    fn unknown_repeated_and_ill_formed_parameters_are_named() {
        for (query, code, name) in [
            ("x=1", "unknown-parameter", "x"),
            ("q=a&q=b", "invalid-parameter", "q"),
            ("page_size=many", "invalid-parameter", "page_size"),
            ("q=%00", "invalid-parameter", "q"),
        ] {
            let refused = parse::<Filter>(query)
                .map(|_| ())
                .map_err(|failure| match failure {
                    Failure::Edge(refusal) => (
                        refusal.code.as_str(),
                        refusal.errors.first().map(|e| e.pointer.clone()),
                    ),
                    Failure::Rule(_) => ("", None),
                });
            assert_eq!(refused, Err((code, Some(name.to_owned()))), "{query}");
        }
    }

    #[test]
    fn text_is_decoded_and_normalised() {
        let filter = parse::<Filter>("q=Nguye%CC%82%CC%83n+a%26b&page_size=5").ok();
        let filter = filter.map(|Filter { q, page_size }| (q, page_size));
        assert_eq!(
            filter,
            Some((Some("Nguy\u{1ec5}n a&b".to_owned()), Some(5)))
        );
        assert!(parse::<Filter>("").is_ok());
    }
}
