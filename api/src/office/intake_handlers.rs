//! Operations of the one-stop desk: accept, refuse, forward, stop, withdrawals.

use super::{
    intake,
    seen::AcceptBody,
    wire::{GrantBody, GroundedReasonBody, ReasonBody},
};
use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::{answer::DossierAnswer, view::DossierView, wire::DossierPath},
    extract::{IfMatch, Json, Language, Officer, OptionalJson, Path},
    failure::Failure,
};
use actix_web::{post, web};

/// Accept a dossier.
///
/// The law's clock starts, the due date is set and explains itself, and what the dossier owes is fixed
/// with the rule and the proof that was seen. The answer is the content of the receipt slip (form 01).
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = AcceptBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/accept")]
pub(crate) async fn accept_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<AcceptBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, seen) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        intake::accept_dossier(tx, call, target, &seen)
    })
    .await
}

/// Refuse a dossier at intake (form 03).
///
/// With the reason and the legal ground, told to the citizen.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = GroundedReasonBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/refuse")]
pub(crate) async fn refuse_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<GroundedReasonBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, (reason, ground)) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        intake::refuse_dossier(tx, call, target, &reason, &ground)
    })
    .await
}

/// Hand a dossier to the specialist unit.
///
/// Fees collected at intake must be settled.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/forward")]
pub(crate) async fn forward_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    let target = path.at(version);
    app.change(officer.actor(), language, move |tx, call| {
        intake::forward_dossier(tx, call, target)
    })
    .await
}

/// Stop processing (form 05).
///
/// With the reason and the legal ground. What was owed and not paid is owed no more.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = GroundedReasonBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/stop")]
pub(crate) async fn stop_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<GroundedReasonBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, (reason, ground)) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        intake::stop_dossier(tx, call, target, &reason, &ground)
    })
    .await
}

/// Confirm a withdrawal.
///
/// The dossier is stopped at the citizen's wish. A reason may be given, such as what was handed back; it
/// is told in the timeline.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = Option<GrantBody>,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/grant_withdrawal")]
pub(crate) async fn grant_withdrawal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: OptionalJson<GrantBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.0.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        intake::grant_withdrawal(tx, call, target, reason.as_deref())
    })
    .await
}

/// Decline a withdrawal.
///
/// The dossier goes back to where it was.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = ReasonBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/decline_withdrawal")]
pub(crate) async fn decline_withdrawal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<ReasonBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        intake::decline_withdrawal(tx, call, target, &reason)
    })
    .await
}
