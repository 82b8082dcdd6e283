//! Every code a client may meet is met over HTTP by a test of both engines.

use std::fs;
use std::path::Path;

use api::api_code::ApiCode;
use api::failure::status_of;
use domain::rejection::Code;

/// Only what is asserted counts: `.refused(status, "code")` with the status of the registry, or
/// `fault("pointer", "code")`, which does nothing before `Response::names` compares it.
#[test]
fn every_code_is_asserted_on_both_engines() {
    let mut tests = String::new();
    gather(&tests::root().join("tests/it"), &mut tests);
    let rules = Code::ALL
        .iter()
        .map(|code| (code.as_str(), status_of(code.kind())));
    let edge = ApiCode::ALL
        .iter()
        .map(|code| (code.as_str(), code.status()));
    let unasserted: Vec<_> = rules
        .chain(edge)
        .filter(|(code, status)| !is_refused(&tests, code, *status) && !is_named(&tests, code))
        .collect();
    assert!(unasserted.is_empty(), "no test asserts {unasserted:?}");
}

fn is_refused(tests: &str, code: &str, status: u16) -> bool {
    tests.contains(&format!(".refused({status},\"{code}\")"))
}

fn is_named(tests: &str, code: &str) -> bool {
    let calls = tests.match_indices("fault(\"").map(|(at, call)| {
        let (_, arguments) = tests.split_at(at + call.len());
        arguments
    });
    calls
        .filter_map(|arguments| arguments.split_once('"'))
        .any(|(_, rest)| rest.starts_with(&format!(",\"{code}\")")))
}

/// The code of every test file that runs on both engines, without comments and white space: a call
/// may be broken over lines.
fn gather(directory: &Path, text: &mut String) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(path).unwrap();
            if source.lines().any(|line| line == "on_both_engines! {") {
                let lines = source.lines().map(str::trim);
                let code = lines.filter(|line| !line.starts_with("//"));
                text.extend(code.flat_map(|line| line.chars().filter(|c| !c.is_whitespace())));
            }
        }
    }
}

#[test]
fn a_code_that_is_only_mentioned_is_not_asserted() {
    let asserted = r#"one.refused(409,"fees-open");two.names(fault("/a","required"));"#;
    assert!(is_refused(asserted, "fees-open", 409));
    assert!(!is_refused(asserted, "fees-open", 422));
    assert!(is_named(asserted, "required"));
    assert!(!is_named(asserted, "fees-open"));
    let mentioned = r#"let code="fees-open";fault(pointer,"required");row("/a","required");"#;
    assert!(!is_refused(mentioned, "fees-open", 409));
    assert!(!is_named(mentioned, "required"));
}
