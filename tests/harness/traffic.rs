//! What an app sends and what it relies on in the answers: recorded once from its journey, replayed
//! against every later server for as long as the app is in use.

mod recorder;
mod replay;

use std::path::PathBuf;

use api::clock::{Clock, SystemClock};
use chrono::{DateTime, Datelike, Days, NaiveDate};
use serde_json::{Map, Value, json};

pub use recorder::Recorder;
pub use replay::replay;

/// Members whose very value an app acts on; of the others it needs that they are there, and their type.
const ACTED_ON: [&str; 4] = ["state", "national_code", "amount_due", "currency"];

/// Where the traffic of an app made for this version of the document is kept.
pub fn file(version: &str) -> PathBuf {
    crate::root().join(format!("tests/contract/traffic/{version}.json"))
}

/// The days that an app names by looking at its own calendar, and what stands for them.
fn days() -> [(&'static str, String); 3] {
    let now = DateTime::from_timestamp_micros(SystemClock.now().micros());
    let today = now.expect("a day of our time").date_naive();
    let tomorrow = today.checked_add_days(Days::new(1));
    let new_year = NaiveDate::from_ymd_opt(today.year(), 1, 1);
    let written = |day: Option<NaiveDate>| day.expect("a day of our time").to_string();
    [
        ("{{today}}", today.to_string()),
        ("{{tomorrow}}", written(tomorrow)),
        ("{{new_year}}", written(new_year)),
    ]
}

/// What an app relies on in a body: names and types, and the values it acts on.
fn relied_on(name: &str, body: &Value) -> Value {
    match body {
        _ if ACTED_ON.contains(&name) && !body.is_object() => json!(format!("={body}")),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, member)| (name.clone(), relied_on(name, member)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        // What holds for one of them holds for all, but for those that differ by their kind.
        Value::Array(items) => items
            .iter()
            .take(1)
            .map(|item| match item.get("kind") {
                Some(kind) => json!({ "kind": relied_on("kind", kind) }),
                None => relied_on("", item),
            })
            .collect(),
        Value::String(_) => json!("string"),
        Value::Number(_) => json!("number"),
        Value::Bool(_) => json!("boolean"),
        // It was made for a value that may be missing.
        Value::Null => Value::Null,
    }
}

/// What is not there any more of what was relied on.
fn lost(at: &str, relied: &Value, found: &Value, faults: &mut Vec<String>) {
    match (relied, found) {
        (Value::Null, _) => {}
        (Value::Object(members), Value::Object(_)) => {
            for (name, member) in members {
                let place = format!("{at}/{name}");
                match found.get(name) {
                    Some(found) => lost(&place, member, found, faults),
                    None => faults.push(format!("{place} is gone")),
                }
            }
        }
        (Value::Array(items), Value::Array(found)) => match (items.first(), found.first()) {
            (Some(item), Some(found)) => lost(&format!("{at}/0"), item, found, faults),
            (Some(_), None) => faults.push(format!("{at} is empty")),
            (None, _) => {}
        },
        (Value::String(exactly), _) if exactly.starts_with('=') => {
            if *exactly != format!("={found}") {
                faults.push(format!("{at} is {found} and not {exactly}"));
            }
        }
        _ => {
            if *relied != relied_on("", found) {
                faults.push(format!("{at} is {found} and no {relied}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_no_loss_and_what_is_taken_away_is() {
        let then =
            json!({ "state": "draft", "n": 1, "gone": null, "items": [{ "a": "x" }], "none": [] });
        let relied = relied_on("", &then);
        for (now, faults) in [
            (then.clone(), 0),
            (
                json!({ "state": "draft", "n": 7, "gone": 1, "items": [{ "a": "y", "b": 1 }], "none": [1], "new": 1 }),
                0,
            ),
            (
                json!({ "state": "other", "n": 1, "gone": null, "items": [{ "a": "x" }], "none": [] }),
                1,
            ),
            (
                json!({ "state": "draft", "n": "1", "gone": null, "items": [{ "a": null }], "none": [] }),
                2,
            ),
            (json!({ "state": "draft", "items": [] }), 4),
        ] {
            let mut found = Vec::new();
            lost("", &relied, &now, &mut found);
            assert_eq!(found.len(), faults, "{now}: {found:?}");
        }
    }
}
