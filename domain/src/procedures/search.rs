//! Finding a procedure by what people type, with or without accents.

use super::{field::Field, version::ProcedureVersion};
use crate::text::folded;

/// What a procedure is found by, folded: made once for each version when a catalogue is loaded.
pub fn search_text(procedure: &ProcedureVersion, field: Option<&Field>) -> String {
    let code = procedure.code.as_str();
    let (vi, en) = field.map_or(("", ""), |field| (&field.name.vi, &field.name.en));
    folded(&format!(
        "{} {} {code} {vi} {en}",
        procedure.name.vi, procedure.name.en
    ))
}

/// The words to look for: a procedure is found when its search text holds every one of them.
pub fn words(query: &str) -> Vec<String> {
    folded(query)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether the search text holds every word of the query. An empty query finds everything.
pub fn matches(search_text: &str, query: &str) -> bool {
    words(query).iter().all(|word| search_text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_occur_and_accents_do_not_matter() {
        let text = folded("Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh 2.000635 Hộ tịch");
        for query in [
            "trich luc",
            "TRÍCH LỤC",
            "luc trich",
            "2.000635",
            "ho tich ban sao",
            "",
            "  ",
            "giấy khai sinh",
        ] {
            assert!(matches(&text, query), "{query}");
        }
        for query in ["trich luc dat dai", "2.000636", "%", "_"] {
            assert!(!matches(&text, query), "{query}");
        }
    }
}
