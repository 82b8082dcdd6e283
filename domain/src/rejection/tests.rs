//! Every code is spelled once and said in both languages.

use std::collections::HashSet;

use super::*;

#[test]
fn codes_are_unique_kebab_case_and_have_both_sentences() {
    let spellings: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(spellings.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(
            code.as_str()
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-'),
            "{code:?}"
        );
        assert!(
            code.vi().ends_with('.') && code.en().ends_with('.'),
            "{code:?}"
        );
    }
}
