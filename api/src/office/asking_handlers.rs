//! Operations that ask the citizen for something: papers, money.

use super::{
    paying,
    paying_wire::{CashBody, PaymentRequestBody},
    supplementing,
    wire::{ConsentBody, SupplementBody},
};
use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::{
        answer::{Attempt, DossierAnswer},
        view::DossierView,
        wire::DossierPath,
    },
    extract::{IdempotencyKey, IfMatch, Json, Language, Officer, OptionalJson, Path},
    failure::Failure,
    reply::Replayable,
};
use actix_web::{post, web};

/// Consent to a further supplement round.
///
/// The law wants one full request; another round needs a reason and a leader.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = ConsentBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/consent_supplement")]
pub(crate) async fn consent_supplement(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<ConsentBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.body.reason);
    app.change(officer.actor(), language, move |tx, call| {
        supplementing::consent_supplement(tx, call, target, reason)
    })
    .await
}

/// Ask for missing papers (form 02).
///
/// Every missing paper in one request, each with a coded reason and what to do. The clock stands
/// still until the answer. Only papers that are handed in as files can be asked for: the e-form, and
/// what is only shown at the desk, are refused with what to do instead.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = SupplementBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/request_supplement")]
pub(crate) async fn request_supplement(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<SupplementBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, asked) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        supplementing::request_supplement(tx, call, target, &asked)
    })
    .await
}

/// Confirm the answer to a supplement request.
///
/// The dossier goes back to where it came from. The clock has been running since the answer.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/resume")]
pub(crate) async fn resume_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    let target = path.at(version);
    app.change(officer.actor(), language, move |tx, call| {
        supplementing::resume_dossier(tx, call, target)
    })
    .await
}

/// Ask the citizen to pay.
///
/// For the fees named, or for everything owed now. The clock stands still until what was asked for is
/// settled. The body may be left out.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = Option<PaymentRequestBody>,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/request_payment")]
pub(crate) async fn request_payment(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: OptionalJson<PaymentRequestBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, named) = (path.at(version), body.0.obligation_ids);
    app.change(officer.actor(), language, move |tx, call| {
        paying::request_payment(tx, call, target, named.as_deref())
    })
    .await
}

/// Record cash taken at the counter.
///
/// For the fees named, or for everything owed now, and exactly their sum; one payment has one receipt,
/// whose number is gapless in the agency's year. If the dossier waited for it, work goes on.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch, IdempotencyKey),
    request_body = CashBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView)),
)]
#[post("/{dossier_id}/record_cash")]
pub(crate) async fn record_cash(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    key: IdempotencyKey,
    language: Language,
    body: Json<CashBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let target = path.at(version);
    let attempt = Attempt {
        operation: "record_cash",
        subject: Some(target.id.uuid()),
        key,
        digest: body.digest,
    };
    let cash = body.body;
    let work = move |tx: &mut _, call: &_| paying::record_cash(tx, call, target, &cash);
    app.change_once(officer.actor(), language, attempt, work)
        .await
}
