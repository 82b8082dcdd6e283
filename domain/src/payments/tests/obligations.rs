//! What a dossier owes, and when nothing is owed any more.

use super::*;
use crate::rejection::Code;

#[test]
fn a_line_becomes_an_obligation_and_nothing_to_pay_is_waived_from_the_start() {
    let due = obligation(1, 24_000);
    assert_eq!(
        (due.state, due.net, due.gross),
        (ObligationState::Due, Dong::new(24_000), Dong::new(30_000))
    );
    assert_eq!(
        (due.fee_code.as_str(), due.quantity, due.created_at),
        ("fee", 3, at(0))
    );
    assert_eq!(obligation(1, 0).state, ObligationState::Waived);
}

#[test]
fn only_what_is_due_can_be_settled_waived_or_cancelled() {
    let due = obligation(1, 24_000);
    let settled = due.settle(id(70), at(9)).unwrap();
    assert_eq!(
        (settled.settled_by, settled.settled_at),
        (Some(id(70)), Some(at(9)))
    );
    for ended in [settled, due.waive().unwrap(), due.cancel().unwrap()] {
        assert_eq!(ended.settle(id(71), at(10)), Err(Code::NothingOwed));
        assert_eq!(ended.waive(), Err(Code::NothingOwed));
        assert_eq!(ended.cancel(), Err(Code::NothingOwed));
    }
}

#[test]
fn fees_count_as_settled_up_to_the_moment_asked_for() {
    use CollectedAt::{Intake, Result, Supplement};
    let at_moment =
        |number, moment| Obligation::of_line(id(number), id(5), line(1_000, moment), at(0));
    let intake_paid = at_moment(1, Intake).settle(id(70), at(1)).unwrap();
    let cases = [
        (vec![], [true, true, true]),
        (vec![at_moment(1, Intake)], [false, false, false]),
        (
            vec![intake_paid.clone(), at_moment(2, Supplement)],
            [true, false, false],
        ),
        (
            vec![intake_paid.clone(), at_moment(3, Result)],
            [true, true, false],
        ),
        (
            vec![intake_paid, at_moment(3, Result).waive().unwrap()],
            [true, true, true],
        ),
    ];
    for (place, (obligations, expected)) in cases.into_iter().enumerate() {
        let found = [Intake, Supplement, Result].map(|moment| super::settled(&obligations, moment));
        assert_eq!(found, expected, "case {place}");
        assert_eq!(fees_are_settled(&obligations), expected[2], "case {place}");
        assert_eq!(
            amount_due(&obligations).is_zero(),
            expected[2],
            "case {place}"
        );
    }
}
