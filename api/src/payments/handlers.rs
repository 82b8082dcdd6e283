//! Operations that look at fees and payments.

use actix_web::{get, web};

use super::{
    use_cases,
    wire::{PaymentAccount, PaymentPath, PaymentView},
};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    dossiers::wire::DossierPath,
    extract::{Caller, IfNoneMatch, Language, Path},
    failure::Failure,
    reply::WithEtag,
};

/// The fees of a dossier and how they were paid.
///
/// Every fee with its reduction and legal basis, every attempt to pay with the number of its receipt.
#[utoipa::path(
    tag = "Payments",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "Fees and payments.", body = PaymentAccount),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/payments")]
pub(crate) async fn list_payments(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
    language: Language,
) -> Result<WithEtag<PaymentAccount>, Failure> {
    let id = path.0.dossier_id;
    let account = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            use_cases::list_payments(tx, call, language, id)
        })
        .await?;
    Ok(WithEtag::hashed(account))
}

/// One attempt to pay.
///
/// Where it stands, and the number of its receipt once the money is there.
#[utoipa::path(
    tag = "Payments",
    security(("access_token" = [])),
    params(PaymentPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The payment.", body = PaymentView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{payment_id}")]
pub(crate) async fn get_payment(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<PaymentPath>,
) -> Result<WithEtag<PaymentView>, Failure> {
    let id = path.0.payment_id;
    let payment = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            use_cases::get_payment(tx, call, id)
        })
        .await?;
    Ok(WithEtag::hashed(payment))
}
