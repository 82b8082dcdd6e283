//! The documents that clients in use were made for, one file for each release: without their words, which
//! no client depends on.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::Value;

use crate::breaking;

/// Members of a document that are words for people.
const WORDS: [&str; 4] = ["description", "summary", "example", "examples"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("released")
}

/// Keeps the document as that of its version: to be done when a release is made, and never changed after.
///
/// # Errors
/// When it cannot be collected or written.
pub fn release() -> anyhow::Result<PathBuf> {
    let mut document = api::document::document()?;
    let version = document.pointer("/info/version").and_then(Value::as_str);
    let file = folder().join(format!("{}.json", version.context("a version")?));
    without_words(&mut document, false);
    let text = format!("{document}\n").replace("{\"tags\":[", "\n{\"tags\":[");
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// Takes the words out; a property may be called like one of them.
fn without_words(value: &mut Value, named_freely: bool) {
    match value {
        Value::Object(members) => {
            if !named_freely {
                members.retain(|name, _| !WORDS.contains(&name.as_str()));
            }
            for (name, member) in members {
                without_words(member, name == "properties" && !named_freely);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without_words(item, false)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Everything in a document that breaks clients of a released one, with the release it was in.
///
/// # Errors
/// When the released documents cannot be read, or there is none.
pub fn breaches(document: &Value) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).context("no released document is kept")? {
        let file = entry?.path();
        let text = fs::read_to_string(&file)?;
        let name = file.file_stem().unwrap_or_default().display().to_string();
        let earlier: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let broken = breaking::breaches(&earlier, document).into_iter();
        found.extend(broken.map(|breach| format!("{name}: {breach}")));
        count += 1;
    }
    anyhow::ensure!(count > 0, "no released document is kept");
    found.sort();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An installed app is not asked: what it was made for goes on working.
    #[test]
    fn clients_of_every_release_go_on_working() -> anyhow::Result<()> {
        let breaches = breaches(&api::document::document()?)?;
        assert!(breaches.is_empty(), "{breaches:#?}");
        Ok(())
    }

    #[test]
    fn words_are_left_out_and_properties_of_their_names_are_not() {
        let mut document = serde_json::json!({
            "description": "d", "schema": { "properties": { "summary": { "type": "string", "description": "d" } } }
        });
        without_words(&mut document, false);
        let kept =
            serde_json::json!({ "schema": { "properties": { "summary": { "type": "string" } } } });
        assert_eq!(document, kept);
    }
}
