//! Fields that differ, that changed with what is around them, and that are forgotten.

use serde_json::json;

use super::*;
use crate::dossiers::{Delivery, specimen::draft};

fn contents(form: &Value) -> Contents {
    Contents {
        form: Personal::new(form.to_string()),
        ..Contents::of(&draft().dossier)
    }
}

fn between(before: &Value, after: &Value) -> Vec<String> {
    changed_fields(&contents(before), &contents(after)).unwrap_or_default()
}

#[test]
fn what_differs_is_named_answer_by_answer() {
    for (before, after, expected) in [
        (json!({"a": 1}), json!({"a": 1}), vec![]),
        (json!({"a": 1}), json!({"a": 2}), vec!["/form/a"]),
        (json!({}), json!({"a": null}), vec!["/form/a"]),
        (json!({"a": 1, "b": 1}), json!({"b": 1}), vec!["/form/a"]),
        (
            json!({"a": {"b": 1, "c": 1}}),
            json!({"a": {"b": 2, "c": 1}}),
            vec!["/form/a/b"],
        ),
        // Put in one by one, taken away as a whole.
        (
            json!({}),
            json!({"a": {"b": 1, "c": {}}}),
            vec!["/form/a/b", "/form/a/c"],
        ),
        (json!({"a": {"b": 1}}), json!({}), vec!["/form/a"]),
        (json!({"a": {"b": 1}}), json!({"a": 1}), vec!["/form/a"]),
        (json!({"a": 1}), json!({"a": {"b": 1}}), vec!["/form/a"]),
        (json!({"a": [1, 2]}), json!({"a": [1, 3]}), vec!["/form/a"]),
        (
            json!({"a/b": 1}),
            json!({"a/b": 2, "c~": 1}),
            vec!["/form/a~1b", "/form/c~0"],
        ),
    ] {
        assert_eq!(between(&before, &after), expected, "{before} {after}");
    }
    let before = contents(&json!({"a": 1}));
    let after = Contents {
        delivery: Delivery::Post,
        submitter: Some(before.applicant.clone()),
        ..contents(&json!({"a": 2}))
    };
    let fields = changed_fields(&before, &after).unwrap_or_default();
    assert_eq!(fields, ["/submitter", "/delivery", "/form/a"]);
}

#[test]
fn a_field_has_changed_with_what_is_in_it_and_around_it() {
    let known = FieldVersions::known_from(3).noting(&["/form/a/b".to_owned()], 5);
    for (version, field, changed) in [
        (4, "/form/a/b", true),
        (5, "/form/a/b", false),
        (4, "/form/a", true),
        (4, "/form/a/b/c", true),
        (4, "/form/a/bc", false),
        (4, "/form/ab", false),
        (4, "/delivery", false),
        (3, "/delivery", false),
        (2, "/delivery", true),
    ] {
        assert_eq!(
            known.changed_after(version, field),
            changed,
            "{version} {field}"
        );
    }
    // What is replaced as a whole needs its parts no more.
    let known = known.noting(&["/form/a".to_owned()], 6);
    assert_eq!(known.changed.reveal().len(), 1);
    assert!(known.changed_after(5, "/form/a/b"));
}

#[test]
fn what_is_remembered_stays_small_and_forgets_on_the_safe_side() {
    let mut known = FieldVersions::known_from(1);
    for version in 2..1000 {
        known = known.noting(&[format!("/form/{version}")], version);
        assert!(known.changed.reveal().len() <= MOST);
    }
    assert!(known.changed_after(998, "/form/999"));
    assert!(!known.changed_after(998, "/form/998"));
    assert!(
        known.changed_after(700, "/form/5"),
        "forgotten, so it may have changed"
    );
}
