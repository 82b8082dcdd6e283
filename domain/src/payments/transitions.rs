//! The one table of what may happen to a payment, by whom, and under which conditions.
//!
//! Where two rows share state and command, the first whose guards hold is taken: money that comes
//! settles what it was for if that is still due (late success wins), and is kept for repayment if
//! not. It is never turned away.

use super::{
    PaymentCommand::{self, Cancel, Confirm, Expire, Fail, MatchTransfer, RecordCash, Start},
    PaymentCommand::{
        ApproveRefund, ConfirmRefund, FailRefund, RefuseRefund, RequestRefund, SendRefund,
    },
    PaymentMethod,
    PaymentState::{self, Cancelled, Created, Expired, Failed, PaidLate, Pending, Succeeded},
    PaymentState::{RefundApproved, RefundFailed, RefundRequested, RefundSent, Refunded},
};
use crate::{
    actor::{
        Role::{Approver, Cashier},
        Who::{self, Citizen, Officer, System},
    },
    ids::OfficerId,
    money::Dong,
    rejection::Code,
    transition::{Guard, To, Transition},
};

/// How the obligations stand that a payment is to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// There are none.
    Nothing,
    /// All are due.
    AllDue,
    /// At least one has been paid, waived or dropped in the meantime.
    SomeEnded,
}

/// What the guards look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// How it is paid.
    pub method: PaymentMethod,
    /// What the attempt is to bring.
    pub expected: Dong,
    /// What the cashier, the gateway or the bank says has come.
    pub received: Dong,
    /// How its obligations stand.
    pub covered: Covered,
    /// Who asked for the refund.
    pub refund_requested_by: Option<OfficerId>,
    /// The officer who asks now.
    pub officer: Option<OfficerId>,
}

/// One row of the table.
pub(super) type Row = Transition<PaymentState, PaymentCommand, Facts>;

fn is_cash(facts: &Facts) -> Result<(), Code> {
    permitted(facts.method == PaymentMethod::Cash, Code::StateForbids)
}

fn is_not_cash(facts: &Facts) -> Result<(), Code> {
    permitted(facts.method != PaymentMethod::Cash, Code::StateForbids)
}

fn no_gateway_speaks_for_it(facts: &Facts) -> Result<(), Code> {
    let by_hand = matches!(
        facts.method,
        PaymentMethod::Vietqr | PaymentMethod::Transfer
    );
    permitted(by_hand, Code::StateForbids)
}

fn all_is_still_due(facts: &Facts) -> Result<(), Code> {
    permitted(facts.covered == Covered::AllDue, Code::NothingOwed)
}

fn amount_is_exact(facts: &Facts) -> Result<(), Code> {
    permitted(facts.received == facts.expected, Code::AmountMismatch)
}

/// Four eyes: whoever asked for a refund does not agree to it (a bribe must reach two).
fn a_second_person_agrees(facts: &Facts) -> Result<(), Code> {
    let is_second = facts.officer.is_some() && facts.officer != facts.refund_requested_by;
    permitted(is_second, Code::RoleForbids)
}

fn permitted(holds: bool, otherwise: Code) -> Result<(), Code> {
    if holds { Ok(()) } else { Err(otherwise) }
}

type Guards = &'static [Guard<Facts>];
/// The gateway reports money for something still due.
const CONFIRMED: Guards = &[is_not_cash, amount_is_exact, all_is_still_due];
/// The gateway reports money for something no longer due.
const CONFIRMED_IN_VAIN: Guards = &[is_not_cash, amount_is_exact];
/// The cashier found the transfer for something still due.
const MATCHED: Guards = &[no_gateway_speaks_for_it, amount_is_exact, all_is_still_due];
/// The cashier found a transfer for something no longer due.
const MATCHED_IN_VAIN: Guards = &[no_gateway_speaks_for_it, amount_is_exact];
/// The cashier counted the money.
const COUNTED: Guards = &[is_cash, all_is_still_due, amount_is_exact];
const SECOND: Guards = &[a_second_person_agrees];

const PAYER: &[Who] = &[Citizen, Officer(Cashier)];
const CASHIER: &[Who] = &[Officer(Cashier)];
const APPROVER: &[Who] = &[Officer(Approver)];
const SYSTEM: &[Who] = &[System];
const DESK: &[Who] = &[Officer(Cashier), System];

const fn row(
    from: PaymentState,
    command: PaymentCommand,
    to: PaymentState,
    who: &'static [Who],
    guards: Guards,
) -> Row {
    let to = To::State(to);
    Row {
        from,
        command,
        to,
        who,
        guards,
    }
}

/// Every permitted step of a payment; what is not here is refused.
pub const TRANSITIONS: &[Row] = &[
    row(Created, RecordCash, Succeeded, CASHIER, COUNTED),
    row(
        Created,
        Start,
        Pending,
        PAYER,
        &[is_not_cash, all_is_still_due],
    ),
    row(Created, Expire, Expired, SYSTEM, &[]),
    row(Created, Cancel, Cancelled, PAYER, &[]),
    row(Pending, Confirm, Succeeded, SYSTEM, CONFIRMED),
    row(Pending, Confirm, PaidLate, SYSTEM, CONFIRMED_IN_VAIN),
    row(Pending, MatchTransfer, Succeeded, CASHIER, MATCHED),
    row(Pending, MatchTransfer, PaidLate, CASHIER, MATCHED_IN_VAIN),
    row(Pending, Fail, Failed, SYSTEM, &[]),
    row(Pending, Expire, Expired, SYSTEM, &[]),
    row(Pending, Cancel, Cancelled, PAYER, &[]),
    row(Failed, Confirm, Succeeded, SYSTEM, CONFIRMED),
    row(Failed, Confirm, PaidLate, SYSTEM, CONFIRMED_IN_VAIN),
    row(Expired, Confirm, Succeeded, SYSTEM, CONFIRMED),
    row(Expired, Confirm, PaidLate, SYSTEM, CONFIRMED_IN_VAIN),
    row(Expired, MatchTransfer, Succeeded, CASHIER, MATCHED),
    row(Expired, MatchTransfer, PaidLate, CASHIER, MATCHED_IN_VAIN),
    row(Cancelled, Confirm, Succeeded, SYSTEM, CONFIRMED),
    row(Cancelled, Confirm, PaidLate, SYSTEM, CONFIRMED_IN_VAIN),
    row(Cancelled, MatchTransfer, Succeeded, CASHIER, MATCHED),
    row(Cancelled, MatchTransfer, PaidLate, CASHIER, MATCHED_IN_VAIN),
    row(Succeeded, RequestRefund, RefundRequested, DESK, &[]),
    row(PaidLate, RequestRefund, RefundRequested, DESK, &[]),
    row(
        RefundRequested,
        ApproveRefund,
        RefundApproved,
        APPROVER,
        SECOND,
    ),
    Row {
        from: RefundRequested,
        command: RefuseRefund,
        to: To::WhereItCameFrom,
        who: APPROVER,
        guards: SECOND,
    },
    row(RefundApproved, SendRefund, RefundSent, DESK, &[]),
    row(RefundFailed, SendRefund, RefundSent, DESK, &[]),
    row(RefundSent, ConfirmRefund, Refunded, DESK, &[]),
    row(RefundSent, FailRefund, RefundFailed, DESK, &[]),
];
