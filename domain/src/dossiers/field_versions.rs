//! Which field of a draft changed last, and when, so that two devices can edit one draft and neither
//! overwrites what it has not seen.
//!
//! A field is a JSON Pointer (RFC 6901) into the draft as it is shown: `/applicant` and its like as a
//! whole, and below `/form` every answer by itself.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{dossiers::filing::Contents, personal::Personal};

/// The most fields remembered one by one. Of a draft that has had more, the oldest count as changed
/// when the newest of them was: that refuses too much, never too little.
const MOST: usize = 256;

/// The version in which each field of a draft last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldVersions {
    /// Every field may have changed in this version; from it on changes are remembered.
    pub since: i64,
    /// Fields that changed later, each with its version. Their names may say something of a person:
    /// a draft takes any.
    pub changed: Personal<BTreeMap<String, i64>>,
}

impl FieldVersions {
    /// Nothing is known of changes up to this version.
    pub const fn known_from(version: i64) -> Self {
        Self {
            since: version,
            changed: Personal::new(BTreeMap::new()),
        }
    }

    /// Whether a field, something within it or what it is within changed after a version.
    pub fn changed_after(&self, version: i64, field: &str) -> bool {
        version < self.since
            || self
                .changed
                .reveal()
                .iter()
                .any(|(other, at)| *at > version && (within(other, field) || within(field, other)))
    }

    /// The same with these fields changed in a version.
    #[must_use]
    pub fn noting(self, fields: &[String], version: i64) -> Self {
        let Self { mut since, changed } = self;
        let mut changed = changed.into_revealed();
        for field in fields {
            changed.retain(|other, _| !within(other, field));
            changed.insert(field.clone(), version);
        }
        while changed.len() > MOST {
            let oldest = changed.values().copied().min().unwrap_or(version);
            since = since.max(oldest);
            changed.retain(|_, at| *at > oldest);
        }
        Self {
            since,
            changed: Personal::new(changed),
        }
    }
}

/// Whether a field is another one or lies within it.
fn within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The fields in which contents differ: of the form each answer by itself, of the rest each part as a
/// whole. What the fees are counted by follows from the form.
///
/// # Errors
/// When a form is not JSON.
pub fn changed_fields(before: &Contents, after: &Contents) -> serde_json::Result<Vec<String>> {
    let Contents {
        assistance,
        helped_by,
        applicant,
        submitter,
        form,
        quantities: _,
        claims,
        delivery,
    } = after;
    let parts = [
        (*assistance != before.assistance, "/assistance"),
        (*helped_by != before.helped_by, "/helped_by"),
        (*applicant != before.applicant, "/applicant"),
        (*submitter != before.submitter, "/submitter"),
        (*claims != before.claims, "/claims"),
        (*delivery != before.delivery, "/delivery"),
    ];
    let mut fields: Vec<String> = parts
        .into_iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, part)| part.to_owned())
        .collect();
    if form != &before.form {
        let (old, new) = (parsed(&before.form)?, parsed(form)?);
        differing("/form", Some(&old), &new, &mut fields);
    }
    Ok(fields)
}

fn parsed(form: &Personal<String>) -> serde_json::Result<Value> {
    serde_json::from_str(form.reveal())
}

/// The fields at and below a place that differ. An object that was not there is gone through, so that
/// two devices may each put an answer into it; one that is taken away goes as a whole.
fn differing(at: &str, before: Option<&Value>, after: &Value, fields: &mut Vec<String>) {
    let (Value::Object(new), None | Some(Value::Object(_))) = (after, before) else {
        if before != Some(after) {
            fields.push(at.to_owned());
        }
        return;
    };
    let old = before.and_then(Value::as_object);
    if old.is_none() && new.is_empty() {
        fields.push(at.to_owned());
    }
    for (name, value) in new {
        let known = old.and_then(|old| old.get(name));
        differing(&format!("{at}/{}", escaped(name)), known, value, fields);
    }
    for name in old.into_iter().flat_map(serde_json::Map::keys) {
        if !new.contains_key(name) {
            fields.push(format!("{at}/{}", escaped(name)));
        }
    }
}

/// A name as a JSON Pointer spells it.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
