//! Files short enough to be read in one go.

use super::sources;

/// Lines of a source file.
const LIMIT: usize = 300;

#[test]
fn no_source_file_is_longer_than_the_limit() {
    let sources = sources::below(
        &["domain", "persistence", "api", "openapi", "tests"],
        &[".rs", ".sql"],
    );
    let longer: Vec<(&str, usize)> = sources
        .iter()
        .map(|source| (source.path.as_str(), source.text.lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .collect();
    assert_eq!(longer, [], "split the file");
}

#[test]
fn each_module_opens_by_saying_what_it_is_for() {
    let folders = ["domain", "persistence", "api", "openapi", "tests"];
    let silent: Vec<String> = sources::below(&folders, &[".rs"])
        .into_iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path)
        .collect();
    assert_eq!(silent, [""; 0], "the first line is a //! comment");
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let empty = [
        "utils", "util", "helpers", "helper", "manager", "common", "data", "core", "misc",
    ];
    for source in sources::below(
        &["domain", "persistence", "api", "openapi", "tests"],
        &[".rs"],
    ) {
        for part in source.path.trim_end_matches(".rs").split('/') {
            assert!(
                !empty.contains(&part),
                "{}: name it after what it holds",
                source.path
            );
        }
    }
}
