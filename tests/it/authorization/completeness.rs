//! Every operation of the document has its row in the authorization policy, and no row is left over.

use std::collections::BTreeSet;

use tests::document::Document;

use super::policy::operations_with_a_row;

#[test]
fn every_operation_says_who_may_use_it() {
    let root = Document::published().root();
    let operations: BTreeSet<String> = Document::published()
        .operations()
        .into_iter()
        .map(|(method, path)| {
            let operation = &root["paths"][path][method.to_lowercase()];
            operation["operationId"].as_str().unwrap().to_owned()
        })
        .collect();
    let rows = operations_with_a_row();
    let listed: BTreeSet<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    assert_eq!(listed.len(), rows.len(), "an operation has two rows");
    let missing: Vec<_> = operations.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "say in tests/it/authorization/policy/ who may use {missing:?}"
    );
    let left: Vec<_> = listed.difference(&operations).collect();
    assert!(
        left.is_empty(),
        "the document has no {left:?}: take their rows out of tests/it/authorization/policy/"
    );
}
