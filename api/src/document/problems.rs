//! The error answers of each operation: those its extractors imply are added to the document here,
//! so that no handler has to repeat them; those its own rules add, the handler names.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

use super::METHODS;
use crate::problem::MEDIA_TYPE;

macro_rules! problem_responses {
    ($($(#[$doc:meta])* $name:ident = $status:literal, $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([($status.to_owned(), RefOr::T(response($text)))])
            }
        }
    )*};
}

problem_responses! {
    /// `responses(…, Forbidden)`: a rule about roles can say no.
    Forbidden = "403", "The caller's role may not do this.";
    /// `responses(…, Missing)`: it may be missing though the path has no parameter.
    Missing = "404", "Missing, or not the caller's to see.";
    /// `responses(…, Conflict)`: the state of the thing can say no.
    Conflict = "409", "The thing is not in a state that permits this; see `code`.";
    /// `responses(…, Expired)`: what the caller goes by may be too old.
    Expired = "410", "The cursor is too old; begin anew without one.";
    /// `responses(…, Invalid)`: a rule about content can say no.
    Invalid = "422", "Some content is not valid; see `errors`.";
    /// `responses(…, OutsideRange)`: the range may lie outside the file.
    OutsideRange = "416", "The byte range lies outside the file; `Content-Range` has its size.";
    /// `responses(…, Limited)`: the caller may be asking too often.
    Limited = "429", "Too many requests; `Retry-After` says when to try again.";
    /// `responses(…, CredentialsRefused)`: what was offered to sign in does not hold.
    CredentialsRefused = "401", "The credentials are wrong, used up or expired.";
    /// `responses(…, Refused)`: what came of it was refused.
    Refused = "410", "It was refused and is over.";
    /// `responses(…, WrongVersion)`: the protocol's version may not be the one spoken here.
    WrongVersion = "412", "Another version of the protocol than `Tus-Version` names.";
    /// `responses(…, Locked)`: another request may be at the same thing.
    Locked = "423", "Another request is sending to it; try again in a moment.";
    /// `responses(…, ChecksumWrong)`: what arrived may not be what was sent.
    ChecksumWrong = "460", "The chunk does not have its checksum and was thrown away.";
    /// `responses(…, Full)`: there may be no room.
    Full = "507", "There is no room for files for the moment.";
}

fn response(text: &str) -> Response {
    ResponseBuilder::new()
        .description(text)
        .content(
            MEDIA_TYPE,
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build(),
        )
        .build()
}

/// What an operation shows of itself that implies error answers.
#[expect(
    clippy::struct_excessive_bools,
    reason = "six independent facts, read from a document"
)]
pub(super) struct Traits {
    secured: bool,
    path_parameters: bool,
    body: bool,
    if_match: bool,
    /// Makes something under an address the client chose.
    pub(super) creates: bool,
    /// Takes effect once per idempotency key.
    pub(super) idempotent: bool,
}

impl Traits {
    /// Whether it answers with the thing it changed, at its new version.
    pub(super) const fn versioned(&self) -> bool {
        self.if_match || self.idempotent
    }

    pub(super) fn of(operation: &Value) -> Self {
        let parameters = operation
            .get("parameters")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let has = |place: &str, name: Option<&str>| {
            parameters.iter().any(|parameter| {
                parameter.get("in").and_then(Value::as_str) == Some(place)
                    && name.is_none_or(|name| {
                        parameter.get("name").and_then(Value::as_str) == Some(name)
                    })
            })
        };
        Self {
            secured: operation
                .get("security")
                .and_then(Value::as_array)
                .is_some_and(|list| {
                    list.iter()
                        .any(|needed| needed.as_object().is_some_and(|needed| !needed.is_empty()))
                }),
            path_parameters: has("path", None),
            body: operation.get("requestBody").is_some(),
            if_match: has("header", Some("If-Match")),
            creates: operation.get("requestBody").is_some() && has("header", Some("If-None-Match")),
            idempotent: has("header", Some("Idempotency-Key")),
        }
    }
}

/// When an answer is implied, its status, and what it says.
type Row = (fn(&Traits) -> bool, &'static str, &'static str);

#[rustfmt::skip]
const IMPLIED: [Row; 14] = [
    (|_| true, "400", "The request cannot be read, or names an unknown parameter."),
    (|t| t.secured, "401", "No access token, or one that does not hold."),
    (|t| t.secured, "403", "The operation is for another kind of account or role."),
    (|t| t.path_parameters, "404", "Missing, or not the caller's to see."),
    (|_| true, "406", "`Accept-Encoding` rules out every coding, `identity` too; nothing was done."),
    (|t| t.idempotent, "409", "The thing is not in a state that permits this; see `code`."),
    (|t| t.if_match, "412", "It has changed since the version in `If-Match`; `ETag` has the current one."),
    (|t| t.body, "413", "The body is too large."),
    (|t| t.body, "415", "The body is not of a kind this operation reads."),
    (|t| t.body || t.idempotent, "422", "Some content is not valid, or the key was used with another body."),
    (|t| t.if_match || t.creates, "428", "`If-Match` with the version seen, or `If-None-Match: *`, is required."),
    (|_| true, "429", "Too many requests; `Retry-After` says when to try again."),
    (|_| true, "500", "Something failed here; quote the request id."),
    (|_| true, "503", "Not available for the moment; `Retry-After` says when to try again."),
];

/// Adds to every operation the error answers its extractors imply, unless it describes them itself.
pub fn complete(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for item in paths.values_mut() {
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else {
                continue;
            };
            let traits = Traits::of(operation);
            let responses = operation.as_object_mut().and_then(|operation| {
                operation
                    .entry("responses")
                    .or_insert_with(|| Value::Object(Map::new()))
                    .as_object_mut()
            });
            let Some(responses) = responses else { continue };
            for (_, status, text) in IMPLIED.iter().filter(|(applies, ..)| applies(&traits)) {
                responses.entry(*status).or_insert_with(|| {
                    json!({
                        "description": text,
                        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } }
                    })
                });
            }
            responses.sort_keys();
        }
    }
}
