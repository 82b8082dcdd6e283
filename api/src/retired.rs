//! Operations that will end: said in the document, and on every answer of theirs, long before (RFC 9745,
//! RFC 8594). Which they are stands in [`crate::sitemap::RETIRED`].

use std::time::{Duration, SystemTime};

use actix_web::{
    body::BoxBody,
    dev::ServiceResponse,
    http::header::{HeaderMap, HeaderName, HeaderValue, HttpDate, LINK},
    web,
};
use serde_json::{Value, json};

use crate::app::App;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// An operation that will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retired {
    /// Its method, in capitals.
    pub method: &'static str,
    /// Its path, as the document spells it.
    pub path: &'static str,
    /// Since when no new client should use it, in seconds since 1970.
    pub since: u64,
    /// When it ends, in seconds since 1970: at least twelve months later.
    pub until: u64,
    /// Where people read what to use instead.
    pub more: &'static str,
}

/// The row of an operation, if it will end.
fn find<'a>(retired: &'a [Retired], method: &str, path: &str) -> Option<&'a Retired> {
    retired
        .iter()
        .find(|one| one.method == method && one.path == path)
}

/// Says so on an answer of an operation that will end.
pub fn tell(response: &mut ServiceResponse<BoxBody>, path: Option<&str>) {
    let request = response.request();
    let app = request.app_data::<web::Data<App>>();
    let retired = app.map_or(&[][..], |app| app.retired);
    let ending = path.and_then(|path| find(retired, request.method().as_str(), path));
    if let Some(ending) = ending {
        ending.tell(response.headers_mut());
    }
}

impl Retired {
    /// The headers of every answer.
    fn tell(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            (DEPRECATION, format!("@{}", self.since)),
            (SUNSET, self.ends()),
            (LINK, format!("<{}>; rel=\"deprecation\"", self.more)),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(name, value);
            }
        }
    }

    /// When it ends, as HTTP writes it.
    fn ends(&self) -> String {
        HttpDate::from(SystemTime::UNIX_EPOCH + Duration::from_secs(self.until)).to_string()
    }
}

/// Says so in the document.
///
/// # Errors
/// Names an operation that the document does not have.
pub fn mark(document: &mut Value, retired: &[Retired]) -> anyhow::Result<()> {
    for one in retired {
        let Retired {
            method,
            path,
            since,
            until: _,
            more,
        } = one;
        let item = document
            .pointer_mut("/paths")
            .and_then(|all| all.get_mut(path));
        let operation = item.and_then(|item| item.get_mut(method.to_lowercase())?.as_object_mut());
        let Some(operation) = operation else {
            anyhow::bail!("{method} {path} is retired, and nowhere in the document");
        };
        operation.insert("deprecated".to_owned(), Value::Bool(true));
        let answers = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for answer in answers.into_iter().flat_map(|answers| answers.values_mut()) {
            let Some(answer) = answer.as_object_mut() else {
                continue;
            };
            let headers = answer.entry("headers").or_insert_with(|| json!({}));
            let Some(headers) = headers.as_object_mut() else {
                continue;
            };
            for (name, example, text) in [
                (
                    "Deprecation",
                    format!("@{since}"),
                    "Since when it should not be used (RFC 9745).",
                ),
                ("Sunset", one.ends(), "When it ends (RFC 8594)."),
                (
                    "Link",
                    format!("<{more}>; rel=\"deprecation\""),
                    "What to use instead.",
                ),
            ] {
                let schema = json!({ "type": "string", "maxLength": 200 });
                let header = json!({ "description": text, "required": true, "schema": schema, "example": example });
                headers.insert(name.to_owned(), header);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDING: Retired = Retired {
        method: "GET",
        path: "/v1/fields",
        since: 1_764_547_200,
        until: 1_796_083_200,
        more: "/docs",
    };

    #[test]
    fn the_document_says_what_will_end_and_knows_it() {
        let mut document = crate::document::document().unwrap_or_default();
        assert!(mark(&mut document, &[ENDING]).is_ok());
        let paths = document.get("paths");
        let of = |path: &str, place: &str| {
            let operation = paths.and_then(|paths| paths.get(path)?.get("get"));
            operation
                .and_then(|operation| operation.pointer(place))
                .cloned()
        };
        assert_eq!(of("/v1/fields", "/deprecated"), Some(json!(true)));
        for status in ["200", "500"] {
            let example = |name: &str| {
                of(
                    "/v1/fields",
                    &format!("/responses/{status}/headers/{name}/example"),
                )
            };
            assert_eq!(
                example("Deprecation"),
                Some(json!("@1764547200")),
                "{status}"
            );
            assert_eq!(
                example("Sunset"),
                Some(json!("Tue, 01 Dec 2026 00:00:00 GMT")),
                "{status}"
            );
        }
        assert_eq!(of("/v1/agencies", "/deprecated"), None);
        let nowhere = Retired {
            path: "/v1/nowhere",
            ..ENDING
        };
        assert!(mark(&mut document, &[nowhere]).is_err());
    }

    /// Apps live for years: whoever builds one on the last day has a year.
    #[test]
    fn what_will_end_is_announced_a_year_before() {
        for one in crate::sitemap::RETIRED {
            assert!(one.until >= one.since + 365 * 24 * 60 * 60, "{one:?}");
        }
    }
}
