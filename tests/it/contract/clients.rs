//! Clients that are generated from the document: they are made without a fault, and a program that uses
//! them type-checks.

use std::path::Path;
use std::process::Command;

/// Runs a command and panics with what it says unless it succeeds.
fn succeeds(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A tool that `scripts/setup test` has installed.
fn tool(name: &str) -> Command {
    let installed = tests::root()
        .join("target/clients/node_modules/.bin")
        .join(name);
    assert!(
        installed.exists(),
        "{name} is missing: run `scripts/setup test`"
    );
    Command::new(installed)
}

fn document(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("openapi.json");
    let document = api::document::document().unwrap();
    std::fs::write(&file, document.to_string()).unwrap();
    file
}

#[test]
fn a_client_in_typescript_type_checks() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path());
    succeeds(
        tool("openapi-typescript")
            .arg(document)
            .args([
                "--empty-objects-unknown",
                "--default-non-nullable=false",
                "-o",
            ])
            .arg(folder.path().join("schema.d.ts")),
    );
    let program = folder.path().join("client.ts");
    std::fs::copy(tests::root().join("tests/clients/client.ts"), &program).unwrap();
    succeeds(
        tool("tsc")
            .current_dir(folder.path())
            .args([
                "--noEmit", "--strict", "--target", "es2022", "--module", "es2022",
            ])
            .args(["--moduleResolution", "bundler", "--lib", "es2022,dom"])
            .arg(program),
    );
}

/// Compilers of these languages are rarely at hand: that their clients are made without a fault is shown
/// in the nightly run.
#[test]
fn clients_for_phones_are_generated() {
    if !tests::nightly() {
        return;
    }
    let generator = tests::root().join("target/generator/bin/openapi-generator-cli");
    assert!(
        generator.exists(),
        "run `MOTCUA_NIGHTLY=1 scripts/setup test`"
    );
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path());
    for (language, source) in [("kotlin", "kt"), ("swift5", "swift"), ("dart", "dart")] {
        let made = folder.path().join(language);
        let mut command = Command::new(&generator);
        command.args(["generate", "--generator-name", language, "--input-spec"]);
        succeeds(command.arg(&document).arg("--output").arg(&made));
        assert!(sources(&made, source) > 50, "{language}");
    }
}

/// How many files of a kind lie below a folder.
fn sources(folder: &Path, kind: &str) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            count += sources(&path, kind);
        } else if path.extension().is_some_and(|extension| extension == kind) {
            count += 1;
        }
    }
    count
}
