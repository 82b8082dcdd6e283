//! Every kind of event of mandates and data-subject requests says whether it makes a notice.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::notices::{of_data_request, of_mandate};

/// The texts of our sources that begin like an event of these nouns.
fn events(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            events(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let texts = source.split('"').skip(1).step_by(2);
            let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            let events = texts.filter(|text| {
                is_word(text) && (text.starts_with("mandate_") || text.starts_with("data_request_"))
            });
            found.extend(events.map(str::to_owned));
        }
    }
}

#[test]
fn every_event_of_mandates_and_requests_says_whether_it_is_told() {
    let mut found = BTreeSet::new();
    for noun in ["mandates", "data_requests"] {
        events(&tests::root().join("api/src").join(noun), &mut found);
    }
    // Names of fields, not of events.
    for field in ["mandate_id", "data_request_id"] {
        found.remove(field);
    }
    assert!(found.len() >= 12, "{found:?}");
    let untold: Vec<_> = found
        .iter()
        .filter(|kind| of_mandate(kind).is_none() && of_data_request(kind).is_none())
        .collect();
    assert!(
        untold.is_empty(),
        "say in domain/src/notices/telling.rs what {untold:?} tell"
    );
}
