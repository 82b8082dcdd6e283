//! What an e-form must fulfil besides being a JSON Schema: nothing unbounded, nothing unnamed.

use serde_json::Value;

use super::fault::{FaultCode, Finding};
use crate::procedures::{CompiledForm, faults::token};

/// The most characters one answer may have.
const LONGEST_ANSWER: u64 = 4000;

/// Everything wrong with a form's schema.
pub(super) fn check(schema: &Value, at: &str) -> Vec<Finding> {
    match CompiledForm::compile(schema) {
        Err(error) => {
            let finding = Finding::new(format!("{at}{}", error.pointer), FaultCode::FormInvalid);
            let told = format!("Bộ kiểm tra lược đồ báo: {}", error.message);
            vec![finding.because(told, error.message)]
        }
        Ok(_) => object(schema, at),
    }
}

/// Whether the answer at that pointer is a required whole number with a lower and an upper bound.
pub(super) fn asks_for_whole_number(schema: &Value, pointer: &str) -> bool {
    required_field(schema, pointer).is_some_and(|field| {
        field.get("type").and_then(Value::as_str) == Some("integer")
            && field.get("minimum").and_then(Value::as_u64).is_some()
            && field.get("maximum").and_then(Value::as_u64).is_some()
    })
}

/// Whether the answer at that pointer is a required date.
pub(super) fn asks_for_date(schema: &Value, pointer: &str) -> bool {
    required_field(schema, pointer).is_some_and(|field| {
        field.get("type").and_then(Value::as_str) == Some("string")
            && field.get("format").and_then(Value::as_str) == Some("date")
    })
}

/// The question that the pointer (`/name`) leads to, if it must be answered.
fn required_field<'a>(schema: &'a Value, pointer: &str) -> Option<&'a Value> {
    let name = pointer.strip_prefix('/')?;
    let required = schema.get("required")?.as_array()?;
    let field = schema.get("properties")?.get(name)?;
    required.iter().any(|it| it == name).then_some(field)
}

fn object(schema: &Value, at: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
        return vec![loose(
            format!("{at}/properties"),
            "Thiếu danh sách trường.",
            "It lists no fields.",
        )];
    };
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        found.push(loose(
            format!("{at}/type"),
            "Phải là object.",
            "It must be an object.",
        ));
    }
    if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
        found.push(loose(
            format!("{at}/additionalProperties"),
            "Phải là false.",
            "It must be false.",
        ));
    }
    for name in schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if !name.as_str().is_some_and(|name| fields.contains_key(name)) {
            found.push(Finding::new(
                format!("{at}/required"),
                FaultCode::UnknownReference,
            ));
        }
    }
    for (name, field) in fields {
        found.extend(answer(field, &format!("{at}/properties/{}", token(name))));
    }
    found
}

fn answer(field: &Value, at: &str) -> Vec<Finding> {
    let text = |name: &str| field.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut found = Vec::new();
    if text("title").trim().is_empty() {
        found.push(loose(
            format!("{at}/title"),
            "Thiếu tiêu đề.",
            "It has no title.",
        ));
    }
    let bounds: &[&str] = match text("type") {
        "string" if !is_bounded_text(field) => &["maxLength"],
        "string" | "boolean" => &[],
        "integer" | "number" => &["minimum", "maximum"],
        "array" => {
            let items = field.get("items").unwrap_or(&Value::Null);
            found.extend(answer(items, &format!("{at}/items")));
            &["maxItems"]
        }
        "object" => {
            found.extend(object(field, at));
            &[]
        }
        _ => {
            let at = format!("{at}/type");
            found.push(loose(at, "Thiếu kiểu dữ liệu.", "It has no single type."));
            &[]
        }
    };
    let is_number = |name: &str| field.get(name).is_some_and(Value::is_number);
    for bound in bounds
        .iter()
        .filter(|it| **it == "maxLength" || !is_number(it))
    {
        let at = format!("{at}/{bound}");
        found.push(loose(
            at,
            "Thiếu giới hạn, hoặc giới hạn quá rộng.",
            "It has no bound, or too wide a one.",
        ));
    }
    found
}

fn is_bounded_text(field: &Value) -> bool {
    let bound = field.get("maxLength").and_then(Value::as_u64);
    bound.is_some_and(|bound| bound <= LONGEST_ANSWER) || field.get("enum").is_some()
}

fn loose(at: String, vi: &str, en: &str) -> Finding {
    Finding::new(at, FaultCode::FormTooLoose).because(vi, en)
}
