//! Paying back: two persons, and the payment is never deleted.

use super::*;
use crate::rejection::Code;

struct Desk {
    payment: Payment,
    covered: Vec<Obligation>,
}

impl Desk {
    fn paid() -> Self {
        let covered = vec![obligation(1, 24_000)];
        let attempt = payment(PaymentMethod::Vnpay, PaymentState::Pending, &covered);
        let mut desk = Self {
            payment: attempt,
            covered,
        };
        desk.ask(PaymentCommand::Confirm, &Actor::System).unwrap();
        desk
    }

    fn ask(&mut self, command: PaymentCommand, actor: &Actor) -> Result<PaymentState, Code> {
        let decision = decide(
            &self.payment,
            command,
            &self.covered,
            Dong::new(24_000),
            actor,
            at(5),
        )
        .map_err(|rejection| rejection.code)?;
        self.payment = decision.payment;
        for after in decision.obligations {
            self.covered = vec![after];
        }
        Ok(self.payment.state)
    }
}

#[test]
fn a_refund_needs_a_second_person_and_frees_the_obligation_only_when_it_arrives() {
    let everything = officer(3, &Role::ALL);
    let mut desk = Desk::paid();
    desk.ask(PaymentCommand::RequestRefund, &everything)
        .unwrap();
    assert_eq!(
        desk.ask(PaymentCommand::ApproveRefund, &everything),
        Err(Code::RoleForbids)
    );
    assert_eq!(
        desk.ask(
            PaymentCommand::ApproveRefund,
            &officer(4, &[Role::Approver])
        ),
        Ok(PaymentState::RefundApproved)
    );
    desk.ask(PaymentCommand::SendRefund, &Actor::System)
        .unwrap();
    desk.ask(PaymentCommand::FailRefund, &Actor::System)
        .unwrap();
    desk.ask(PaymentCommand::SendRefund, &Actor::System)
        .unwrap();
    assert_eq!(
        desk.covered.first().unwrap().state,
        ObligationState::Settled
    );
    desk.ask(PaymentCommand::ConfirmRefund, &Actor::System)
        .unwrap();
    let freed = desk.covered.first().unwrap();
    assert_eq!(
        (freed.state, freed.settled_by),
        (ObligationState::Cancelled, Some(desk.payment.id))
    );
    assert!(money_pins(&[desk.payment]), "paid back is not unpaid");
}

#[test]
fn a_refused_refund_returns_to_where_it_came_from() {
    let mut desk = Desk::paid();
    for _ in 0..2 {
        desk.ask(PaymentCommand::RequestRefund, &Actor::System)
            .unwrap();
        let refused = desk.ask(PaymentCommand::RefuseRefund, &officer(4, &[Role::Approver]));
        assert_eq!(refused, Ok(PaymentState::Succeeded));
        assert_eq!(desk.payment.before_refund, None);
    }
    desk.payment.state = PaymentState::PaidLate;
    desk.ask(PaymentCommand::RequestRefund, &officer(3, &[Role::Cashier]))
        .unwrap();
    let refused = desk.ask(PaymentCommand::RefuseRefund, &officer(4, &[Role::Approver]));
    assert_eq!(refused, Ok(PaymentState::PaidLate));
}

#[test]
fn a_payment_pays_back_only_what_it_settled() {
    let by_another = obligation(1, 24_000).settle(id(99), at(1)).unwrap();
    assert_eq!(by_another.refund(id(70)), Err(Code::StateForbids));
    let mut desk = Desk::paid();
    desk.payment.state = PaymentState::RefundSent;
    desk.covered = vec![by_another.clone()];
    desk.ask(PaymentCommand::ConfirmRefund, &Actor::System)
        .unwrap();
    assert_eq!(desk.covered, [by_another]);
}
