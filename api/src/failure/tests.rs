//! The registry of codes, and what store errors become.

use std::collections::BTreeMap;

use super::*;

/// The registry: every code with status and sentences, none twice, none without text.
#[test]
fn every_code_has_one_status_and_both_sentences() {
    let mut registry = BTreeMap::new();
    let rules = Code::ALL
        .iter()
        .map(|c| (c.as_str(), status_of(c.kind()), c.vi(), c.en()));
    let edge = ApiCode::ALL
        .iter()
        .map(|c| (c.as_str(), c.status(), c.vi(), c.en()));
    for (code, status, vi, en) in rules.chain(edge) {
        assert!((400..600).contains(&status), "{code}");
        assert!(vi.ends_with('.') && en.ends_with('.'), "{code}");
        assert!(
            code.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{code}"
        );
        // `invalid-content` and `unknown-field` are said by both layers and must mean the same in both.
        let earlier = registry.insert(code, (status, vi, en));
        assert!(
            earlier.is_none_or(|earlier| earlier == (status, vi, en)),
            "{code}"
        );
    }
    assert!(registry.len() >= Code::ALL.len() + ApiCode::ALL.len() - 2);
}

#[test]
fn every_store_error_has_its_code_and_stale_carries_the_version() {
    for (error, code, status) in [
        (StoreError::Absent, "not-found", 404),
        (
            StoreError::Stale { current_version: 7 },
            "version-mismatch",
            412,
        ),
        (
            StoreError::Duplicate {
                constraint: "c".into(),
            },
            "already-exists",
            409,
        ),
        (StoreError::Foreign { constraint: None }, "internal", 500),
        (
            StoreError::Refused {
                constraint: "c".into(),
            },
            "internal",
            500,
        ),
        (StoreError::KeyReused, "idempotency-key-reused", 422),
        (
            StoreError::Untraced {
                saves: 1,
                events: 0,
            },
            "internal",
            500,
        ),
        (StoreError::Unavailable("disk".into()), "unavailable", 503),
        (StoreError::Corrupt("row".into()), "internal", 500),
    ] {
        let failure = Failure::from(error.clone());
        assert_eq!(
            (failure.code(), failure.status()),
            (code, status),
            "{error:?}"
        );
        if let Failure::Edge(refusal) = failure {
            let stale = matches!(error, StoreError::Stale { .. });
            assert_eq!(refusal.current_version, stale.then_some(7));
            assert_eq!(refusal.retry_after.is_some(), status == 503);
        }
    }
}

#[test]
fn a_status_the_framework_answers_has_a_code_of_the_same_status_class() {
    for status in 400..600 {
        assert_eq!(ApiCode::of_status(status).status() / 100, status / 100);
    }
}
