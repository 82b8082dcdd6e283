//! Operations on whose work a dossier is.

use actix_web::{post, web};

use super::{
    use_cases,
    wire::{AssignBody, AssignmentReasonBody, reason},
};
use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::{answer::DossierAnswer, view::DossierView, wire::DossierPath},
    extract::{IfMatch, Json, Language, Officer, OptionalJson, Path},
    failure::Failure,
};

/// Give a dossier to an officer.
///
/// From acceptance on, by an approver, to whoever processes or approves there; also from one officer to
/// another. While it is one officer's work, other processors read it and do not act on it (409
/// `assigned-to-another`); approvers and the desk do as before.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = AssignBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/assign")]
pub(crate) async fn assign_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<AssignBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, to) = (path.at(version), body.body.officer_id);
    let why = reason(body.body.reason)?;
    app.change(officer.actor(), language, move |tx, call| {
        use_cases::assign_dossier(tx, call, target, (to, why.clone()))
    })
    .await
}

/// Take a dossier up.
///
/// From the common pile, or with a reason from another officer. The body may be left out.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = Option<AssignmentReasonBody>,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/take_up")]
pub(crate) async fn take_up_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: OptionalJson<AssignmentReasonBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, why) = (path.at(version), reason(body.0.reason)?);
    app.change(officer.actor(), language, move |tx, call| {
        use_cases::take_up_dossier(tx, call, target, why.clone())
    })
    .await
}

/// Put a dossier back on the common pile.
///
/// By the officer whose work it is, or by an approver.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/release")]
pub(crate) async fn release_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    let target = path.at(version);
    app.change(officer.actor(), language, move |tx, call| {
        use_cases::release_dossier(tx, call, target)
    })
    .await
}
