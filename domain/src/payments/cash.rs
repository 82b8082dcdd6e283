//! Cash at the counter: counted, recorded and receipted in one act.

use super::{
    Obligation, Payment, PaymentCommand, PaymentDecision, PaymentMethod, PaymentState, decide,
};
use crate::{
    actor::Actor,
    ids::{DossierId, PaymentId},
    money::Dong,
    rejection::Rejection,
    time::Time,
};

/// What the cashier says has been paid.
#[derive(Debug, Clone, Copy)]
pub struct CashReceived<'a> {
    /// The id of the payment to be made.
    pub payment_id: PaymentId,
    /// The dossier it is for.
    pub dossier_id: DossierId,
    /// The obligations selected, under lock; those that are not due are left alone.
    pub obligations: &'a [Obligation],
    /// The cash counted.
    pub amount: Dong,
}

/// Records cash: a payment goes from `created` to `succeeded` at once and settles the obligations
/// that are due. The receipt is numbered in the same transaction (`receipt_number`).
///
/// Refused with `RoleForbids` to everybody but a cashier, `NothingOwed` if none is due, and
/// `AmountMismatch` unless the cash is exactly the sum of those that are.
pub fn decide_record_cash(
    cash: &CashReceived<'_>,
    actor: &Actor,
    now: Time,
) -> Result<PaymentDecision, Rejection> {
    let CashReceived {
        payment_id,
        dossier_id,
        obligations,
        amount,
    } = *cash;
    let is_open = |one: &&Obligation| one.is_due() && one.dossier_id == dossier_id;
    let due: Vec<_> = obligations.iter().filter(is_open).cloned().collect();
    let attempt = Payment {
        id: payment_id,
        dossier_id,
        obligations: due.iter().map(|one| one.id).collect(),
        amount: due.iter().map(|one| one.net).sum(),
        method: PaymentMethod::Cash,
        state: PaymentState::Created,
        before_refund: None,
        refund_requested_by: None,
        receipt: None,
        recorded_by: None,
        created_at: now,
        paid_at: None,
    };
    decide(
        &attempt,
        PaymentCommand::RecordCash,
        &due,
        amount,
        actor,
        now,
    )
}
