//! No body takes a column: for every JSON body of the document, at every object in it, every column
//! name of the schema is sent as one field more.

use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::{Client, Response};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::fields::closed_objects;
use super::ground::nowhere;
use super::policy::{Body, Gate, Row, rows};
use super::request::{Operation, operations};
use super::schema;
use super::sending::answers;

/// Fewer would mean that the schema or the document was not read.
const FIELDS: usize = 2_000;

/// Somebody whose body is read.
struct Authors {
    nobody: Client,
    citizen: Client,
    officer: Client,
}

impl Authors {
    fn of(&self, row: &Row) -> &Client {
        match row.gate {
            Gate::Everybody => &self.nobody,
            Gate::SignedIn | Gate::Citizens { .. } | Gate::Caller(_) => &self.citizen,
            Gate::AnyOfficer | Gate::Officers(..) | Gate::Desk(..) => &self.officer,
        }
    }
}

/// The body with one field more in the object at a place.
fn with_field(body: &Value, pointer: &str, name: &str) -> Value {
    let mut body = body.clone();
    body.pointer_mut(pointer).unwrap()[name] = json!("0198a1b2-0000-7000-8000-000000000000");
    body
}

/// What is wrong, unless the field is refused by its place.
fn taken(answer: Result<Response, String>, pointer: &str) -> Option<String> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(fault) => return Some(fault),
    };
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let faults = body["errors"].as_array().into_iter().flatten();
    let named = faults
        .filter(|fault| fault["code"] == "unknown-field")
        .any(|fault| fault["pointer"] == pointer);
    let refused = [400, 422].contains(&answer.status) && named;
    (!refused).then(|| format!("{}: {body}", answer.status))
}

/// The JSON body of a row, for an operation that takes one.
fn body(operation: &Operation, row: &Row) -> Value {
    match &row.body {
        Body::Json(body) => body.clone(),
        // Bytes, or the name of a file that is there already.
        Body::Pdf if operation.id == "attach_paper" => json!({ "file_id": Uuid::nil() }),
        Body::Nothing | Body::Pdf | Body::Chunk => {
            panic!("{}: its row sends no JSON", operation.id)
        }
    }
}

on_both_engines! {
    async fn no_body_takes_a_column(server: &TestServer) {
        let pool = server.nobody().keeping_connections();
        let with_token = |client: &Client| pool.with_token(client.token().unwrap());
        let authors = Authors {
            nobody: pool.clone(),
            citizen: with_token(&server.citizen("0912345678").await),
            officer: with_token(&server.officer(&Role::ALL, MY_THUAN).await),
        };
        let (columns, rows) = (schema::columns(server.site()), rows());
        let (mut requests, mut places) = (Vec::new(), Vec::new());
        for operation in operations() {
            let Some(schema) = operation.json_schema() else {
                continue;
            };
            let row = rows.iter().find(|row| row.operation == operation.id).unwrap();
            let body = body(&operation, row);
            let objects = closed_objects(schema, &body);
            assert!(objects.iter().any(|place| place.pointer.is_empty()), "{}: its body takes anything", operation.id);
            for object in objects {
                for column in columns.difference(&object.fields) {
                    let more = Body::Json(with_field(&body, &object.pointer, column));
                    requests.push(operation.request_with(authors.of(row), row, &nowhere(), &more));
                    places.push((operation.id.clone(), format!("{}/{column}", object.pointer)));
                }
            }
        }
        let mut faults = Vec::new();
        for ((operation, pointer), answer) in places.iter().zip(answers(requests).await) {
            faults.extend(taken(answer, pointer).map(|fault| format!("{operation} {pointer}: {fault}")));
        }
        println!("mass assignment on {}: {} columns, {} fields sent", server.site().engine(), columns.len(), places.len());
        assert!(faults.is_empty(), "{} taken or not named:\n{}", faults.len(), faults.join("\n"));
        assert!(places.len() >= FIELDS, "only {} fields", places.len());
    }
}
