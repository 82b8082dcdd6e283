//! One file of the catalogue: parsed, placed, and taken apart into entries.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    fault::{CatalogueFault, FaultCode, Finding},
    position::{Position, Positions},
};
use crate::{
    procedures::faults::token,
    text::{has_hidden_characters, nfc},
};

/// A file that is JSON, and what was found wrong with it so far.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) value: Value,
    positions: Positions,
    findings: Vec<Finding>,
}

/// An entry of a file, with where it stands.
pub(super) struct Entry<T> {
    pub(super) sheet: usize,
    pub(super) pointer: String,
    pub(super) value: T,
}

impl Sheet {
    /// Parses a file. Text is brought to normal form C, which moves no line.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, CatalogueFault> {
        let text = nfc(text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let value: Value = serde_json::from_str(&text).map_err(|error| {
            let place = Position {
                line: error.line().max(1),
                column: error.column().max(1),
            };
            Finding::new("", FaultCode::NotJson)
                .because(
                    format!("Lỗi cú pháp ở dòng {}, cột {}.", place.line, place.column),
                    error.to_string(),
                )
                .at(name, place)
        })?;
        let positions = Positions::scan(&text);
        let mut sheet = Self {
            name: name.to_owned(),
            value,
            positions,
            findings: Vec::new(),
        };
        sheet.findings = hidden(&sheet.value, "");
        Ok(sheet)
    }

    pub(super) fn report(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Whether anything was found wrong at or below the pointer.
    fn is_faulty(&self, pointer: &str) -> bool {
        self.findings
            .iter()
            .any(|finding| is_within(&finding.pointer, pointer))
    }

    /// The entries of a list, those that can be read; the others are reported.
    pub(super) fn entries<T: DeserializeOwned>(
        &mut self,
        sheet: usize,
        list: &str,
    ) -> Vec<Entry<T>> {
        let items = self
            .value
            .get(list)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let mut entries = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let pointer = format!("/{list}/{place}");
            if let Some(value) = self.read(item, &pointer) {
                entries.push(Entry {
                    sheet,
                    pointer,
                    value,
                });
            }
        }
        entries
    }

    /// The value read as a `T`. A misfit is reported unless its place is known to be faulty.
    pub(super) fn read<T: DeserializeOwned>(&mut self, value: &Value, pointer: &str) -> Option<T> {
        match serde_path_to_error::deserialize(value) {
            Ok(read) => Some(read),
            Err(error) => {
                let at = format!("{pointer}{}", pointer_of(error.path()));
                if !self.is_faulty(pointer) {
                    let why = error.inner().to_string();
                    let finding = Finding::new(at, code_of(&why));
                    self.findings
                        .push(finding.because(format!("Bộ đọc báo: {why}."), why));
                }
                None
            }
        }
    }

    /// Every fault, each with its line and column, in the order of the text.
    pub(super) fn faults(self) -> Vec<CatalogueFault> {
        let Self {
            name,
            value: _,
            positions,
            findings,
        } = self;
        let twice = positions.duplicates.iter().map(|(pointer, place)| {
            Finding::new(pointer, FaultCode::DuplicateKey).at(&name, *place)
        });
        let mut faults: Vec<CatalogueFault> = twice.collect();
        faults.extend(findings.into_iter().map(|finding| {
            let place = positions.of(&finding.pointer);
            finding.at(&name, place)
        }));
        faults.sort_by(|a, b| {
            (a.line, a.column, &a.field, a.code).cmp(&(b.line, b.column, &b.field, b.code))
        });
        faults.dedup_by(|a, b| a.field == b.field && a.code == b.code);
        faults
    }
}

fn is_within(pointer: &str, outer: &str) -> bool {
    pointer
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the parser's sentence amounts to: it has no codes of its own.
fn code_of(why: &str) -> FaultCode {
    if why.starts_with("missing field") {
        FaultCode::Required
    } else if why.starts_with("unknown field") {
        FaultCode::UnknownField
    } else {
        FaultCode::WrongFormat
    }
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", token(key)),
            Segment::Enum { variant } => format!("/{}", token(variant)),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// Every text with control or direction characters: a name must read as what it is.
fn hidden(value: &Value, pointer: &str) -> Vec<Finding> {
    match value {
        Value::String(text) if has_hidden_characters(text) => {
            vec![Finding::new(pointer, FaultCode::HiddenCharacters)]
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(place, item)| hidden(item, &format!("{pointer}/{place}")))
            .collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, member)| hidden(member, &format!("{pointer}/{}", token(key))))
            .collect(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}
