//! The committed document is the one the handlers produce.

use serde_json::Value;

#[test]
fn the_committed_document_is_fresh() {
    let path = tests::root().join("openapi/openapi.json");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let committed: Value = serde_json::from_str(&committed).unwrap_or_default();
    let produced = api::document::document().unwrap();
    let mut places = Vec::new();
    differences("", &committed, &produced, &mut places);
    assert!(
        places.is_empty(),
        "run `make openapi`; the document differs at: {places:#?}"
    );
}

/// The JSON pointers at which two documents differ; a difference is told at its deepest place.
fn differences(at: &str, old: &Value, new: &Value, places: &mut Vec<String>) {
    if let (Some(old), Some(new)) = (old.as_object(), new.as_object()) {
        let names = old
            .keys()
            .chain(new.keys().filter(|name| !old.contains_key(*name)));
        for name in names {
            let (old, new) = (old.get(name), new.get(name));
            match (old, new) {
                (Some(old), Some(new)) => differences(&format!("{at}/{name}"), old, new, places),
                (None, _) => places.push(format!("{at}/{name} is new")),
                (_, None) => places.push(format!("{at}/{name} is gone")),
            }
        }
    } else if old != new {
        places.push(at.to_owned());
    }
}
