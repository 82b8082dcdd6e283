//! The published document: where it is kept, whether it is fresh, whether it keeps the house rules and
//! breaks no client of a released one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

pub mod breaking;
pub mod lint;
pub mod released;
mod schemas;

/// Where the document is committed.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json")
}

/// The document as the handlers describe it now, in the form it is committed.
///
/// # Errors
/// When it cannot be collected.
pub fn fresh() -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(&api::document::document()?)?;
    text.push('\n');
    Ok(text)
}

/// Writes the document.
///
/// # Errors
/// When it cannot be collected or written.
pub fn generate(file: &Path) -> anyhow::Result<()> {
    fs::write(file, fresh()?).with_context(|| format!("cannot write {}", file.display()))
}

/// Nothing if the committed document is fresh, keeps the house rules, and breaks no client of a released
/// one.
///
/// # Errors
/// Names the first stale line, or every broken rule, or everything that breaks a client.
pub fn check(file: &Path) -> anyhow::Result<()> {
    let committed =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let fresh = fresh()?;
    if let Some((number, line)) = first_difference(&committed, &fresh) {
        bail!(
            "{} is stale from line {number} on (now: {line}); run `cargo run -p openapi -- generate`",
            file.display()
        );
    }
    let faults = lint::faults(&serde_json::from_str::<Value>(&fresh)?);
    if !faults.is_empty() {
        bail!(
            "the document breaks house rules:\n  {}",
            faults.join("\n  ")
        );
    }
    let breaches = released::breaches(&serde_json::from_str::<Value>(&fresh)?)?;
    if !breaches.is_empty() {
        bail!(
            "the document breaks clients that are in use:\n  {}",
            breaches.join("\n  ")
        );
    }
    Ok(())
}

fn first_difference<'a>(committed: &str, fresh: &'a str) -> Option<(usize, &'a str)> {
    if committed == fresh {
        return None;
    }
    let mut committed_lines = committed.lines();
    for (number, line) in fresh.lines().enumerate() {
        if committed_lines.next() != Some(line) {
            return Some((number + 1, line));
        }
    }
    Some((fresh.lines().count() + 1, "the end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stale_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nc\n", "a\nb\n"), Some((2, "b")));
        assert_eq!(
            first_difference("a\nb\nc\n", "a\nb\n"),
            Some((3, "the end"))
        );
    }

    #[test]
    fn the_document_keeps_the_house_rules() {
        let faults = api::document::document().map(|document| lint::faults(&document));
        assert_eq!(faults.ok(), Some(Vec::new()));
    }
}
