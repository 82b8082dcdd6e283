//! Every code a client may meet is met by a test: the list of exceptions only gets shorter.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use api::api_code::ApiCode;
use domain::rejection::Code;

/// Codes no test reaches yet, one a line.
const NOT_YET: &str = include_str!("codes_not_yet_asserted.txt");

#[test]
fn every_code_is_asserted_somewhere() {
    let mut tests = String::new();
    gather(&tests::root().join("tests/it"), &mut tests);
    let domain = Code::ALL.iter().map(|code| code.as_str());
    let edge = ApiCode::ALL.iter().map(|code| code.as_str());
    let missing: BTreeSet<_> = domain
        .chain(edge)
        .filter(|code| !tests.contains(&format!("\"{code}\"")))
        .collect();
    let expected: BTreeSet<_> = NOT_YET.lines().filter(|line| !line.is_empty()).collect();
    let new: Vec<_> = missing.difference(&expected).collect();
    let stale: Vec<_> = expected.difference(&missing).collect();
    assert!(new.is_empty(), "no test asserts {new:?}");
    assert!(
        stale.is_empty(),
        "asserted now, take them off the list: {stale:?}"
    );
}

fn gather(directory: &Path, text: &mut String) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
