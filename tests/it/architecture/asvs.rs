//! The map from the OWASP Application Security Verification Standard to our tests is true.

use std::collections::BTreeSet;

use serde_json::Value;

use super::sources;

/// Requirements of levels 1 and 2 in edition 5.0.0.
const LEVELS: [(u64, usize); 2] = [(1, 70), (2, 183)];

fn map() -> Value {
    let text = std::fs::read_to_string(tests::root().join("tests/asvs.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text<'a>(requirement: &'a Value, member: &str) -> &'a str {
    requirement[member].as_str().unwrap_or_default()
}

/// Chapter, section and number of an id such as `8.2.1`.
fn place(id: &str) -> Vec<u32> {
    id.split('.').map(|part| part.parse().unwrap()).collect()
}

/// Every test of the checkout, as `file::function`.
fn tests_there_are() -> BTreeSet<String> {
    let folders = ["domain", "persistence", "api", "openapi", "tests"];
    let sources = sources::below(&folders, &[".rs"]);
    let of_source = |source: &sources::Source| {
        let names = tests_of(&source.text).into_iter();
        let path = source.path.clone();
        names
            .map(move |name| format!("{path}::{name}"))
            .collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_source).collect()
}

/// Functions under a `test` attribute, and those that the macro for both engines declares.
fn tests_of(source: &str) -> Vec<&str> {
    let (mut found, mut is_test, mut on_both) = (Vec::new(), false, false);
    for line in source.lines() {
        let code = line.trim_start();
        if line.starts_with("on_both_engines! {") {
            on_both = true;
        } else if line == "}" {
            on_both = false;
        } else if code.starts_with("#[") {
            is_test |= ["#[test]", "#[tokio::test", "#[actix_web::test"]
                .iter()
                .any(|attribute| code.starts_with(attribute));
        } else if let Some(name) = function(code) {
            if is_test || (on_both && line.starts_with("    async fn ")) {
                found.push(name);
            }
            is_test = false;
        }
    }
    found
}

fn function(code: &str) -> Option<&str> {
    let code = code.strip_prefix("async ").unwrap_or(code);
    code.strip_prefix("fn ")?.split(['(', '<']).next()
}

#[test]
fn every_requirement_has_a_true_place_in_the_map() {
    let (map, there_are) = (map(), tests_there_are());
    let requirements = map["requirements"].as_array().unwrap();
    let mut covered = 0;
    for requirement in requirements {
        let (id, says) = (text(requirement, "id"), text(requirement, "says"));
        assert_eq!(place(id).len(), 3, "{id} is no id");
        assert!(says.ends_with('.'), "{id} says nothing");
        let named = requirement["tests"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        match text(requirement, "status") {
            "covered" => {
                covered += 1;
                assert!(!named.is_empty(), "{id} is covered by nothing");
            }
            "not_applicable" => assert!(!text(requirement, "because").is_empty(), "{id}: why not?"),
            "open" => {}
            other => panic!("{id}: {other} is no status"),
        }
        for test in named {
            let test = test.as_str().unwrap();
            assert!(there_are.contains(test), "{id}: there is no test {test}");
        }
    }
    println!(
        "ASVS 5.0.0, levels 1 and 2: {covered} of {} covered",
        requirements.len()
    );
    assert!(covered > 0);
}

#[test]
fn the_map_has_every_requirement_of_both_levels_once_and_in_order() {
    let map = map();
    let requirements = map["requirements"].as_array().unwrap();
    let ids: Vec<_> = requirements
        .iter()
        .map(|one| place(text(one, "id")))
        .collect();
    assert!(
        ids.is_sorted_by(|before, after| before < after),
        "out of order, or twice"
    );
    for (level, expected) in LEVELS {
        let found = requirements
            .iter()
            .filter(|one| one["level"] == level)
            .count();
        assert_eq!(found, expected, "requirements of level {level}");
    }
}

#[test]
fn a_function_that_is_no_test_is_not_taken_for_one() {
    let source = "#[test]\nfn one() {}\nfn two() {}\non_both_engines! {\n    async fn three(server: &TestServer) {\n        let four = 4;\n    }\n}\nasync fn five() {}\n";
    assert_eq!(tests_of(source), ["one", "three"]);
}
