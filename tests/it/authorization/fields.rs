//! What requests may say, as the document describes it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::document::Document;

use super::request::operations;

/// An object of a body: where it stands, and the fields it may have.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) pointer: String,
    pub(super) fields: BTreeSet<String>,
}

/// The schema behind a reference, and of a choice the member that is no `null`.
fn resolved(schema: &Value) -> &Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return resolved(Document::published().root().pointer(pointer).unwrap());
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let members = schema[choice].as_array().into_iter().flatten();
        if let Some(member) = members.into_iter().find(|one| one["type"] != "null") {
            return resolved(member);
        }
    }
    schema
}

/// The objects of a body that take the documented fields and no others.
pub(super) fn closed_objects(schema: &Value, body: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    collect(schema, body, String::new(), &mut found);
    found
}

fn collect(schema: &Value, body: &Value, pointer: String, found: &mut Vec<Place>) {
    let schema = resolved(schema);
    match body {
        Value::Object(members) => {
            for (name, value) in members {
                let below = format!("{pointer}/{name}");
                collect(&schema["properties"][name], value, below, found);
            }
            if schema["additionalProperties"] == false {
                let fields = fields_of(schema);
                found.push(Place { pointer, fields });
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let below = format!("{pointer}/{index}");
                collect(&schema["items"], item, below, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn fields_of(schema: &Value) -> BTreeSet<String> {
    let fields = schema["properties"].as_object().into_iter().flatten();
    fields.map(|(name, _)| name.clone()).collect()
}

/// Every field and parameter of every request, with the operations that take it.
pub(super) fn taken() -> BTreeMap<String, BTreeSet<String>> {
    let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in operations() {
        let mut names = BTreeSet::new();
        names.extend(operation.parameters().map(str::to_owned));
        if let Some(schema) = operation.json_schema() {
            collect_names(schema, &mut names, &mut BTreeSet::new());
        }
        for name in names {
            taken.entry(name).or_default().insert(operation.id.clone());
        }
    }
    taken
}

fn collect_names(schema: &Value, names: &mut BTreeSet<String>, seen: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(reference) = schema["$ref"].as_str() {
                if seen.insert(reference.to_owned()) {
                    collect_names(resolved(schema), names, seen);
                }
                return;
            }
            if let Some(properties) = schema["properties"].as_object() {
                names.extend(properties.keys().cloned());
            }
            for (member, value) in members {
                if member != "example" && member != "examples" {
                    collect_names(value, names, seen);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                collect_names(item, names, seen);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
