//! The check of answers against the document accepts what is documented and nothing else.

use std::collections::HashMap;

use serde_json::{Value, json};
use tests::document::{Answer, Document};

fn document() -> Document {
    let problem = json!({ "$ref": "#/components/responses/Missing" });
    let found = json!({
        "headers": { "ETag": { "required": true, "schema": { "type": "string" } } },
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Dossier" } } }
    });
    Document::new(json!({
        "openapi": "3.1.0",
        "paths": {
            "/v1/dossiers/{dossier_id}": {
                "get": { "responses": { "200": found, "404": problem } },
                "delete": { "responses": { "204": { "description": "gone" } } }
            },
            "/v1/dossiers/newest": { "get": { "responses": { "204": { "description": "none" } } } }
        },
        "components": {
            "responses": { "Missing": { "content": { "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" } } } } },
            "schemas": {
                "Problem": { "type": "object", "required": ["code"] },
                "Dossier": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {
                        "id": { "type": "string", "format": "uuid" },
                        "next": { "$ref": "#/components/schemas/Dossier" }
                    }
                }
            }
        }
    }))
}

/// Name, (method, path), (status, content type, body), what must be said of it.
type Case = (
    &'static str,
    (&'static str, &'static str),
    (u16, &'static str, Value),
    Option<&'static str>,
);

const ONE: (&str, &str) = ("GET", "/v1/dossiers/0190");
const JSON: &str = "application/json; charset=utf-8";
const PROBLEM: &str = "application/problem+json";

#[test]
fn what_is_documented_passes_and_nothing_else() {
    let document = document();
    let cases = [answers_of_one_operation(), other_operations()].concat();
    for (name, (method, path), (status, media_type, body), fault) in cases {
        let mut headers = HashMap::from([("content-type".to_owned(), media_type.to_owned())]);
        if name != "a missing header" {
            headers.insert("etag".into(), "\"v1\"".into());
        }
        let body = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let answer = Answer {
            method,
            path,
            status,
            headers: &headers,
            body: &body,
        };
        match (document.check(&answer), fault) {
            (Ok(()), None) => {}
            (Err(said), Some(fault)) => assert!(said.contains(fault), "{name}: {said}"),
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
}

#[rustfmt::skip]
fn answers_of_one_operation() -> Vec<Case> {
    let id = json!({ "id": "01900000-0000-7000-8000-000000000000" });
    let nested = json!({ "id": id["id"], "next": {} });
    let problem = json!({ "code": "x" });
    vec![
        ("as documented", ONE, (200, JSON, id.clone()), None),
        ("a missing header", ONE, (200, JSON, id), Some("ETag is missing")),
        ("a lost field", ONE, (200, JSON, json!({})), Some("\"id\" is a required")),
        ("a nested fault", ONE, (200, JSON, nested), Some("/next")),
        ("a bad format", ONE, (200, JSON, json!({ "id": "seven" })), Some("uuid")),
        ("another type", ONE, (200, "text/html", json!("x")), Some("text/html")),
        ("another status", ONE, (409, PROBLEM, problem.clone()), Some("not in the document")),
        ("a problem", ONE, (404, PROBLEM, problem), None),
        ("a bad problem", ONE, (404, PROBLEM, json!({})), Some("code")),
    ]
}

#[rustfmt::skip]
fn other_operations() -> Vec<Case> {
    let problem = json!({ "code": "x" });
    let put = ("PUT", ONE.1);
    vec![
        ("the fixed path first", ("GET", "/v1/dossiers/newest"), (204, "", Value::Null), None),
        ("a body too many", ("DELETE", ONE.1), (204, JSON, json!({})), Some("a body is sent")),
        ("no such path", ("GET", "/v2"), (404, PROBLEM, problem.clone()), None),
        ("no such path, found", ("GET", "/v2"), (200, JSON, json!({})), Some("404 was due")),
        ("no such method", put, (405, PROBLEM, problem), None),
        ("no such method, done", put, (200, JSON, json!({})), Some("405 was due")),
    ]
}
