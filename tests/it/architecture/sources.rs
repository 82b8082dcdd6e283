//! The sources of this checkout, as the other tests of this folder read them.

use std::path::{Path, PathBuf};

/// One file under version control, or about to be.
#[derive(Debug)]
pub(super) struct Source {
    /// From the root of the checkout, with `/`.
    pub(super) path: String,
    /// What it holds.
    pub(super) text: String,
}

/// Every file below the folders whose name ends in one of `endings`.
pub(super) fn below(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let root = tests::root();
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), endings, &mut found);
    }
    found.sort();
    assert!(!found.is_empty(), "nothing to look at below {folders:?}");
    let source = |file: PathBuf| Source {
        path: file
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned(),
        text: std::fs::read_to_string(&file).unwrap(),
    };
    found.into_iter().map(source).collect()
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && name != "node_modules" {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}
