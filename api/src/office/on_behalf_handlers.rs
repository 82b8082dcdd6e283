//! What the desk writes down for a person without an account: an answer, a withdrawal.

use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::{
        answer::{Attempt, DossierAnswer},
        leaving,
        view::DossierView,
        wire::{DossierPath, WithdrawBody},
    },
    extract::{IdempotencyKey, IfMatch, Json, Language, Officer, Path},
    failure::Failure,
    reply::Replayable,
    supplements::{use_cases, wire::AnswerBody},
};
use actix_web::{post, web};

/// Answer a supplement request for a person who brings the papers to the desk.
///
/// Every paper asked for has been scanned since; the time limit runs again from this moment. The
/// timeline says that an officer wrote it down.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch, IdempotencyKey),
    request_body = AnswerBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView)),
)]
#[post("/{dossier_id}/answer_supplement")]
pub(crate) async fn answer_supplement_at_desk(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    key: IdempotencyKey,
    language: Language,
    body: Json<AnswerBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let (target, note) = (path.at(version), body.body.checked()?);
    let attempt = Attempt {
        operation: "answer_supplement_at_desk",
        subject: Some(target.id.uuid()),
        key,
        digest: body.digest,
    };
    let answer =
        move |tx: &mut _, call: &_| use_cases::answer_open_round(tx, call, target, note.as_ref());
    app.change_once(officer.actor(), language, attempt, answer)
        .await
}

/// Take a dossier back for a person without an account.
///
/// Only what the desk filed for somebody; what belongs to an account is withdrawn from it. Before
/// acceptance the dossier is let go at once; afterwards the withdrawal is confirmed as any other. The
/// timeline says that an officer wrote it down.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = WithdrawBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/withdraw")]
pub(crate) async fn withdraw_at_desk(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<WithdrawBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.body.checked()?);
    let withdraw =
        move |tx: &mut _, call: &_| leaving::withdraw_dossier(tx, call, target, reason.as_deref());
    app.change(officer.actor(), language, withdraw).await
}
