//! The headers of each answer that a client acts on: added to the document here, by what an
//! operation is, so that no handler has to repeat them.

use serde_json::{Map, Value, json};

use super::{METHODS, problems::Traits};

/// What an answer is to: the method, the status, and what the operation shows of itself.
struct Asked<'a> {
    get: bool,
    status: &'a str,
    file: bool,
    traits: &'a Traits,
}

/// When an answer carries a header; its name, whether always, its longest value, an example, and
/// what it says.
type Row = (
    fn(&Asked<'_>) -> bool,
    (&'static str, bool, u16, &'static str, &'static str),
);

#[rustfmt::skip]
const HEADERS: [Row; 12] = [
    (|it| it.get && matches!(it.status, "200" | "206" | "304"),
        ("ETag", true, 100, "\"v3-Zk3x0aQb\"", "The tag of what is shown; send it as `If-None-Match` next time.")),
    (|it| !it.get && (it.status == "200" && it.traits.versioned() || it.status == "201" && it.traits.creates),
        ("ETag", true, 100, "\"v3-Zk3x0aQb\"", "The version of what is shown, and its content; send it as `If-Match` to change it.")),
    (|it| it.status == "412" && it.traits.versioned(),
        ("ETag", true, 100, "\"v4\"", "The version it has now.")),
    (|it| it.status == "201",
        ("Location", true, 200, "/v1/files/0197b2a4-5c1e-7a3b-8d4f-2f6e1c9b7a10", "The address of what was made, from the root.")),
    (|it| it.status == "200" && it.traits.idempotent,
        ("Idempotency-Replayed", false, 4, "true", "`true` when the request had taken effect before; what is shown is as it is now.")),
    (|it| it.status == "401",
        ("WWW-Authenticate", true, 100, "Bearer realm=\"motcua\"", "How to prove who is asking.")),
    (|it| matches!(it.status, "429" | "503"),
        ("Retry-After", true, 10, "30", "After how many seconds to try again.")),
    (|it| it.status == "429",
        ("RateLimit", false, 100, "\"read\";r=0;t=60", "What is left of the share (`r`), and in how many seconds it is whole again (`t`). Any answer may carry it once less than half is left.")),
    (|it| it.status == "429",
        ("RateLimit-Policy", false, 100, "\"read\";q=600;w=60", "The share: so many requests (`q`) in so many seconds (`w`).")),
    (|it| matches!(it.status, "206" | "416"),
        ("Content-Range", true, 80, "bytes 0-65535/182044", "Which bytes these are, and how many there are.")),
    (|it| it.file && matches!(it.status, "200" | "206"),
        ("Content-Disposition", true, 200, "attachment; filename=\"0197b2a4-5c1e-7a3b-8d4f-2f6e1c9b7a10.pdf\"", "A name to save it under, which says nothing about anybody.")),
    (|it| it.file && matches!(it.status, "200" | "206" | "304"),
        ("Accept-Ranges", true, 5, "bytes", "Parts of it can be asked for.")),
];

/// Operations that are no documents: nothing about them can be held.
const WITHOUT_TAG: [&str; 3] = ["/healthz", "/readyz", "/v1/sync/stream"];

/// Adds to every answer the headers it carries.
pub(super) fn complete(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else {
                continue;
            };
            let traits = Traits::of(operation);
            let responses = operation
                .get_mut("responses")
                .and_then(Value::as_object_mut);
            let file = responses
                .as_ref()
                .is_some_and(|all| all.contains_key("206"));
            for (status, response) in responses.into_iter().flatten() {
                let asked = Asked {
                    get: method == "get" && !WITHOUT_TAG.contains(&path.as_str()),
                    status,
                    file,
                    traits: &traits,
                };
                let headers = of(&asked);
                if let Some(response) = response.as_object_mut().filter(|_| !headers.is_empty()) {
                    response.insert("headers".to_owned(), Value::Object(headers));
                }
            }
        }
    }
}

fn of(asked: &Asked<'_>) -> Map<String, Value> {
    let carried = HEADERS.iter().filter(|(applies, _)| applies(asked));
    carried
        .map(|(_, (name, always, longest, example, text))| {
            let header = json!({
                "description": text,
                "required": always,
                "schema": { "type": "string", "maxLength": longest },
                "example": example,
            });
            ((*name).to_owned(), header)
        })
        .collect()
}
