//! What a JSON Schema finds wrong, in our own codes and in words for people.

use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};
use serde_json::Value;

use crate::rejection::{Code, Fault};

/// The name as a token of a JSON Pointer (RFC 6901 section 3).
pub(super) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The faults of one finding, with pointers below `prefix`; `schema` supplies titles and bounds.
///
/// The sentences name the rule and never the value, which may be personal data.
pub(super) fn faults(error: &ValidationError<'_>, prefix: &str, schema: &Value) -> Vec<Fault> {
    let at = format!("{prefix}{}", error.instance_path().as_str());
    if let Kind::Required { property } = error.kind() {
        let name = property.as_str().unwrap_or_default();
        vec![Fault::new(format!("{at}/{}", token(name)), Code::Required)]
    } else if let Kind::AdditionalProperties { unexpected }
    | Kind::UnevaluatedProperties { unexpected } = error.kind()
    {
        let unknown =
            |name: &String| Fault::new(format!("{at}/{}", token(name)), Code::UnknownField);
        unexpected.iter().map(unknown).collect()
    } else if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        closest_branch(context, &at, prefix, schema)
    } else {
        vec![single(error, at, schema)]
    }
}

/// The findings of the branch that was meant: the one whose tag and type fit.
fn closest_branch(
    context: &[Vec<ValidationError<'static>>],
    at: &str,
    prefix: &str,
    schema: &Value,
) -> Vec<Fault> {
    let meant = context
        .iter()
        .filter(|branch| !branch.iter().any(is_misfit));
    match meant.min_by_key(|branch| branch.len()) {
        Some(branch) => branch
            .iter()
            .flat_map(|error| faults(error, prefix, schema))
            .collect(),
        None => vec![Fault::new(at, Code::WrongFormat).because(
            "Giá trị không thuộc các lựa chọn cho phép.",
            "The value is not one of the permitted choices.",
        )],
    }
}

fn is_misfit(error: &ValidationError<'static>) -> bool {
    matches!(error.kind().keyword(), "const" | "enum" | "type")
}

fn single(error: &ValidationError<'_>, at: String, schema: &Value) -> Fault {
    let path = error.schema_path().as_str();
    let bound = schema.pointer(path).unwrap_or(&Value::Null);
    let owner = path.rsplit_once('/').map_or("", |(owner, _)| owner);
    let title = schema
        .pointer(owner)
        .and_then(|field| field.get("title"))
        .and_then(Value::as_str);
    let (code, vi, en) = told(error.kind().keyword(), bound);
    Fault::new(at, code).because(sentence(title, &vi), en)
}

/// "Số bản sao: nhiều nhất là 20." or, without a title, "Nhiều nhất là 20."
fn sentence(title: Option<&str>, rule: &str) -> String {
    if let Some(title) = title {
        return format!("{title}: {rule}");
    }
    let mut letters = rule.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The code and the sentences of a keyword that failed; `{}` stands for its bound.
const SENTENCES: &[(&str, Code, &str, &str)] = &[
    (
        "maxLength",
        Code::TooLong,
        "dài nhất {} ký tự.",
        "At most {} characters.",
    ),
    (
        "minLength",
        Code::WrongFormat,
        "ngắn nhất {} ký tự.",
        "At least {} characters.",
    ),
    (
        "maximum",
        Code::OutOfRange,
        "nhiều nhất là {}.",
        "At most {}.",
    ),
    (
        "minimum",
        Code::OutOfRange,
        "ít nhất là {}.",
        "At least {}.",
    ),
    (
        "exclusiveMaximum",
        Code::OutOfRange,
        "phải nhỏ hơn {}.",
        "Must be less than {}.",
    ),
    (
        "exclusiveMinimum",
        Code::OutOfRange,
        "phải lớn hơn {}.",
        "Must be more than {}.",
    ),
    (
        "maxItems",
        Code::OutOfRange,
        "nhiều nhất {} mục.",
        "At most {} items.",
    ),
    (
        "minItems",
        Code::OutOfRange,
        "ít nhất {} mục.",
        "At least {} items.",
    ),
    (
        "enum",
        Code::WrongFormat,
        "phải là một trong: {}.",
        "Must be one of: {}.",
    ),
    (
        "type",
        Code::WrongFormat,
        "sai kiểu dữ liệu.",
        "Has the wrong type.",
    ),
];

fn told(keyword: &str, bound: &Value) -> (Code, String, String) {
    let (code, vi, en) = match keyword {
        // An empty answer to a required question is a missing one.
        "minLength" | "minItems" if bound.as_u64() == Some(1) => (
            Code::Required,
            "chưa có nội dung bắt buộc.",
            Code::Required.en(),
        ),
        "format" if bound == "date" => (
            Code::WrongFormat,
            "phải là ngày có thật, dạng năm-tháng-ngày.",
            "Must be a real date, year-month-day.",
        ),
        "format" if bound == "email" => (
            Code::WrongFormat,
            "phải là địa chỉ thư điện tử.",
            "Must be an e-mail address.",
        ),
        _ => SENTENCES.iter().find(|row| row.0 == keyword).map_or(
            (
                Code::WrongFormat,
                "không đúng mẫu quy định.",
                "Does not have the prescribed form.",
            ),
            |(_, code, vi, en)| (*code, *vi, *en),
        ),
    };
    let bound = shown(bound);
    (code, vi.replace("{}", &bound), en.replace("{}", &bound))
}

fn shown(bound: &Value) -> String {
    match bound {
        Value::String(text) => text.clone(),
        Value::Array(choices) => choices.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => bound.to_string(),
    }
}
