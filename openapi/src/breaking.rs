//! What of a document breaks a client that was made for an older one: apps live on phones for years.
//!
//! Additions pass. What a client sends must still be understood, so requests may only become more
//! lenient; what a client reads must still be there, so answers may only become richer. Clients ignore
//! fields and members of enumerations that they do not know (`contract.md`, evolution).

mod schemas;

use std::sync::LazyLock;

use serde_json::{Map, Value};

use self::schemas::{Direction, Schemas};
use crate::lint::operations;

/// Everything in `new` that breaks a client of `old`, with its place.
pub fn breaches(old: &Value, new: &Value) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, method, was) in operations(old) {
        let place = format!("{} {path}", method.to_uppercase());
        match operations(new).find(|(at, by, _)| (*at, *by) == (path, method)) {
            Some((_, _, is)) => {
                let mut schemas = Schemas::new(old, new);
                operation(&mut schemas, was, is, &place);
                breaches.append(&mut schemas.breaches);
            }
            None => breaches.push(format!("{place}: the operation is gone")),
        }
    }
    breaches
}

fn operation<'a>(schemas: &mut Schemas<'a>, was: &'a Value, is: &'a Value, place: &str) {
    if was.get("operationId") != is.get("operationId") {
        schemas.say(place, "generated clients call it by another name");
    }
    if is_open(was) && !is_open(is) {
        schemas.say(place, "asks for an access token now");
    }
    parameters(schemas, was, is, place);
    body(schemas, was, is, place);
    let (was, is) = (members(was, "responses"), members(is, "responses"));
    for (status, old) in was {
        let place = format!("{place}: {status}");
        let Some(new) = is.get(status) else {
            schemas.say(&place, "the status is gone");
            continue;
        };
        for (name, header) in members(old, "headers") {
            let kept = members(new, "headers").get(name);
            let promised = |header: &Value| header.get("required") == Some(&Value::Bool(true));
            if kept.is_none_or(|kept| promised(header) && !promised(kept)) {
                schemas.say(
                    &place,
                    &format!("the header {name} is not promised any more"),
                );
            }
        }
        content(schemas, old, new, &place, Direction::Answer);
    }
}

fn is_open(operation: &Value) -> bool {
    operation.get("security").is_none_or(|needed| {
        let all = needed.as_array().map_or(&[][..], Vec::as_slice);
        all.iter()
            .all(|one| one.as_object().is_none_or(Map::is_empty))
    })
}

fn parameters<'a>(schemas: &mut Schemas<'a>, was: &'a Value, is: &'a Value, place: &str) {
    let key = |one: &Value| (one.get("in").cloned(), one.get("name").cloned());
    let needed = |one: &Value| one.get("required") == Some(&Value::Bool(true));
    let named = |one: &Value| text(one, "name").to_owned();
    let (old, new) = (listed(was), listed(is));
    for one in &old {
        let place = format!("{place}: parameter {}", named(one));
        match new.iter().find(|other| key(other) == key(one)) {
            None => schemas.say(&place, "is gone"),
            Some(now) if needed(now) && !needed(one) => schemas.say(&place, "is required now"),
            Some(now) => {
                let (before, after) = (one.get("schema"), now.get("schema"));
                schemas.compare(before, after, &place, Direction::Request);
            }
        }
    }
    for one in new {
        if needed(one) && !old.iter().any(|other| key(other) == key(one)) {
            schemas.say(
                place,
                &format!("parameter {} is new and required", named(one)),
            );
        }
    }
}

fn listed(operation: &Value) -> Vec<&Value> {
    let all = operation.get("parameters").and_then(Value::as_array);
    all.into_iter().flatten().collect()
}

fn body<'a>(schemas: &mut Schemas<'a>, was: &'a Value, is: &'a Value, place: &str) {
    let (was, is) = (was.get("requestBody"), is.get("requestBody"));
    let needed = |body: Option<&Value>| body.and_then(|body| body.get("required")?.as_bool());
    let place = format!("{place}: body");
    if needed(is) == Some(true) && needed(was) != Some(true) {
        schemas.say(&place, "is required now");
    }
    match (was, is) {
        (Some(was), Some(is)) => content(schemas, was, is, &place, Direction::Request),
        (Some(_), None) => schemas.say(&place, "is not read any more"),
        (None, _) => {}
    }
}

fn content<'a>(
    schemas: &mut Schemas<'a>,
    was: &'a Value,
    is: &'a Value,
    place: &str,
    direction: Direction,
) {
    for (media_type, old) in members(was, "content") {
        match members(is, "content").get(media_type) {
            Some(new) => schemas.compare(old.get("schema"), new.get("schema"), place, direction),
            None => schemas.say(place, &format!("{media_type} is gone")),
        }
    }
}

fn members<'a>(value: &'a Value, key: &str) -> &'a Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.get(key).and_then(Value::as_object).unwrap_or(&NONE)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
