//! Cash at the counter, receipts, and what money pins.

use super::*;
use crate::rejection::Code;

fn record(obligations: &[Obligation], amount: i64, actor: &Actor) -> Result<PaymentDecision, Code> {
    let cash = CashReceived {
        payment_id: id(70),
        dossier_id: id(5),
        obligations,
        amount: Dong::new(amount),
    };
    decide_record_cash(&cash, actor, at(60)).map_err(|rejection| rejection.code)
}

#[test]
fn cash_settles_what_is_due_at_once_and_names_the_cashier() {
    let paid = obligation(1, 5_000).settle(id(99), at(1)).unwrap();
    let due = obligation(2, 24_000);
    let decision = record(&[paid, due.clone()], 24_000, &officer(3, &[Role::Cashier])).unwrap();
    let payment = decision.payment;
    assert_eq!(
        (payment.state, payment.method),
        (PaymentState::Succeeded, PaymentMethod::Cash)
    );
    assert_eq!(
        (payment.amount, payment.obligations),
        (Dong::new(24_000), vec![due.id])
    );
    assert_eq!(
        (payment.recorded_by, payment.paid_at),
        (Some(id(3)), Some(at(60)))
    );
    assert_eq!(decision.obligations, [due.settle(id(70), at(60)).unwrap()]);
    assert_eq!(payment.receipt, None, "numbered by the transaction");
}

#[test]
fn cash_is_refused_unless_it_is_exactly_what_is_due() {
    let cashier = officer(3, &[Role::Cashier]);
    let due = obligation(1, 24_000);
    let gone = due.cancel().unwrap();
    let of_another = Obligation {
        dossier_id: id(6),
        ..due.clone()
    };
    let twice = Obligation {
        id: id(2),
        ..due.clone()
    };
    let cases = [
        (vec![], 0, Code::NothingOwed),
        (vec![gone.clone()], 24_000, Code::NothingOwed),
        (vec![of_another], 24_000, Code::NothingOwed),
        (vec![obligation(3, 0)], 0, Code::NothingOwed),
        (vec![due.clone()], 23_999, Code::AmountMismatch),
        (vec![due.clone()], 24_001, Code::AmountMismatch),
        (vec![due.clone(), gone], 48_000, Code::AmountMismatch),
        (vec![due.clone(), twice], 24_000, Code::AmountMismatch),
    ];
    for (place, (obligations, amount, code)) in cases.into_iter().enumerate() {
        assert_eq!(
            record(&obligations, amount, &cashier).unwrap_err(),
            code,
            "case {place}"
        );
    }
}

#[test]
fn only_a_cashier_records_cash() {
    let due = [obligation(1, 24_000)];
    let mut others = vec![citizen(), Actor::System, officer(3, &[])];
    others.extend(
        Role::ALL
            .iter()
            .filter(|role| **role != Role::Cashier)
            .map(|role| officer(3, &[*role])),
    );
    for actor in others {
        assert_eq!(
            record(&due, 24_000, &actor).unwrap_err(),
            Code::RoleForbids,
            "{actor:?}"
        );
    }
    assert!(record(&due, 24_000, &officer(3, &[Role::Receiver, Role::Cashier])).is_ok());
}

#[test]
fn receipts_are_numbered_from_1_to_eight_digits_in_a_series_per_year() {
    let series = receipt_series("BSN", at(0).date());
    assert_eq!(series, "BSN/2026");
    assert_eq!(receipt_number(&series, 1).unwrap(), "BSN/2026-00000001");
    assert_eq!(
        receipt_number(&series, LAST_RECEIPT).unwrap(),
        "BSN/2026-99999999"
    );
    for number in [0, LAST_RECEIPT + 1, u32::MAX] {
        assert_eq!(receipt_number(&series, number), Err(Code::OutOfRange));
    }
}

#[test]
fn money_pins_wherever_it_came_in_or_may_come_in() {
    let free = ["created", "failed", "expired", "cancelled"];
    for state in PaymentState::ALL.iter().copied() {
        let one = payment(PaymentMethod::Vnpay, state, &[obligation(1, 1)]);
        assert_eq!(
            money_pins(&[one]),
            !free.contains(&state.as_str()),
            "{state:?}"
        );
    }
    assert!(!money_pins(&[]));
}
