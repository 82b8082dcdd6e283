//! House rules of the schemas: everything described, named in one style, and bounded.

use serde_json::Value;

use crate::lint::is_snake_case;

/// Strings of these formats are bounded by the format itself.
const BOUNDED_FORMATS: [&str; 4] = ["uuid", "date", "date-time", "binary"];

/// Checks every named schema.
pub(crate) fn check(document: &Value, faults: &mut Vec<String>) {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        if !name.chars().all(char::is_alphanumeric) {
            faults.push(format!(
                "{name}: a schema's name has letters and digits only"
            ));
        }
        described(schema, name, faults);
        check_bounds(schema, name, faults);
        if name.ends_with("Page") {
            list_shape(schema, name, faults);
        }
    }
}

/// What may be null is written as a choice, and its words then stand at the choice's first member.
fn described(schema: &Value, place: &str, faults: &mut Vec<String>) {
    let words = |schema: &Value| {
        let text = schema.get("description").and_then(Value::as_str);
        schema.get("$ref").is_some() || text.is_some_and(|text| !text.is_empty())
    };
    // A tag with one value says it all.
    let tag = schema
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| values.len() == 1);
    let choice = schema.get("oneOf").and_then(Value::as_array);
    let of_choice = choice.is_some_and(|members| members.iter().any(words));
    if !words(schema) && !of_choice && !tag {
        faults.push(format!("{place}: has no description"));
    }
}

/// A list is `{items, next_page_token}` and nothing else: no totals. Only an inbox says how many are unread, for
/// the badge of the app.
fn list_shape(schema: &Value, name: &str, faults: &mut Vec<String>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut names: Vec<&str> = properties
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    let is_inbox = name == "NoticePage" && names == ["items", "next_page_token", "unread_count"];
    if names != ["items", "next_page_token"] && !is_inbox {
        faults.push(format!("{name}: a page is {{items, next_page_token}}"));
    }
}

/// Strings have a longest length, arrays a largest size, properties a description and a name in
/// `snake_case`; so have the schemas within.
pub(crate) fn check_bounds(schema: &Value, place: &str, faults: &mut Vec<String>) {
    let has = |key: &str| schema.get(key).is_some_and(|value| !value.is_null());
    if is(schema, "string") {
        let format = schema
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !has("maxLength") && !has("enum") && !has("const") && !BOUNDED_FORMATS.contains(&format)
        {
            faults.push(format!("{place}: a string without maxLength"));
        }
    }
    if is(schema, "array") && !has("maxItems") {
        faults.push(format!("{place}: an array without maxItems"));
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let place = format!("{place}.{name}");
        if !is_snake_case(name) {
            faults.push(format!("{place}: is not snake_case"));
        }
        described(property, &place, faults);
        check_bounds(property, &place, faults);
    }
    if let Some(items) = schema.get("items") {
        check_bounds(items, &format!("{place}[]"), faults);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for part in schema
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            check_bounds(part, &format!("{place} {key}"), faults);
        }
    }
}

fn is(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    }
}
