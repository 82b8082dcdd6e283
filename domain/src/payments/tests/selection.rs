//! Which fees a payment takes and which the citizen is asked for.

use super::*;
use crate::rejection::{Code, Rejection};

/// One of each moment that is due, and one that is paid.
fn owed() -> Vec<Obligation> {
    let of = |number, moment| Obligation::of_line(id(number), id(5), line(8_000, moment), at(0));
    vec![
        of(1, CollectedAt::Intake),
        of(2, CollectedAt::Supplement),
        of(3, CollectedAt::Result),
        of(4, CollectedAt::Intake).settle(id(70), at(1)).unwrap(),
    ]
}

fn numbers(chosen: &[Obligation]) -> Vec<u128> {
    chosen.iter().map(|one| one.id.uuid().as_u128()).collect()
}

fn outcome(chosen: Result<Vec<Obligation>, Rejection>) -> Result<Vec<u128>, (Code, Vec<String>)> {
    let told = |rejection: Rejection| {
        let faults = rejection.faults.iter();
        let faults = faults.map(|fault| format!("{} {}", fault.pointer, fault.code.as_str()));
        (rejection.code, faults.collect())
    };
    chosen.map(|chosen| numbers(&chosen)).map_err(told)
}

fn invalid(faults: &[&str]) -> Result<Vec<u128>, (Code, Vec<String>)> {
    let faults = faults.iter().map(|fault| (*fault).to_owned()).collect();
    Err((Code::InvalidContent, faults))
}

#[test]
fn what_is_named_is_taken_and_everything_owed_if_nothing_is() {
    let rows: [(Option<&[u128]>, _); 8] = [
        (None, Ok(vec![1, 2, 3])),
        (Some(&[2]), Ok(vec![2])),
        (Some(&[3, 1]), Ok(vec![3, 1])),
        (Some(&[4]), Err((Code::NothingOwed, vec![]))),
        (Some(&[1, 4]), Err((Code::NothingOwed, vec![]))),
        (Some(&[]), invalid(&["/obligation_ids required"])),
        (
            Some(&[1, 9]),
            invalid(&["/obligation_ids/1 unknown-reference"]),
        ),
        (Some(&[1, 2, 1]), invalid(&["/obligation_ids/2 duplicate"])),
    ];
    for (named, expected) in rows {
        let ids: Option<Vec<_>> = named.map(|named| named.iter().map(|n| id(*n)).collect());
        let chosen = selected(&owed(), ids.as_deref());
        assert_eq!(outcome(chosen), expected, "{named:?}");
    }
}

#[test]
fn a_fee_of_intake_is_asked_for_first_and_with_the_others() {
    let open = Err((Code::FeesOpen, vec![]));
    let rows: [(Option<&[u128]>, _); 6] = [
        (None, Ok(vec![1, 2, 3])),
        (Some(&[1]), Ok(vec![1])),
        (Some(&[1, 3]), Ok(vec![1, 3])),
        (Some(&[3]), open.clone()),
        (Some(&[2, 3]), open),
        (Some(&[4]), Err((Code::NothingOwed, vec![]))),
    ];
    for (named, expected) in rows {
        let ids: Option<Vec<_>> = named.map(|named| named.iter().map(|n| id(*n)).collect());
        let chosen = asked(&owed(), ids.as_deref(), at(9));
        if let Ok(chosen) = &chosen {
            assert!(chosen.iter().all(|one| one.asked_at == Some(at(9))));
        }
        assert_eq!(outcome(chosen), expected, "{named:?}");
    }
}

#[test]
fn a_supplement_request_asks_for_its_own_fees_only_and_keeps_the_first_asking() {
    let mut owed = owed();
    let asked = asked_with_supplement(&owed, at(5));
    assert_eq!(numbers(&asked), [2]);
    owed.splice(1..2, asked);
    let again = asked_with_supplement(&owed, at(9));
    assert_eq!(again.first().unwrap().asked_at, Some(at(5)));
    let paid = owed
        .iter()
        .map(|one| one.settle(id(71), at(9)).unwrap_or_else(|_| one.clone()));
    assert_eq!(asked_with_supplement(&paid.collect::<Vec<_>>(), at(9)), []);
}

#[test]
fn what_was_not_asked_for_is_not_waited_for() {
    let mut owed = owed();
    assert!(what_was_asked_is_settled(&owed));
    let chosen = asked(&owed, Some(&[id(1)]), at(5)).unwrap();
    owed.splice(0..1, chosen);
    assert!(!what_was_asked_is_settled(&owed));
    let paid = owed.first().unwrap().settle(id(71), at(6)).unwrap();
    owed.splice(0..1, [paid]);
    assert!(what_was_asked_is_settled(&owed));
    assert!(!fees_are_settled(&owed), "the others are open still");
}
