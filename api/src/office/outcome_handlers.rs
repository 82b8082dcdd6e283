//! Operations that end a dossier well: decide, hand over, recall, apologise.

use super::{
    outcome,
    outcome_wire::{ApologyBody, HandOverBody},
    wire::{DecideBody, ReasonBody},
};
use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::{answer::DossierAnswer, view::DossierView, wire::DossierPath},
    extract::{IfMatch, Json, Language, Officer, Path},
    failure::Failure,
};
use actix_web::{post, web};

/// Decide on the merits.
///
/// A leader grants or declines; a negative decision is a result too.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = DecideBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/decide")]
pub(crate) async fn decide_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<DecideBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, outcome) = (path.at(version), body.body.outcome);
    app.change(officer.actor(), language, move |tx, call| {
        outcome::decide_dossier(tx, call, target, outcome)
    })
    .await
}

/// Take a result back before hand-over.
///
/// The dossier is open again and needs a new decision.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = ReasonBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/recall")]
pub(crate) async fn recall_result(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<ReasonBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        outcome::recall_result(tx, call, target, &reason)
    })
    .await
}

/// Hand the result over.
///
/// All fees must be settled; the recipient is recorded, and which originals that were held go back.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = HandOverBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/hand_over")]
pub(crate) async fn hand_over(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<HandOverBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, handed_over) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        outcome::hand_over(tx, call, target, &handed_over)
    })
    .await
}

/// Apologise for a delay and name a new date (form 04).
///
/// Once. Made at least one day before the due date it moves the due date; made later the citizen is
/// told, but the dossier stays late in the figures. Needs a fresh proof.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = ApologyBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/apologise")]
pub(crate) async fn apologise(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<ApologyBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, apology) = (path.at(version), body.body.check()?);
    app.change(officer.actor(), language, move |tx, call| {
        outcome::apologise_proved(tx, call, target, &apology)
    })
    .await
}
