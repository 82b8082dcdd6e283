//! Asking for fees and taking them.

use super::*;
use crate::{
    money::Dong,
    payments::{Obligation, fees::CollectedAt},
};

fn owing() -> Case {
    let mut case = processing();
    case.obligations = vec![
        specimen::fee(70, 8_000, CollectedAt::Supplement),
        specimen::fee(71, 16_000, CollectedAt::Result),
    ];
    case
}

/// Asked to pay on Thursday 5 March at 09:00.
fn asked() -> Case {
    let mut case = owing();
    case.now = at("2026-03-05 09:00");
    let asked = request_payment(&case, &unit(), Dong::new(24_000));
    let note = put(&mut case, asked, EventKind::PaymentRequested).note;
    assert_eq!(note.amount, Some(24_000));
    assert_eq!(note.old_due_at, Some(at("2026-03-11 09:00")));
    case
}

fn paid(case: &Case, actor: &Actor, everything: bool) -> Result<Decision, Rejection> {
    let receipt = Some("2026-0000017".to_owned());
    let working = office();
    let working = working.working();
    record_payment(case, actor, Dong::new(8_000), receipt, everything, &working)
}

fn settle(fee: &Obligation) -> Obligation {
    fee.settle(id(80), at("2026-03-09 09:00")).unwrap()
}

#[test]
fn the_clock_stands_still_until_everything_is_paid() {
    let mut case = asked();
    assert_eq!(case.dossier.state, State::PaymentRequested);
    assert_eq!(case.dossier.paused_since, Some(case.now));
    let pause = case.dossier.clock.as_ref().unwrap().pauses[0];
    assert_eq!((pause.to, pause.why), (None, PauseReason::Payment));

    case.now = at("2026-03-06 09:00");
    let first = paid(&case, &till(), false);
    let note = put(&mut case, first, EventKind::PaymentRecorded).note;
    assert_eq!(note.amount, Some(8_000));
    assert_eq!(note.number.as_deref(), Some("2026-0000017"));
    assert_eq!(case.dossier.state, State::PaymentRequested);
    assert!(case.dossier.paused_since.is_some(), "part is not all");
    case.obligations[0] = settle(&case.obligations[0]);

    case.now = at("2026-03-09 09:00");
    let rest = paid(&case, &Actor::System, true);
    put(&mut case, rest, EventKind::PaymentRecorded);
    assert_eq!(case.dossier.state, State::Processing);
    assert_eq!(case.dossier.paused_since, None);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-16 09:00")));
    let pause = case.dossier.clock.as_ref().unwrap().pauses[0];
    assert_eq!(pause.to, Some(case.now));
}

#[test]
fn a_payment_nobody_waited_for_changes_neither_state_nor_date() {
    let mut case = owing();
    let due = case.dossier.due_at;
    case.now = at("2026-03-05 09:00");
    let taken = paid(&case, &till(), true);
    put(&mut case, taken, EventKind::PaymentRecorded);
    assert_eq!(case.dossier.state, State::Processing);
    assert_eq!(case.dossier.due_at, due);
    assert!(case.dossier.clock.as_ref().unwrap().pauses.is_empty());
}

#[test]
fn a_payment_is_taken_while_papers_or_a_withdrawal_are_waited_for() {
    let mut asked_for_papers = owing();
    ask(
        &mut asked_for_papers,
        "2026-03-05 09:00",
        &["a"],
        "2026-03-20 17:00",
    );
    let mut withdrawn = owing();
    let back = withdraw(&withdrawn, &citizen(), None);
    put(&mut withdrawn, back, EventKind::WithdrawalRequested);
    for mut case in [asked_for_papers, withdrawn] {
        let before = case.dossier.clone();
        case.now = at("2026-03-06 09:00");
        for (everything, by) in [(false, till()), (true, Actor::System)] {
            let taken = paid(&case, &by, everything);
            put(&mut case, taken, EventKind::PaymentRecorded);
        }
        assert_eq!(case.dossier.state, before.state);
        assert_eq!(case.dossier.paused_since, before.paused_since);
        assert_eq!(case.dossier.due_at, before.due_at);
    }
}

#[test]
fn a_dossier_whose_last_fee_was_waived_can_go_on() {
    let mut case = asked();
    let waived = |fee: &Obligation| fee.waive().unwrap();
    case.obligations = case.obligations.iter().map(waived).collect();
    let goes_on = permitted(&case, Command::SettlePayment, &Actor::System);
    assert_eq!(goes_on.unwrap(), State::Processing);
    assert_eq!(refusal(paid(&case, &till(), true)), Code::NothingOwed);
}

#[test]
fn nothing_is_asked_or_taken_when_nothing_is_owed() {
    let mut case = asked();
    case.obligations = case.obligations.iter().map(settle).collect();
    assert_eq!(refusal(paid(&case, &till(), true)), Code::NothingOwed);
    let mut case = owing();
    case.obligations.clear();
    let asked = request_payment(&case, &unit(), Dong::ZERO);
    assert_eq!(refusal(asked), Code::NothingOwed);
}

#[test]
fn a_due_date_in_a_year_without_calendar_is_not_promised() {
    let mut case = asked();
    case.now = at("2026-12-31 10:00");
    assert_eq!(refusal(paid(&case, &till(), true)), Code::CalendarMissing);
}

#[test]
fn papers_are_asked_for_with_the_fees_whose_rule_says_so() {
    for (fees, told) in [(owing().obligations, Some(8_000)), (Vec::new(), None)] {
        let mut case = owing();
        case.obligations = fees;
        let event = ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
        assert_eq!(event.note.amount, told);
    }
}
