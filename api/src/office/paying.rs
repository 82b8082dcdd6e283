//! Money at the desk: ask for it, take it, number the receipt.

use domain::{
    dossiers::{Case, Command, Dossier, decide, permitted},
    ids::ObligationId,
    payments::{
        CashReceived, Obligation, PaymentDecision, amount_due, asked, decide_record_cash,
        receipt_number, receipt_series, selected, what_was_asked_is_settled,
    },
    rejection::Code,
};
use persistence::{Tx, counters, payments};

use super::paying_wire::CashBody;
use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// Asks the citizen to pay the fees named, or everything owed; the clock stands still.
///
/// # Errors
/// Those of [`asked`] and those of [`beats::change`].
pub fn request_payment(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    named: Option<&[ObligationId]>,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |tx, case| {
        // Whether it may be asked for now at all comes before what.
        permitted(case, Command::RequestPayment, &call.actor)?;
        let asked = asked(&case.obligations, named, case.dossier.moment(call.now))?;
        payments::update_obligations(tx, case.dossier.filed_with, &asked)?;
        Ok(decide::request_payment(
            case,
            &call.actor,
            amount_due(&asked),
        )?)
    })
}

/// Records cash counted at the counter and numbers its receipt, gapless in the agency's year.
///
/// # Errors
/// `role-forbids` unless the officer is a cashier, `amount-mismatch`, `nothing-owed`, those of
/// [`selected`] and of [`beats::change`].
pub fn record_cash(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    cash: &CashBody,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |tx, case| {
        // Whether money may be taken now at all comes before how much.
        permitted(case, Command::RecordPayment, &call.actor)?;
        let taken = take(call, case, cash)?;
        let receipt = next_receipt(tx, call, &case.dossier)?;
        let settled = what_was_asked_is_settled(&after(&case.obligations, &taken.obligations));
        let agency = case.dossier.filed_with;
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

fn take(call: &Call, case: &Case, counted: &CashBody) -> Result<PaymentDecision, Failure> {
    let CashBody {
        amount,
        obligation_ids,
    } = counted;
    let received = CashReceived {
        payment_id: call.id(),
        dossier_id: case.dossier.id,
        obligations: &selected(&case.obligations, obligation_ids.as_deref())?,
        amount: *amount,
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
