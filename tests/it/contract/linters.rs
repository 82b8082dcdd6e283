//! Redocly and Spectral, with the OWASP API Security rules: no error, no warning.

use std::process::Command;

use serde_json::Value;

/// Writes the document as the handlers produce it, so that a stale file cannot hide a fault.
fn document() -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    serde_json::to_writer(&file, &api::document::document().unwrap()).unwrap();
    file
}

/// A linter that `scripts/setup test` has installed.
fn linter(name: &str) -> Command {
    let installed = tests::root()
        .join("target/contract/node_modules/.bin")
        .join(name);
    assert!(
        installed.exists(),
        "{name} is missing: run `scripts/setup test`"
    );
    let mut command = Command::new(installed);
    command
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    command
}

fn rules(file: &str) -> String {
    tests::root()
        .join("tests/contract")
        .join(file)
        .to_str()
        .unwrap()
        .to_owned()
}

#[test]
fn redocly_finds_nothing() {
    let document = document();
    let output = linter("redocly")
        .args([
            "lint",
            "--format=json",
            "--max-problems=1000",
            "--config",
            &rules("redocly.yaml"),
        ])
        .arg(document.path())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let faults: Vec<String> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            let place = fault["location"][0]["pointer"].as_str().unwrap_or_default();
            format!(
                "{} {} {}",
                text(&fault["ruleId"]),
                place,
                text(&fault["message"])
            )
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(output.status.success());
}

#[test]
fn spectral_finds_nothing_with_the_owasp_rules() {
    let document = document();
    // The rule set names the OWASP package, which is looked up from the rule file's own place.
    let rules_copy = tests::root().join("target/contract/spectral.yaml");
    std::fs::copy(rules(".spectral.yaml"), &rules_copy).unwrap();
    let output = linter("spectral")
        .args([
            "lint",
            "--format=json",
            "--quiet",
            "--fail-severity=warn",
            "--ruleset",
        ])
        .arg(&rules_copy)
        .arg(document.path())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}{}", text_of(&output.stdout), text_of(&output.stderr));
    });
    let faults: Vec<String> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            let place: Vec<&str> = fault["path"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            format!(
                "{} {} {}",
                text(&fault["code"]),
                place.join("/"),
                text(&fault["message"])
            )
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(output.status.success());
}

#[test]
fn each_exception_from_a_rule_states_its_reason() {
    for file in ["redocly.yaml", ".spectral.yaml"] {
        let text = std::fs::read_to_string(rules(file)).unwrap();
        let mut explained = false;
        for line in text.lines().map(str::trim) {
            if line.ends_with(": off") || line.contains(": off ") {
                assert!(explained, "{file}: {line}: why?");
            } else {
                // A reason holds for the exceptions that follow it without anything in between.
                explained = line.starts_with('#');
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
