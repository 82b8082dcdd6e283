//! The papers tell the truth: each path, command and target they name is there.

use std::path::Path;

/// The papers a newcomer reads.
const PAPERS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "SECURITY.md"];

/// First segments of a path in this checkout: what starts otherwise is not one of our paths.
const TOP: [&str; 12] = [
    "domain/",
    "persistence/",
    "api/",
    "openapi/",
    "tests/",
    "scripts/",
    ".github/",
    ".ci/",
    ".cargo/",
    "admin/",
    "deny.toml",
    "clippy.toml",
];

#[test]
fn each_path_the_papers_name_is_there() {
    for paper in PAPERS {
        let text = read(paper);
        let lost: Vec<&str> = quoted(&text)
            .into_iter()
            .filter(|path| is_ours(path) && !exists(path))
            .collect();
        assert!(lost.is_empty(), "{paper} names what is not there: {lost:?}");
    }
}

#[test]
fn each_link_of_the_papers_leads_somewhere() {
    for paper in PAPERS {
        let text = read(paper);
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap_or_default();
            assert!(exists(file), "{paper} links to {target}");
        }
    }
}

#[test]
fn each_make_target_the_papers_name_is_there() {
    let makefile = read("Makefile");
    for paper in PAPERS {
        let text = read(paper);
        for words in quoted(&text)
            .into_iter()
            .filter_map(|quote| quote.strip_prefix("make "))
        {
            let target = words.split_whitespace().next().unwrap_or_default();
            assert!(
                makefile.contains(&format!("\n{target}:")),
                "{paper}: make {target}"
            );
        }
    }
}

fn read(paper: &str) -> String {
    std::fs::read_to_string(tests::root().join(paper))
        .unwrap_or_else(|error| panic!("{paper}: {error}"))
}

/// What stands between single backquotes outside of fenced blocks.
fn quoted(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .collect()
}

fn is_ours(quote: &str) -> bool {
    let pattern = quote.contains(['<', '*', ' ', '…']);
    !pattern && TOP.iter().any(|top| quote.starts_with(top))
}

/// `a/{b,c}/d` stands for both, `file.rs:12` and `file.rs::name` for the file.
fn exists(path: &str) -> bool {
    if let Some((before, rest)) = path.split_once('{') {
        let (choices, after) = rest.split_once('}').unwrap_or((rest, ""));
        return choices
            .split(',')
            .all(|choice| exists(&format!("{before}{}{after}", choice.trim())));
    }
    let file = path.split(':').next().unwrap_or_default();
    tests::root().join(Path::new(file)).exists()
}
