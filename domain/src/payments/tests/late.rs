//! Messages of a gateway in every order: late success wins, and no money is counted twice.

use super::*;

const MESSAGES: [PaymentCommand; 5] = [
    PaymentCommand::Start,
    PaymentCommand::Confirm,
    PaymentCommand::Fail,
    PaymentCommand::Expire,
    PaymentCommand::Cancel,
];

fn sender(message: PaymentCommand) -> Actor {
    if [PaymentCommand::Start, PaymentCommand::Cancel].contains(&message) {
        citizen()
    } else {
        Actor::System
    }
}

/// Plays one sequence; how often money came in, and where it ended.
fn play(messages: &[PaymentCommand], covered: &[Obligation]) -> (usize, Payment, Vec<Obligation>) {
    let mut payment = payment(PaymentMethod::Vnpay, PaymentState::Created, covered);
    let (mut covered, mut arrivals) = (covered.to_vec(), 0);
    for (second, message) in messages.iter().enumerate() {
        let now = at(i64::try_from(second).unwrap());
        let amount = payment.amount;
        let Ok(decision) = decide(&payment, *message, &covered, amount, &sender(*message), now)
        else {
            continue;
        };
        arrivals += usize::from(decision.payment.state.has_seen_money());
        payment = decision.payment;
        for after in decision.obligations {
            covered
                .iter_mut()
                .filter(|one| one.id == after.id)
                .for_each(|one| *one = after.clone());
        }
    }
    (arrivals, payment, covered)
}

/// A confirmation is heard once the attempt has left `created`.
fn model_sees_money(messages: &[PaymentCommand]) -> bool {
    let moved = |message: &PaymentCommand| {
        [
            PaymentCommand::Start,
            PaymentCommand::Expire,
            PaymentCommand::Cancel,
        ]
        .contains(message)
    };
    messages
        .iter()
        .skip_while(|message| !moved(message))
        .any(|message| *message == PaymentCommand::Confirm)
}

#[test]
fn every_sequence_of_up_to_six_messages_settles_once_or_not_at_all() {
    let due = [obligation(1, 8_000), obligation(2, 16_000)];
    let mut sequences = vec![Vec::new()];
    let mut played = 0;
    for _ in 0..6 {
        sequences = sequences
            .iter()
            .flat_map(|so_far: &Vec<_>| MESSAGES.map(|next| [so_far.as_slice(), &[next]].concat()))
            .collect();
        for messages in &sequences {
            let (arrivals, payment, covered) = play(messages, &due);
            let sees_money = model_sees_money(messages);
            assert_eq!(arrivals, usize::from(sees_money), "{messages:?}");
            assert_eq!(
                payment.state == PaymentState::Succeeded,
                sees_money,
                "{messages:?}"
            );
            assert_eq!(payment.paid_at.is_some(), sees_money, "{messages:?}");
            assert_eq!(fees_are_settled(&covered), sees_money, "{messages:?}");
            played += 1;
        }
    }
    assert_eq!(played, 5 + 25 + 125 + 625 + 3_125 + 15_625);
}

#[test]
fn money_that_comes_when_nothing_is_left_to_settle_is_kept_for_repayment() {
    use PaymentState::{Cancelled, Expired, Failed, Pending};
    let due = [obligation(1, 8_000), obligation(2, 16_000)];
    let [first, second] = &due;
    let half_paid = [first.settle(id(99), at(1)).unwrap(), second.clone()];
    for state in [Pending, Failed, Expired, Cancelled] {
        let attempt = payment(PaymentMethod::Vnpay, state, &due);
        let confirm = |covered: &[Obligation]| {
            let amount = Dong::new(24_000);
            decide(
                &attempt,
                PaymentCommand::Confirm,
                covered,
                amount,
                &Actor::System,
                at(2),
            )
            .unwrap()
        };
        let late = confirm(&half_paid);
        assert_eq!(late.payment.state, PaymentState::PaidLate, "{state:?}");
        assert_eq!(late.obligations, [], "{state:?}");
        assert!(money_pins(&[late.payment]));

        let wins = confirm(&due);
        assert_eq!(wins.payment.state, PaymentState::Succeeded, "{state:?}");
        assert_eq!(wins.obligations.len(), 2);
        assert!(
            wins.obligations
                .iter()
                .all(|one| one.settled_by == Some(attempt.id))
        );
    }
}

#[test]
fn an_altered_amount_settles_nothing() {
    let due = [obligation(1, 24_000)];
    let attempt = payment(PaymentMethod::Vnpay, PaymentState::Pending, &due);
    for amount in [0, 1, 23_999, 24_001, 2_400_000, -24_000] {
        let refused = decide(
            &attempt,
            PaymentCommand::Confirm,
            &due,
            Dong::new(amount),
            &Actor::System,
            at(1),
        );
        assert_eq!(
            refused.unwrap_err().code.as_str(),
            "amount-mismatch",
            "{amount}"
        );
    }
}
