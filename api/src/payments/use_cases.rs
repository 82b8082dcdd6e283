//! Looking at fees and payments.

use domain::{
    actor::Sight,
    disclosures::AccessAction,
    ids::{DossierId, PaymentId},
    payments::amount_due,
    rejection::Code,
};
use persistence::{StoreError, Tx, payments};

use super::wire::{PaymentAccount, PaymentView};
use crate::{
    call::Call, disclosures::opening::opened, dossiers::parts::obligation_view, extract::Language,
    failure::Failure,
};

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
    opened(tx, call, id, AccessAction::Follow)?;
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

/// One payment, if the actor may see its dossier. Nothing in it is of a person, so no line is written.
///
/// # Errors
/// `not-found`, `purpose-required`.
pub fn get_payment(tx: &mut Tx, call: &Call, id: PaymentId) -> Result<PaymentView, Failure> {
    let sight = call.reading(AccessAction::Follow)?.sight();
    match payments::find(tx, id, sight) {
        Err(StoreError::Absent)
            if call.lacks_purpose() && payments::find(tx, id, Sight::Province).is_ok() =>
        {
            Err(Code::PurposeRequired.into())
        }
        found => Ok(found?.into()),
    }
}
