//! Two schemas of one place, compared in the direction in which their values travel.

use std::collections::HashSet;

use serde_json::Value;

use super::{members, text};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// From the client: what it was allowed to send must be allowed.
    Request,
    /// To the client: what it was promised must be kept.
    Answer,
}

/// Bounds that a request may not overstep, and whether the larger value is the narrower one.
const BOUNDS: [(&str, bool); 6] = [
    ("minLength", true),
    ("maxLength", false),
    ("minItems", true),
    ("maxItems", false),
    ("minimum", true),
    ("maximum", false),
];

/// A comparison that goes through two documents.
pub(super) struct Schemas<'a> {
    old: &'a Value,
    new: &'a Value,
    /// Pairs of named schemas that were compared: schemas may hold themselves.
    seen: HashSet<(&'a str, &'a str, Direction)>,
    pub(super) breaches: Vec<String>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        Self {
            old,
            new,
            seen: HashSet::new(),
            breaches: Vec::new(),
        }
    }

    pub(super) fn say(&mut self, place: &str, what: &str) {
        self.breaches.push(format!("{place}: {what}"));
    }

    /// Compares what stands at a place; nothing stands for anything.
    pub(super) fn compare(
        &mut self,
        was: Option<&'a Value>,
        is: Option<&'a Value>,
        place: &str,
        direction: Direction,
    ) {
        let (Some(was), Some(is)) = (was, is) else {
            let narrower = match direction {
                Direction::Request => was.is_none() && is.is_some(),
                Direction::Answer => was.is_some() && is.is_none(),
            };
            if narrower {
                self.say(place, "is described otherwise");
            }
            return;
        };
        let name = text(was, "$ref");
        // What may be left empty now is what it was beside that.
        let same = variants(is)
            .into_iter()
            .find(|one| text(one, "$ref") == name);
        let is = match (direction, same) {
            (Direction::Request, Some(same)) if !name.is_empty() => same,
            _ => is,
        };
        let other = text(is, "$ref");
        if !name.is_empty() && !other.is_empty() && !self.seen.insert((name, other, direction)) {
            return;
        }
        let (was, is) = (followed(self.old, was), followed(self.new, is));
        self.types(was, is, place, direction);
        self.enumeration(was, is, place, direction);
        if direction == Direction::Request {
            self.bounds(was, is, place);
        }
        self.variants(was, is, place, direction);
        self.properties(was, is, place, direction);
        if was.get("items").is_some() {
            self.compare(
                was.get("items"),
                is.get("items"),
                &format!("{place}/*"),
                direction,
            );
        }
    }

    fn types(&mut self, was: &Value, is: &Value, place: &str, direction: Direction) {
        let (before, after) = (types(was), types(is));
        let (wide, narrow) = match direction {
            Direction::Request => (&after, &before),
            Direction::Answer => (&before, &after),
        };
        // No type is any type.
        let kept =
            wide.is_empty() || !narrow.is_empty() && narrow.iter().all(|one| wide.contains(one));
        if !kept || was.get("format") != is.get("format") {
            self.say(place, &format!("{before:?} has become {after:?}"));
        }
    }

    fn enumeration(&mut self, was: &Value, is: &Value, place: &str, direction: Direction) {
        if direction == Direction::Answer {
            return;
        }
        let list = |schema| Value::get(schema, "enum").and_then(Value::as_array);
        match (list(was), list(is)) {
            (Some(before), Some(after)) => {
                for gone in before.iter().filter(|one| !after.contains(one)) {
                    self.say(place, &format!("{gone} is not understood any more"));
                }
            }
            (None, Some(_)) => self.say(place, "takes only some values now"),
            (_, None) => {}
        }
    }

    fn bounds(&mut self, was: &Value, is: &Value, place: &str) {
        let bound = |schema, name| Value::get(schema, name).and_then(Value::as_f64);
        for (name, larger_is_narrower) in BOUNDS {
            let tighter = match (bound(was, name), bound(is, name)) {
                (Some(before), Some(after)) if larger_is_narrower => after > before,
                (Some(before), Some(after)) => after < before,
                (None, Some(_)) => true,
                (_, None) => false,
            };
            if tighter {
                self.say(place, &format!("{name} is tighter"));
            }
        }
        let pattern = is.get("pattern");
        if pattern.is_some() && pattern != was.get("pattern") {
            self.say(place, "has another pattern");
        }
        let closed =
            |schema| Value::get(schema, "additionalProperties") == Some(&Value::Bool(false));
        if closed(is) && !closed(was) {
            self.say(place, "takes no further fields now");
        }
    }

    /// Variants are told apart by their name, their type, or the values of their tag.
    fn variants(&mut self, was: &'a Value, is: &'a Value, place: &str, direction: Direction) {
        let (before, after) = (variants(was), variants(is));
        let (given, known) = match direction {
            Direction::Request => (&before, &after),
            Direction::Answer => (&after, &before),
        };
        for one in given {
            if !known.iter().any(|other| label(other) == label(one)) {
                self.say(place, &format!("the variant {} differs", label(one)));
            }
        }
        for one in before {
            if let Some(other) = after.iter().find(|other| label(other) == label(one)) {
                self.compare(Some(one), Some(other), place, direction);
            }
        }
    }

    fn properties(&mut self, was: &'a Value, is: &'a Value, place: &str, direction: Direction) {
        let (before, after) = (members(was, "properties"), members(is, "properties"));
        for (name, old) in before {
            let place = format!("{place}/{name}");
            match after.get(name) {
                None => self.say(&place, "is gone"),
                Some(new) => self.compare(Some(old), Some(new), &place, direction),
            }
        }
        let (old, new) = (required(was), required(is));
        let (broken, how) = match direction {
            Direction::Request => (
                new.iter().find(|name| !old.contains(name)),
                "is required now",
            ),
            Direction::Answer => {
                let lost = |name: &&&str| after.contains_key(**name) && !new.contains(name);
                (old.iter().find(lost), "may be missing now")
            }
        };
        if let Some(name) = broken {
            self.say(&format!("{place}/{name}"), how);
        }
    }
}

/// The schema behind a name.
fn followed<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = text(schema, "$ref").strip_prefix('#');
    name.and_then(|name| document.pointer(name))
        .unwrap_or(schema)
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(one) => one.as_str().into_iter().collect(),
        None => Vec::new(),
    }
}

fn variants(schema: &Value) -> Vec<&Value> {
    let lists = ["oneOf", "anyOf", "allOf"].map(|name| schema.get(name).and_then(Value::as_array));
    lists.into_iter().flatten().flatten().collect()
}

fn label(variant: &Value) -> String {
    let tag = members(variant, "properties")
        .values()
        .find_map(|property| property.get("enum"));
    match (text(variant, "$ref"), tag) {
        ("", Some(tag)) => tag.to_string(),
        ("", None) => variant
            .get("type")
            .map(Value::to_string)
            .unwrap_or_default(),
        (name, _) => name.to_owned(),
    }
}

fn required(schema: &Value) -> Vec<&str> {
    let list = schema.get("required").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
