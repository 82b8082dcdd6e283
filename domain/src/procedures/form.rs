//! E-forms (biểu mẫu điện tử): the schema of the answers, compiled once and asked many times.

use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use super::faults::faults;
use crate::rejection::Fault;

/// Bytes a compiled pattern may take. Officers write patterns, so they are bounded: the engine is
/// linear in the text, and its size is linear in this.
const PATTERN_BYTES: usize = 256 * 1024;

/// A form whose answers can be checked.
pub struct CompiledForm {
    schema: Value,
    validator: Validator,
}

impl std::fmt::Debug for CompiledForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CompiledForm")
    }
}

/// The schema cannot be used: it is not a valid schema, refers outside itself, or holds a pattern
/// the linear engine refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotAForm {
    /// Where in the schema, as a JSON Pointer.
    pub pointer: String,
    /// What is wrong, in English, from the schema compiler.
    pub message: String,
}

impl CompiledForm {
    /// Compiles a JSON Schema (draft 2020-12). Nothing is ever fetched.
    ///
    /// # Errors
    /// [`NotAForm`] says what is wrong with the schema, and where.
    pub fn compile(schema: &Value) -> Result<Self, NotAForm> {
        jsonschema::draft202012::options()
            .offline()
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_pattern_options(PatternOptions::regex().size_limit(PATTERN_BYTES))
            .build(schema)
            .map(|validator| Self {
                schema: schema.clone(),
                validator,
            })
            .map_err(|error| NotAForm {
                pointer: error.instance_path().as_str().to_owned(),
                message: error.to_string(),
            })
    }

    /// Every fault of the answers, in the order of their place; `prefix` is where the answers are
    /// in the request, as a JSON Pointer (`/form`).
    pub fn validate(&self, answers: &Value, prefix: &str) -> Vec<Fault> {
        let mut found: Vec<Fault> = self
            .validator
            .iter_errors(answers)
            .flat_map(|error| faults(&error, prefix, &self.schema))
            .collect();
        found.sort_by(|a, b| (&a.pointer, a.code).cmp(&(&b.pointer, b.code)));
        found.dedup_by(|a, b| a.pointer == b.pointer && a.code == b.code);
        found
    }

    /// The schema it was compiled from.
    pub fn schema(&self) -> &Value {
        &self.schema
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Value {
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "copies"],
            "properties": {
                "name": {"type": "string", "title": "Họ và tên", "minLength": 1, "maxLength": 5},
                "copies": {"type": "integer", "title": "Số bản sao", "minimum": 1, "maximum": 20},
                "born": {"type": "string", "title": "Ngày sinh", "format": "date"},
                "id/no": {"type": "string", "title": "Số định danh", "pattern": "^[0-9]{12}$"},
                "kind": {"type": "string", "title": "Loại",
                         "oneOf": [{"const": "birth", "title": "Khai sinh"}]},
                "trades": {"type": "array", "title": "Ngành nghề", "maxItems": 2,
                           "items": {"type": "string", "title": "Ngành", "maxLength": 3}},
            },
        })
    }

    /// Answers, and the faults expected of them as `pointer code`, with commas between.
    const CASES: &[(&str, &str)] = &[
        (r#"{"name": "An", "copies": 3}"#, ""),
        (
            r#"{"name": "Đào", "copies": 20, "born": "2024-02-29", "kind": "birth"}"#,
            "",
        ),
        ("{}", "/form/copies required, /form/name required"),
        (
            r#"{"name": "", "copies": 0}"#,
            "/form/copies out-of-range, /form/name required",
        ),
        (
            r#"{"name": "Nguyễn", "copies": 21}"#,
            "/form/copies out-of-range, /form/name too-long",
        ),
        (
            r#"{"name": "An", "copies": "3"}"#,
            "/form/copies wrong-format",
        ),
        (
            r#"{"name": "An", "copies": 1.5}"#,
            "/form/copies wrong-format",
        ),
        (
            r#"{"name": "An", "copies": 1, "born": "2025-02-29"}"#,
            "/form/born wrong-format",
        ),
        (
            r#"{"name": "An", "copies": 1, "id/no": "12"}"#,
            "/form/id~1no wrong-format",
        ),
        (
            r#"{"name": "An", "copies": 1, "kind": "x"}"#,
            "/form/kind wrong-format",
        ),
        (
            r#"{"name": "An", "copies": 1, "a~b": 1}"#,
            "/form/a~0b unknown-field",
        ),
        (
            r#"{"name": "An", "copies": 1, "trades": ["a", "abcd", "c"]}"#,
            "/form/trades out-of-range, /form/trades/1 too-long",
        ),
        ("[]", "/form wrong-format"),
    ];

    #[test]
    fn every_fault_is_told_with_its_pointer_and_code() {
        let form = CompiledForm::compile(&form());
        for (answers, expected) in CASES {
            let parsed: Value = serde_json::from_str(answers).unwrap_or_default();
            let faults = form.as_ref().map(|form| form.validate(&parsed, "/form"));
            let told: Vec<String> = faults
                .iter()
                .flatten()
                .map(|fault| format!("{} {}", fault.pointer, fault.code.as_str()))
                .collect();
            assert_eq!(told.join(", "), *expected, "{answers}");
        }
    }

    #[test]
    fn sentences_name_the_rule_and_never_the_answer() {
        let answers =
            json!({"name": "Trần Văn Bí Mật", "copies": 99, "id/no": "089012345", "kind": "Trần"});
        let faults = CompiledForm::compile(&form())
            .map(|form| form.validate(&answers, "/form"))
            .unwrap_or_default();
        assert_eq!(faults.len(), 4);
        let sentences: Vec<String> = faults
            .iter()
            .flat_map(|fault| {
                fault
                    .detail
                    .iter()
                    .flat_map(|it| [it.vi.clone(), it.en.clone()])
            })
            .collect();
        assert!(
            sentences.contains(&"Số bản sao: nhiều nhất là 20.".to_owned()),
            "{sentences:?}"
        );
        assert!(
            sentences.contains(&"At most 20.".to_owned()),
            "{sentences:?}"
        );
        for secret in ["Trần", "99", "089012345"] {
            assert!(
                !sentences.iter().any(|it| it.contains(secret)),
                "{sentences:?}"
            );
        }
    }

    #[test]
    fn what_reaches_outside_or_backtracks_is_not_a_form() {
        for schema in [
            json!({"$ref": "https://example.org/form.json"}),
            json!({"$ref": "file:///etc/passwd"}),
            json!({"type": "objet"}),
            json!({"properties": {"a": {"type": "string", "pattern": "(a)\\1"}}}),
            json!({"properties": {"a": {"type": "string", "pattern": "(?=a)"}}}),
            json!({"properties": {"a": {"type": "string", "pattern": "((a{1000}){1000}){1000}"}}}),
            json!({"properties": {"a": {"type": "string", "format": "khong-co"}}}),
        ] {
            assert!(CompiledForm::compile(&schema).is_err(), "{schema}");
        }
    }
}
