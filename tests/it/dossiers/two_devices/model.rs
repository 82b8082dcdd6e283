//! What a draft holds and when each field last changed, kept by a list of fields and nothing cleverer.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Fields with the values a device may give them.
pub(super) const FIELDS: [(&str, [&str; 3]); 7] = [
    ("/form/purpose", ["Nhập học", "Xin việc", "Vay vốn"]),
    ("/form/note", ["", "a", "b"]),
    ("/form/copies", ["1", "2", "3"]),
    ("/form/place/commune", ["Mỹ Thuận", "Bình Sơn", "Óc Eo"]),
    ("/form/place/hamlet", ["Phước Lợi", "Phước Thọ", "Tân Lập"]),
    ("/applicant", ["0911111111", "0922222222", "0933333333"]),
    ("/delivery", ["electronic", "counter", "post"]),
];

/// The whole of two fields.
pub(super) const PLACE: &str = "/form/place";

/// What an edit does to one field: a value, or none, which takes it out.
pub(super) type Change = (&'static str, Option<&'static str>);

#[derive(Debug, Clone)]
struct Field {
    value: Option<&'static str>,
    version: i64,
}

/// The draft, as far as the devices touch it.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) version: i64,
    fields: BTreeMap<&'static str, Field>,
}

/// What must be answered to an edit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// It changes these fields.
    Accepted(Vec<Change>),
    /// It says what is there already.
    Nothing,
    /// These fields have another value, which the author has not seen.
    Refused(BTreeMap<String, Value>),
}

impl Model {
    /// A draft as [`super::blank`] makes it.
    pub(super) fn new() -> Self {
        let field = |(name, values): &(&'static str, [&'static str; 3])| {
            let there = matches!(*name, "/applicant" | "/delivery").then_some(values[0]);
            let field = Field {
                value: there,
                version: 1,
            };
            (*name, field)
        };
        Self {
            version: 1,
            fields: FIELDS.iter().map(field).collect(),
        }
    }

    fn touched(&self, name: &str) -> impl Iterator<Item = (&&'static str, &Field)> {
        let below = format!("{name}/");
        let named = name.to_owned();
        self.fields
            .iter()
            .filter(move |(field, _)| **field == named || field.starts_with(&below))
    }

    fn differs(&self, (name, value): &Change) -> bool {
        self.touched(name).any(|(_, field)| field.value != *value)
    }

    /// What must come of an edit made on this version.
    pub(super) fn due(&self, base: i64, changes: &[Change]) -> Due {
        let differs = |change: &&Change| self.differs(change);
        let effective: Vec<Change> = changes.iter().filter(differs).copied().collect();
        let unseen =
            |(name, _): &&Change| self.touched(name).any(|(_, field)| field.version > base);
        let refused: BTreeMap<_, _> = effective
            .iter()
            .filter(unseen)
            .map(|(name, _)| ((*name).to_owned(), self.shown(name)))
            .collect();
        if !refused.is_empty() {
            Due::Refused(refused)
        } else if effective.is_empty() && base < self.version {
            Due::Nothing
        } else {
            Due::Accepted(effective)
        }
    }

    /// Makes the changes in the next version.
    pub(super) fn accept(&mut self, changes: &[Change]) {
        self.version += 1;
        let version = self.version;
        for (name, value) in changes {
            let names: Vec<&'static str> = self.touched(name).map(|(name, _)| *name).collect();
            for name in names {
                self.fields.insert(
                    name,
                    Field {
                        value: *value,
                        version,
                    },
                );
            }
        }
    }

    /// The latest version in which one of these fields changed.
    pub(super) fn last_change(&self, changes: &[Change]) -> i64 {
        let fields = changes.iter().flat_map(|(name, _)| self.touched(name));
        fields.map(|(_, field)| field.version).max().unwrap_or(0)
    }

    /// The value of a field as the draft shows it.
    pub(super) fn shown(&self, name: &str) -> Value {
        if name == PLACE {
            let parts = self.touched(PLACE).filter_map(|(name, field)| {
                let (_, last) = name.rsplit_once('/')?;
                Some((last.to_owned(), json!(field.value?)))
            });
            let parts: Map<String, Value> = parts.collect();
            return if parts.is_empty() {
                Value::Null
            } else {
                parts.into()
            };
        }
        let value = self.fields[name].value;
        value.map_or(Value::Null, |value| wire(name, value))
    }
}

/// A value as the draft shows it.
fn wire(name: &str, value: &str) -> Value {
    match name {
        "/form/copies" => json!(value.parse::<u32>().unwrap()),
        "/form/note" => json!([value, {}]),
        "/applicant" => json!({
            "full_name": "Nguyễn Thị Đào", "personal_number": null, "birth_date": null,
            "phone": format!("+84{}", &value[1..]), "address": null
        }),
        _ => json!(value),
    }
}

/// The edit as a merge patch.
pub(super) fn patch(changes: &[Change]) -> Value {
    let mut patch = json!({});
    for (name, value) in changes {
        let mut place = &mut patch;
        for part in name.split('/').skip(1) {
            place = &mut place[part];
        }
        *place = value.map_or(Value::Null, |value| wire(name, value));
    }
    patch
}
