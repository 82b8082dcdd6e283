//! Whether a command on a payment is permitted, and what it changes.

use super::{
    Obligation, ObligationState, Payment, PaymentCommand, PaymentState,
    transitions::{Covered, Facts, Row, TRANSITIONS},
};
use crate::{
    actor::Actor,
    ids::OfficerId,
    money::Dong,
    rejection::{Code, Rejection},
    time::Time,
    transition::To,
};

/// What a permitted command changes: the payment, and the obligations to save with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDecision {
    /// The payment afterwards. If it has just succeeded its receipt is still to be numbered, in
    /// the same transaction.
    pub payment: Payment,
    /// Only the obligations that change, as they are afterwards.
    pub obligations: Vec<Obligation>,
}

/// Decides a command on a payment. `covered` are the obligations the payment names, as they stand
/// under the lock of this transaction; `received` is what the cashier, the gateway or the bank
/// says has come, and matters only to commands that bring money.
///
/// Refused with `RoleForbids`, `StateForbids`, `NothingOwed` or `AmountMismatch`.
pub fn decide(
    payment: &Payment,
    command: PaymentCommand,
    covered: &[Obligation],
    received: Dong,
    actor: &Actor,
    now: Time,
) -> Result<PaymentDecision, Rejection> {
    let officer = officer(actor);
    let facts = Facts {
        method: payment.method,
        expected: payment.amount,
        received,
        covered: standing(covered),
        refund_requested_by: payment.refund_requested_by,
        officer,
    };
    let row = permitted(payment.state, command, actor, &facts)?;
    let to = match row.to {
        To::State(state) => state,
        To::WhereItCameFrom => payment.before_refund.ok_or(Code::StateForbids)?,
        To::Same => payment.state,
    };
    let payment = moved(payment, command, to, officer, now);
    let obligations = changed(&payment, command, covered, now)?;
    Ok(PaymentDecision {
        payment,
        obligations,
    })
}

fn officer(actor: &Actor) -> Option<OfficerId> {
    match actor {
        Actor::Officer {
            officer,
            agency: _,
            roles: _,
        } => Some(*officer),
        Actor::Citizen { person: _ } | Actor::System => None,
    }
}

fn standing(covered: &[Obligation]) -> Covered {
    if covered.is_empty() {
        Covered::Nothing
    } else if covered.iter().all(Obligation::is_due) {
        Covered::AllDue
    } else {
        Covered::SomeEnded
    }
}

/// The row that permits the command: the first whose guards hold. Who may never do it is told so
/// before the state is looked at.
pub(super) fn permitted(
    state: PaymentState,
    command: PaymentCommand,
    actor: &Actor,
    facts: &Facts,
) -> Result<&'static Row, Code> {
    let of_command = || TRANSITIONS.iter().filter(|row| row.command == command);
    if !of_command().any(|row| actor.is_one_of(row.who)) {
        return Err(Code::RoleForbids);
    }
    let mut refusal = None;
    for row in of_command().filter(|row| row.from == state) {
        let verdict = if actor.is_one_of(row.who) {
            row.guards.iter().try_for_each(|guard| guard(facts))
        } else {
            Err(Code::RoleForbids)
        };
        match verdict {
            Ok(()) => return Ok(row),
            Err(code) => refusal = refusal.or(Some(code)),
        }
    }
    Err(refusal.unwrap_or(Code::StateForbids))
}

fn moved(
    payment: &Payment,
    command: PaymentCommand,
    to: PaymentState,
    officer: Option<OfficerId>,
    now: Time,
) -> Payment {
    let mut after = Payment {
        state: to,
        ..payment.clone()
    };
    match command {
        PaymentCommand::RecordCash | PaymentCommand::Confirm | PaymentCommand::MatchTransfer => {
            after.paid_at = Some(now);
            after.recorded_by = officer;
        }
        PaymentCommand::RequestRefund => {
            after.before_refund = Some(payment.state);
            after.refund_requested_by = officer;
        }
        PaymentCommand::RefuseRefund => {
            after.before_refund = None;
            after.refund_requested_by = None;
        }
        PaymentCommand::Start
        | PaymentCommand::Fail
        | PaymentCommand::Expire
        | PaymentCommand::Cancel
        | PaymentCommand::ApproveRefund
        | PaymentCommand::SendRefund
        | PaymentCommand::ConfirmRefund
        | PaymentCommand::FailRefund => {}
    }
    after
}

/// Success settles what is due; a repayment takes back what this payment had settled.
fn changed(
    payment: &Payment,
    command: PaymentCommand,
    covered: &[Obligation],
    now: Time,
) -> Result<Vec<Obligation>, Code> {
    let brings_money = matches!(
        command,
        PaymentCommand::RecordCash | PaymentCommand::Confirm | PaymentCommand::MatchTransfer
    );
    if brings_money && payment.state == PaymentState::Succeeded {
        return covered
            .iter()
            .map(|one| one.settle(payment.id, now))
            .collect();
    }
    if command == PaymentCommand::ConfirmRefund {
        let settled_by_it = |one: &&Obligation| {
            one.state == ObligationState::Settled && one.settled_by == Some(payment.id)
        };
        let settled = covered.iter().filter(settled_by_it);
        return settled.map(|one| one.refund(payment.id)).collect();
    }
    Ok(Vec::new())
}
