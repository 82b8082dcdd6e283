//! The shape of the catalogue's files, as JSON Schemas derived from the types they are read into.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::{
    fault::Finding,
    files::{AgenciesFile, CalendarSheet, FieldsFile, FileKind, ProceduresFile, SessionsFile},
};
use crate::procedures::faults::faults;

static PROCEDURES: LazyLock<Shape> = LazyLock::new(Shape::of::<ProceduresFile>);
static FIELDS: LazyLock<Shape> = LazyLock::new(Shape::of::<FieldsFile>);
static AGENCIES: LazyLock<Shape> = LazyLock::new(Shape::of::<AgenciesFile>);
static SESSIONS: LazyLock<Shape> = LazyLock::new(Shape::of::<SessionsFile>);
static CALENDAR: LazyLock<Shape> = LazyLock::new(Shape::of::<CalendarSheet>);

/// Everything about the file that does not have the shape of its kind.
///
/// A parser stops at the first fault; a schema names them all.
pub(super) fn misfits(kind: FileKind, file: &Value) -> Vec<Finding> {
    match kind {
        FileKind::Procedures => PROCEDURES.misfits(file),
        FileKind::Fields => FIELDS.misfits(file),
        FileKind::Agencies => AGENCIES.misfits(file),
        FileKind::Sessions => SESSIONS.misfits(file),
        FileKind::Calendar => CALENDAR.misfits(file),
    }
}

/// A schema, and what checks values against it.
struct Shape {
    schema: Value,
    /// Absent if the schema does not compile, which a test excludes; the parser still judges.
    validator: Option<Validator>,
}

impl Shape {
    fn of<T: ToSchema>() -> Self {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        let parts: Map<String, Value> = parts
            .into_iter()
            .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()))
            .collect();
        let mut schema = serde_json::to_value(<T as PartialSchema>::schema()).unwrap_or_default();
        if let Value::Object(members) = &mut schema {
            members.insert("components".to_owned(), json!({ "schemas": parts }));
        }
        let validator = jsonschema::draft202012::options()
            .offline()
            .should_validate_formats(true)
            .build(&schema)
            .ok();
        Self { schema, validator }
    }

    fn misfits(&self, value: &Value) -> Vec<Finding> {
        self.validator
            .iter()
            .flat_map(|validator| validator.iter_errors(value))
            .flat_map(|error| faults(&error, "", &self.schema))
            .map(Finding::from)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_compiles() {
        for shape in [&PROCEDURES, &FIELDS, &AGENCIES, &SESSIONS, &CALENDAR] {
            assert!(shape.validator.is_some(), "{}", shape.schema);
        }
    }
}
