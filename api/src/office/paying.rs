//! Money at the desk: ask for it, take it, number the receipt.

use domain::{
    dossiers::{Case, Command, Dossier, decide, permitted},
    ids::PaymentId,
    money::Dong,
    payments::{
        CashReceived, Obligation, PaymentDecision, amount_due, decide_record_cash,
        fees_are_settled, receipt_number, receipt_series,
    },
    rejection::Code,
};
use persistence::{Tx, counters, payments};

use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// Asks the citizen to pay what is open; the clock stands still.
///
/// # Errors
/// `nothing-owed`; those of [`beats::change`].
pub fn request_payment(tx: &mut Tx, call: &Call, target: Target) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::request_payment(
            case,
            &call.actor,
            amount_due(&case.obligations),
        )?)
    })
}

/// Records cash counted at the counter and numbers its receipt, gapless in the agency's year.
///
/// # Errors
/// `role-forbids` unless the officer is a cashier, `amount-mismatch`, `nothing-owed`, and those of
/// [`beats::change`].
pub fn record_cash(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    payment: PaymentId,
    amount: Dong,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |tx, case| {
        // Whether money may be taken now at all comes before how much.
        permitted(case, Command::RecordPayment, &call.actor)?;
        let taken = take(call, case, payment, amount)?;
        let receipt = next_receipt(tx, call, &case.dossier)?;
        let settled = fees_are_settled(&after(&case.obligations, &taken.obligations));
        let agency = case.dossier.agency;
        let PaymentDecision {
            mut payment,
            obligations,
        } = taken;
        payment.receipt = Some(receipt.clone());
        payments::insert(tx, agency, &payment)?;
        payments::update_obligations(tx, agency, &obligations)?;
        let working = call.posted.working_time(agency)?;
        Ok(decide::record_payment(
            case,
            &call.actor,
            payment.amount,
            Some(receipt),
            settled,
            &working,
        )?)
    })
}

fn take(
    call: &Call,
    case: &Case,
    payment_id: PaymentId,
    amount: Dong,
) -> Result<PaymentDecision, Failure> {
    let received = CashReceived {
        payment_id,
        dossier_id: case.dossier.id,
        obligations: &case.obligations,
        amount,
    };
    Ok(decide_record_cash(
        &received,
        &call.actor,
        case.dossier.moment(call.now),
    )?)
}

/// The obligations as they stand once the changed ones are changed.
fn after(all: &[Obligation], changed: &[Obligation]) -> Vec<Obligation> {
    let latest = |one: &Obligation| {
        changed
            .iter()
            .find(|other| other.id == one.id)
            .unwrap_or(one)
            .clone()
    };
    all.iter().map(latest).collect()
}

fn next_receipt(tx: &mut Tx, call: &Call, dossier: &Dossier) -> Result<String, Failure> {
    let today = call.now.date();
    let identifier = call
        .posted
        .agency(dossier.agency)
        .and_then(|agency| agency.on(today))
        .and_then(|version| version.identifier.as_deref())
        .ok_or(Code::CodeUnavailable)?;
    let series = receipt_series(identifier, today);
    let number = counters::next(tx, dossier.agency, &format!("receipts/{series}"))?;
    let number = u32::try_from(number).map_err(|_| Code::CodeUnavailable)?;
    Ok(receipt_number(&series, number)?)
}
