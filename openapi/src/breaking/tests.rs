//! Each change that breaks a client, and each that does not.

use serde_json::json;

use super::*;

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "paths": { "/v1/things/{thing_id}": {
            "get": {
                "operationId": "get_thing", "security": [],
                "parameters": [
                    { "name": "thing_id", "in": "path", "required": true, "schema": { "type": "string" } },
                    { "name": "kind", "in": "query", "schema": { "type": "string", "enum": ["a", "b"] } }
                ],
                "responses": {
                    "200": {
                        "headers": { "ETag": { "required": true, "schema": { "type": "string" } } },
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } }
                    },
                    "404": { "content": { "application/problem+json": { "schema": { "type": "object" } } } }
                }
            },
            "put": {
                "operationId": "make_thing", "security": [{ "access_token": [] }],
                "requestBody": { "required": false, "content": {
                    "application/json": { "schema": { "$ref": "#/components/schemas/ThingBody" } } } },
                "responses": { "204": {} }
            }
        } },
        "components": { "schemas": {
            "Thing": {
                "type": "object", "required": ["name", "inner"],
                "properties": {
                    "name": { "type": "string", "maxLength": 9, "enum": ["x"] },
                    "note": { "type": ["string", "null"] },
                    "inner": { "oneOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "null" }] },
                    "many": { "type": "array", "items": { "type": "integer" } }
                }
            },
            "ThingBody": {
                "type": "object", "required": ["name"],
                "properties": {
                    "name": { "type": "string", "maxLength": 9, "minLength": 2, "pattern": "^x" },
                    "kind": { "type": "string", "enum": ["a", "b"] },
                    "note": { "type": ["string", "null"] },
                    "inner": { "oneOf": [{ "$ref": "#/components/schemas/ThingBody" }, { "type": "null" }] },
                    "plain": { "$ref": "#/components/schemas/ThingBody" }
                }
            }
        } }
    })
}

/// The document with what stands at a place put in another's stead; null takes it out.
fn with(pointer: &str, value: &Value) -> Value {
    let mut document = document();
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let place = document.pointer_mut(parent).map(|place| match place {
        Value::Array(items) => items.push(value.clone()),
        Value::Object(members) if value.is_null() => {
            members.remove(name);
        }
        Value::Object(members) => {
            members.insert(name.replace("~1", "/"), value.clone());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    });
    assert!(place.is_some(), "{pointer} is nowhere");
    document
}

const GET: &str = "/paths/~1v1~1things~1{thing_id}/get";
const PUT: &str = "/paths/~1v1~1things~1{thing_id}/put";
const THING: &str = "/components/schemas/Thing";
const BODY: &str = "/components/schemas/ThingBody";

/// Where, what stands there now, and what must be said of it.
#[rustfmt::skip]
fn changes_that_break() -> Vec<(String, Value, &'static str)> {
    let new = json!({ "name": "must", "in": "query", "required": true, "schema": {} });
    let at = |place: &str, rest: &str| format!("{place}{rest}");
    vec![
        (GET.to_owned(), Value::Null, "the operation is gone"),
        (at(GET, "/operationId"), json!("fetch_thing"), "by another name"),
        (at(GET, "/security"), json!([{ "access_token": [] }]), "access token"),
        (at(GET, "/parameters"), json!([]), "parameter kind: is gone"),
        (at(GET, "/parameters/-"), new, "parameter must is new and required"),
        (at(GET, "/parameters/1/required"), json!(true), "parameter kind: is required now"),
        (at(GET, "/parameters/1/schema/enum"), json!(["a"]), "\"b\" is not understood"),
        (at(GET, "/responses/404"), Value::Null, "404: the status is gone"),
        (at(GET, "/responses/200/headers"), Value::Null, "the header ETag is not promised"),
        (at(GET, "/responses/200/headers/ETag/required"), json!(false), "the header ETag is not promised"),
        (at(GET, "/responses/200/content"), json!({}), "application/json is gone"),
        (at(GET, "/responses/200/content/application~1json/schema"), Value::Null, "described otherwise"),
        (at(THING, "/properties/note"), Value::Null, "/note: is gone"),
        (at(THING, "/required"), json!(["inner"]), "/name: may be missing now"),
        (at(THING, "/properties/name/type"), json!(["string", "null"]), "has become"),
        (at(THING, "/properties/name/type"), json!("integer"), "has become"),
        (at(THING, "/properties/name/format"), json!("date"), "has become"),
        (at(THING, "/properties/many/items/type"), json!("string"), "/many/*"),
        (at(THING, "/properties/inner/oneOf/-"), json!({ "type": "boolean" }), "the variant \"boolean\" differs"),
        (at(PUT, "/requestBody"), Value::Null, "is not read any more"),
        (at(PUT, "/requestBody/required"), json!(true), "body: is required now"),
        (at(PUT, "/requestBody/content/application~1json/schema"), json!({ "type": "array" }), "has become"),
        (at(BODY, "/properties/note"), Value::Null, "/note: is gone"),
        (at(BODY, "/properties/note/type"), json!("string"), "has become"),
        (at(BODY, "/required"), json!(["name", "kind"]), "/kind: is required now"),
        (at(BODY, "/properties/kind/enum"), json!(["b"]), "\"a\" is not understood"),
        (at(BODY, "/properties/name/enum"), json!(["x"]), "only some values"),
        (at(BODY, "/properties/name/maxLength"), json!(8), "maxLength is tighter"),
        (at(BODY, "/properties/name/minLength"), json!(3), "minLength is tighter"),
        (at(BODY, "/properties/name/pattern"), json!("^y"), "another pattern"),
        (at(BODY, "/properties/inner/oneOf"), json!([{ "type": "null" }]), "the variant #/components/schemas/ThingBody differs"),
        (at(BODY, "/additionalProperties"), json!(false), "no further fields"),
    ]
}

#[test]
fn each_change_that_breaks_a_client_is_named() {
    for (place, value, said) in changes_that_break() {
        let found = breaches(&document(), &with(&place, &value));
        assert!(
            found.iter().any(|breach| breach.contains(said)),
            "{place} {value}: {found:?}"
        );
    }
}

#[test]
#[rustfmt::skip]
fn additions_pass() {
    let at = |place: &str, rest: &str| format!("{place}{rest}");
    let optional = json!({ "name": "may", "in": "query", "schema": { "type": "string" } });
    let maybe = json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/ThingBody" }] });
    let one_more = json!({ "operationId": "list_things", "responses": {} });
    for (place, value) in [
        ("/openapi".to_owned(), json!("3.1.0")),
        ("/paths/~1v1~1things".to_owned(), json!({ "get": one_more })),
        (at(GET, "/parameters/-"), optional),
        (at(GET, "/parameters/1/schema/enum/-"), json!("c")),
        (at(GET, "/responses/409"), json!({})),
        (at(GET, "/description"), json!("Other words.")),
        (at(PUT, "/security"), json!([])),
        (at(THING, "/properties/more"), json!({ "type": "string" })),
        (at(THING, "/required/-"), json!("note")),
        (at(THING, "/properties/name/enum/-"), json!("y")),
        (at(THING, "/properties/note/type"), json!("string")),
        (at(THING, "/properties/name/maxLength"), json!(5)),
        (at(BODY, "/properties/more"), json!({ "type": "string" })),
        (at(BODY, "/required"), json!([])),
        (at(BODY, "/properties/name/maxLength"), json!(99)),
        (at(BODY, "/properties/name/pattern"), Value::Null),
        (at(BODY, "/properties/plain"), maybe),
        (at(BODY, "/properties/kind/enum/-"), json!("c")),
    ] {
        let found = breaches(&document(), &with(&place, &value));
        assert!(found.is_empty(), "{place} {value}: {found:?}");
    }
}
