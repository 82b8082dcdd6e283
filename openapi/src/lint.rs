//! The house rules of the document, over and above what public linters know.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::schemas;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
const PROBLEM: &str = "#/components/schemas/Problem";
/// How an answer says that it never has a further page.
const ONE_PAGE: &str = "always on one page";
const PROBLEM_TYPE: &str = "application/problem+json";

/// Every broken rule, with its place.
pub fn faults(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    head(document, &mut faults);
    let mut seen = HashSet::new();
    for (path, method, operation) in operations(document) {
        let place = format!("{} {path}", method.to_uppercase());
        check_path(path, &place, &mut faults);
        check_operation(document, operation, &place, &mut seen, &mut faults);
    }
    schemas::check(document, &mut faults);
    faults
}

/// Every operation of the document, with its path and method.
pub fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| {
            METHODS
                .iter()
                .filter_map(move |method| Some((path.as_str(), *method, item.get(*method)?)))
        })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// `snake_case`, as names of fields, parameters and operations are spelled.
pub(crate) fn is_snake_case(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn head(document: &Value, faults: &mut Vec<String>) {
    if text(document, "openapi") != "3.1.0" {
        faults.push("openapi: must be 3.1.0".to_owned());
    }
    for pointer in [
        "/info/title",
        "/info/description",
        "/info/license/name",
        "/info/contact/name",
        "/servers/0/url",
    ] {
        let filled = document.pointer(pointer).and_then(Value::as_str);
        if filled.is_none_or(str::is_empty) {
            faults.push(format!("{pointer}: is missing"));
        }
    }
}

fn check_path(path: &str, place: &str, faults: &mut Vec<String>) {
    let outside = [
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/.well-known/jwks.json",
    ];
    if !path.starts_with("/v1/") && !outside.contains(&path) {
        faults.push(format!("{place}: is not under /v1"));
    }
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let name = part.trim_start_matches('{').trim_end_matches('}');
        if !outside.contains(&path) && !is_snake_case(name) {
            faults.push(format!("{place}: {name} is not snake_case"));
        }
    }
}

/// Operations for which no body has a meaning of its own: ask for everything that is owed; the first chunk
/// comes later.
const BODY_MAY_BE_ABSENT: [&str; 4] = [
    "request_payment",
    "grant_withdrawal",
    "create_upload",
    "take_up_dossier",
];

fn check_operation<'a>(
    document: &Value,
    operation: &'a Value,
    place: &str,
    seen: &mut HashSet<&'a str>,
    faults: &mut Vec<String>,
) {
    let id = text(operation, "operationId");
    if !is_snake_case(id) {
        faults.push(format!("{place}: operationId {id:?} is not snake_case"));
    }
    if !seen.insert(id) {
        faults.push(format!("{place}: operationId {id:?} occurs twice"));
    }
    for key in ["summary", "description"] {
        if text(operation, key).is_empty() {
            faults.push(format!("{place}: has no {key}"));
        }
    }
    check_tags(document, operation, place, faults);
    if operation
        .get("security")
        .and_then(Value::as_array)
        .is_none()
    {
        faults.push(format!("{place}: names neither a security scheme nor none"));
    }
    for parameter in operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        check_parameter(parameter, place, faults);
    }
    check_paging(operation, place, faults);
    let body = operation.get("requestBody");
    if !BODY_MAY_BE_ABSENT.contains(&id)
        && body.is_some_and(|body| body.get("required") != Some(&Value::Bool(true)))
    {
        faults.push(format!("{place}: the body is not required"));
    }
    match operation.get("responses").and_then(Value::as_object) {
        Some(responses) => check_responses(responses, place, faults),
        None => faults.push(format!("{place}: has no responses")),
    }
}

fn check_tags(document: &Value, operation: &Value, place: &str, faults: &mut Vec<String>) {
    let listed = |name: &Value| {
        document
            .get("tags")
            .and_then(Value::as_array)
            .is_some_and(|tags| tags.iter().any(|tag| tag.get("name") == Some(name)))
    };
    let tags = operation.get("tags").and_then(Value::as_array);
    if tags.map_or(0, Vec::len) != 1 || !tags.into_iter().flatten().all(listed) {
        faults.push(format!(
            "{place}: must have one tag, of those listed at the top"
        ));
    }
}

/// What answers with a page can be asked for the next one, unless it says that there is only one.
fn check_paging(operation: &Value, place: &str, faults: &mut Vec<String>) {
    let schema = operation
        .pointer("/responses/200/content/application~1json/schema/$ref")
        .and_then(Value::as_str);
    let said = operation.pointer("/responses/200/description");
    let only_one = said.and_then(Value::as_str).unwrap_or_default();
    if !schema.is_some_and(|name| name.ends_with("Page")) || only_one.contains(ONE_PAGE) {
        return;
    }
    for wanted in ["page_size", "page_token"] {
        let parameters = operation.get("parameters").and_then(Value::as_array);
        let mut parameters = parameters.into_iter().flatten();
        if !parameters.any(|parameter| text(parameter, "name") == wanted) {
            faults.push(format!("{place}: answers with a page and has no {wanted}"));
        }
    }
}

fn check_parameter(parameter: &Value, place: &str, faults: &mut Vec<String>) {
    let name = text(parameter, "name");
    let place = format!("{place}: parameter {name}");
    if text(parameter, "in") != "header" && !is_snake_case(name) {
        faults.push(format!("{place}: is not snake_case"));
    }
    if text(parameter, "description").is_empty() {
        faults.push(format!("{place}: has no description"));
    }
    match parameter.get("schema") {
        Some(schema) => schemas::check_bounds(schema, &place, faults),
        None => faults.push(format!("{place}: has no schema")),
    }
}

fn check_responses(responses: &Map<String, Value>, place: &str, faults: &mut Vec<String>) {
    if !responses.keys().any(|status| status.starts_with('2')) {
        faults.push(format!("{place}: has no good answer"));
    }
    for (status, response) in responses {
        let place = format!("{place}: {status}");
        if text(response, "description").is_empty() {
            faults.push(format!("{place}: has no description"));
        }
        let content = response.get("content").and_then(Value::as_object);
        if status.starts_with(['4', '5']) {
            let schema =
                content.and_then(|content| content.get(PROBLEM_TYPE)?.get("schema")?.get("$ref"));
            if schema.and_then(Value::as_str) != Some(PROBLEM) {
                faults.push(format!("{place}: is not a {PROBLEM_TYPE} of {PROBLEM}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "description": "d", "license": {"name": "l"}, "contact": {"name": "c"}},
            "servers": [{"url": "/"}],
            "tags": [{"name": "Things"}],
            "paths": {"/v1/things/{thing_id}": {"get": {
                "operationId": "get_thing", "summary": "s", "description": "d", "tags": ["Things"],
                "security": [],
                "parameters": [{"name": "thing_id", "in": "path", "description": "d",
                    "schema": {"type": "string", "format": "uuid"}}],
                "responses": {
                    "200": {"description": "d", "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "404": {"description": "d", "content": {"application/problem+json": {
                        "schema": {"$ref": "#/components/schemas/Problem"}}}}
                }
            }}},
            "components": {"schemas": {
                "Problem": {"type": "object", "description": "d", "properties": {}},
                "Thing": {"type": "object", "description": "d", "properties": {
                    "name": {"type": "string", "maxLength": 5, "description": "d"}}}
            }}
        })
    }

    #[test]
    fn a_document_that_keeps_the_rules_has_no_faults() {
        assert_eq!(faults(&document()), Vec::<String>::new());
    }

    /// Each row breaks one rule; the lint must say so.
    #[rustfmt::skip]
    fn breaches() -> Vec<(&'static str, &'static str, Value)> {
        let get = "/paths/~1v1~1things~1{thing_id}/get";
        let parameter = "/paths/~1v1~1things~1{thing_id}/get/parameters/0";
        let properties = "/components/schemas/Thing/properties";
        let name = "/components/schemas/Thing/properties/name";
        let page = json!({"type": "object", "description": "d", "properties": {
            "items": {"type": "array", "maxItems": 100, "description": "d", "items": {"type": "boolean"}}}});
        vec![
            ("", "openapi", json!("3.0.3")),
            ("/info", "description", json!("")),
            (get, "operationId", json!("getThing")),
            (get, "description", json!(null)),
            (get, "tags", json!(["Others"])),
            (get, "tags", json!([])),
            (get, "security", json!(null)),
            (get, "responses", json!({"404": {"description": "d"}})),
            (get, "requestBody", json!({"content": {}})),
            (parameter, "name", json!("thingId")),
            (parameter, "description", json!("")),
            ("/paths/~1v1~1things~1{thing_id}/get/responses/200", "description", json!("")),
            ("/paths/~1v1~1things~1{thing_id}/get/responses/404", "content", json!({})),
            (name, "maxLength", json!(null)),
            (name, "description", json!("")),
            (properties, "badName", json!({"type": "boolean", "description": "d"})),
            (properties, "many", json!({"type": "array", "description": "d", "items": {"type": "boolean"}})),
            ("/components/schemas", "ThingPage", page),
            ("/paths/~1v1~1things~1{thing_id}/get/responses/200/content/application~1json/schema", "$ref", json!("#/components/schemas/ThingPage")),
        ]
    }

    #[test]
    fn each_rule_notices_its_breach() {
        for (pointer, key, value) in breaches() {
            let mut broken = document();
            let place = broken.pointer_mut(pointer).and_then(Value::as_object_mut);
            place.map(|place| place.insert(key.to_owned(), value.clone()));
            assert!(!faults(&broken).is_empty(), "{pointer} {key} {value}");
        }
        let mut twice = document();
        let item = twice.pointer("/paths/~1v1~1things~1{thing_id}").cloned();
        let paths = twice.pointer_mut("/paths").and_then(Value::as_object_mut);
        paths.map(|paths| paths.insert("/v1/things".to_owned(), item.unwrap_or_default()));
        assert!(faults(&twice).iter().any(|fault| fault.contains("twice")));
    }
}
