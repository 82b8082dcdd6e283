//! The shipped binary is built with its own features, and other people's libraries once for it and the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Our own crates, whose features differ on purpose: the seeded bugs are compiled into the tests' server only.
const OURS: [&str; 3] = ["domain", "persistence", "unified"];

/// The features of each library that a build of these packages compiles, by name and version.
fn features(selection: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--no-dedupe"])
        .args(["--prefix=none", "--format={p}|{f}"])
        .args(selection)
        .current_dir(tests::root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        if let Some((library, features)) = line.split_once('|') {
            let name = library.split(" (").next().unwrap_or(library);
            let features = features.to_owned();
            found.entry(name.to_owned()).or_default().insert(features);
        }
    }
    found
}

#[test]
fn a_library_is_compiled_once_for_the_binary_and_the_tests() {
    let shipped = features(&["--edges=normal,build", "-p=api", "-p=unified"]);
    let tested = features(&["--edges=normal,build,dev", "--workspace"]);
    assert!(shipped.len() > 100, "the test can tell");
    let twice: Vec<_> = shipped
        .iter()
        .filter(|(library, _)| !OURS.iter().any(|name| library.starts_with(name)))
        .filter(|(library, features)| tested.get(*library) != Some(*features))
        .map(|(library, features)| format!("{library}: {features:?} {:?}", tested.get(library)))
        .collect();
    assert!(
        twice.is_empty(),
        "the tests switch on more than `tests/unified/Cargo.toml` does: {twice:#?}"
    );
}
