//! Looking at fees and payments.

use domain::{
    ids::{DossierId, PaymentId},
    payments::amount_due,
};
use persistence::{Tx, payments};

use super::wire::{PaymentAccount, PaymentView};
use crate::{call::Call, dossiers::parts::obligation_view, extract::Language, failure::Failure};

/// The fees of a dossier that the actor may see, and the attempts to pay them.
///
/// # Errors
/// `not-found`.
pub fn list_payments(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    id: DossierId,
) -> Result<PaymentAccount, Failure> {
    persistence::dossiers::find(tx, id, call.reading()?)?;
    let owed = payments::obligations_of(tx, id)?;
    let attempts = payments::of_dossier(tx, id)?;
    Ok(PaymentAccount {
        obligations: owed
            .iter()
            .map(|one| obligation_view(language, one))
            .collect(),
        payments: attempts.into_iter().map(Into::into).collect(),
        amount_due: amount_due(&owed),
        currency: "VND",
    })
}

/// One payment, if the actor may see its dossier.
///
/// # Errors
/// `not-found`.
pub fn get_payment(tx: &mut Tx, call: &Call, id: PaymentId) -> Result<PaymentView, Failure> {
    Ok(payments::find(tx, id, call.reading()?)?.into())
}
