//! Where sealed fields are opened without a line of the access log: a fixed list, each place with its reason.
//! A handler that opened them as the house would show an officer what nobody wrote down.

use std::collections::BTreeMap;

use super::sources::{Source, below};

/// A file that says it, how often, and why no line is owed there.
type Place = (&'static str, usize, &'static str);

/// What reads as the house itself.
const AS_THE_HOUSE: &[&str] = &["Reading::House", "lock_for_worker(", "dossiers::of_code("];

const HOUSE: &[Place] = &[
    (
        "api/src/data_requests/fulfilling.rs",
        1,
        "the number is told that the account is erased; the officer is not shown it",
    ),
    (
        "api/src/data_requests/use_cases.rs",
        1,
        "whoever was asked has to know by whom: the plain name, nothing sealed",
    ),
    (
        "api/src/disclosures/opening.rs",
        1,
        "the worker's own readings begin here; an officer's never do",
    ),
    (
        "api/src/dossiers/drafts.rs",
        1,
        "a draft is thrown away, and shown to nobody",
    ),
    (
        "api/src/identities/counter.rs",
        1,
        "the account is compared with the card, and the officer typed both",
    ),
    (
        "api/src/mandates/expiring.rs",
        1,
        "the worker ends what has expired",
    ),
    (
        "api/src/mandates/use_cases.rs",
        1,
        "what an erased account held is ended",
    ),
    (
        "api/src/notices/planning.rs",
        1,
        "the worker looks by which ways somebody can be told",
    ),
    (
        "api/src/notices/reminding.rs",
        1,
        "the worker reminds of what ends soon",
    ),
    (
        "api/src/notices/sending.rs",
        1,
        "the worker sends to the number and the address of whom it concerns",
    ),
    (
        "api/src/people/use_cases.rs",
        1,
        "the account is put right as its owner asked; nothing of it is shown",
    ),
    (
        "api/src/tracking/use_cases.rs",
        1,
        "the public page shows steps and dates to who knows the second secret",
    ),
    (
        "api/src/worker/due_dates.rs",
        1,
        "the worker works due dates out anew",
    ),
    (
        "api/src/worker/lapses.rs",
        1,
        "the worker closes what was not answered",
    ),
    (
        "persistence/src/disclosures/witness.rs",
        1,
        "it needs no line: this is where that is said",
    ),
    (
        "persistence/src/dossiers/archive.rs",
        1,
        "an ended dossier is sealed anew",
    ),
    (
        "persistence/src/dossiers/mod.rs",
        3,
        "the two doors of the list above: the worker's and the public's",
    ),
    (
        "persistence/src/mandates/mod.rs",
        1,
        "the worker's door to a mandate",
    ),
    (
        "persistence/src/people/mod.rs",
        2,
        "an account is found for its door, and its marks are made anew",
    ),
];

/// What opens a sealed field without a line.
const WITHOUT_A_LINE: &[&str] = &["Witness::of_no_officer()", "Witness::of_a_letter()"];

const UNSEEN: &[Place] = &[
    (
        "persistence/src/data_requests/row.rs",
        1,
        "words that were written to whoever opens them",
    ),
    (
        "persistence/src/identities/proofs.rs",
        1,
        "shown to the citizen in an export and to nobody else",
    ),
    (
        "persistence/src/mandates/row.rs",
        1,
        "an officer is shown the last signs, and a line is written for the mandate",
    ),
    ("persistence/src/mandates/wards.rs", 1, "the same"),
    (
        "persistence/src/notices/devices.rs",
        1,
        "the worker sends to a phone; nobody is shown its token",
    ),
    (
        "persistence/src/notices/preferences.rs",
        1,
        "the address a citizen chose, shown to the citizen and sent to",
    ),
    (
        "persistence/src/people/mod.rs",
        1,
        "no account is read by an officer",
    ),
    (
        "persistence/src/second_factors/mod.rs",
        1,
        "the officer's own secret, shown to nobody",
    ),
];

/// How often each file says one of these words, outside of its tests.
fn said(words: &[&str]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for Source { path, text } in below(&["api/src", "persistence/src"], &[".rs"]) {
        // The demonstration's own tests look at what it made.
        if path.ends_with("tests.rs") {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let count: usize = lines
            .map(|line| {
                words
                    .iter()
                    .map(|word| line.matches(word).count())
                    .sum::<usize>()
            })
            .sum();
        if count > 0 {
            found.insert(path, count);
        }
    }
    found
}

fn listed(places: &[Place]) -> BTreeMap<String, usize> {
    assert!(
        places.iter().all(|(_, _, why)| why.len() > 7),
        "each has its reason"
    );
    let rows = places.iter();
    rows.map(|(path, count, _)| ((*path).to_owned(), *count))
        .collect()
}

#[test]
fn nobody_else_reads_as_the_house() {
    assert_eq!(said(AS_THE_HOUSE), listed(HOUSE));
}

#[test]
fn nothing_else_opens_a_sealed_field_without_a_line() {
    assert_eq!(said(WITHOUT_A_LINE), listed(UNSEEN));
}

/// Handlers name no reading at all: a use case gets the officer's from the call.
#[test]
fn no_handler_makes_a_reading() {
    let found = said(&["Reading::", "OfficerReading {"]).into_keys();
    let handlers: Vec<_> = found.filter(|path| path.contains("handlers")).collect();
    assert_eq!(handlers, [""; 0]);
}
