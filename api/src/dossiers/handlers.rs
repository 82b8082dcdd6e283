//! The citizen's operations on dossiers: write, file, take back.

use actix_web::{delete, patch, post, put, web};

use super::{
    answer::{Attempt, DossierAnswer},
    beats::Target,
    draft_patch::DraftPatch,
    drafts, editing, filing, leaving, render,
    secret::tracking_secret,
    view::DossierView,
    wire::{DossierPath, DraftBody, SubmitBody, WithdrawBody},
};
use crate::{
    app::App,
    document::problems::{Conflict, Invalid},
    extract::{Citizen, IdempotencyKey, IfAbsent, IfMatch, Json, Language, Path},
    failure::Failure,
    reply::{Created, Done, Replayable},
};

impl Path<DossierPath> {
    /// The dossier at the version its author last saw.
    pub(crate) fn at(&self, version: IfMatch) -> Target {
        Target {
            id: self.0.dossier_id,
            version: version.0,
        }
    }
}

/// Create a draft.
///
/// The app makes the id (`UUIDv7`), so that a draft exists on the phone before the first byte is
/// sent. Sent again with the same id it is a conflict, and nothing is overwritten. A procedure that is
/// not filed online here is refused, with where to file it instead.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfAbsent),
    request_body = DraftBody,
    responses((status = 201, description = "The draft.", body = DossierView), Conflict, Invalid),
)]
#[put("/{dossier_id}")]
pub(crate) async fn create_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    _: IfAbsent,
    language: Language,
    body: Json<DraftBody>,
) -> Result<Created<DossierView>, Failure> {
    let call = app.call(citizen.actor());
    let draft = body.body.into_draft(path.0.dossier_id, &call)?;
    let work = move |tx: &mut _| {
        let dossier = drafts::create_draft(tx, &call, &draft)?;
        render::render(tx, &call, language, dossier)
    };
    let view: DossierView = app.store.write(work).await?;
    Ok(Created {
        location: format!("/v1/dossiers/{}", view.id),
        version: view.version,
        body: view,
    })
}

/// Change a draft.
///
/// A JSON merge patch: what is absent stays as it is. `If-Match` may name an older version of the draft:
/// the change is taken when none of the fields it gives another value has changed since, so that two
/// devices can edit one draft. Otherwise the answer is 412 `fields-changed` with every such field in
/// `errors` and its value now, and nothing is changed. A field is an answer of the form, however deep, or
/// one of the other parts as a whole. Sent again, a change has no further effect.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body(content = DraftPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The draft as it is now.", body = DossierView), Conflict),
)]
#[patch("/{dossier_id}")]
pub(crate) async fn edit_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<DraftPatch>,
) -> Result<DossierAnswer, Failure> {
    let (target, changes) = (path.at(version), body.body);
    let edit = move |tx: &mut _, call: &_| {
        editing::edit_draft(tx, call, target, |dossier| {
            changes.clone().apply(dossier, call)
        })
    };
    app.change(citizen.actor(), language, edit).await
}

/// Throw a draft away.
///
/// Only a draft that nothing was paid for; what is filed can be withdrawn, never deleted.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    responses((status = 204, description = "The draft is gone."), Conflict),
)]
#[delete("/{dossier_id}")]
pub(crate) async fn discard_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    version: IfMatch,
) -> Result<Done, Failure> {
    let (call, target) = (app.call(citizen.actor()), path.at(version));
    app.store
        .write(move |tx| drafts::discard_draft(tx, &call, target))
        .await?;
    Ok(Done)
}

/// Submit a draft.
///
/// Every fault is named at once. On success the dossier has its official code and its tracking
/// secret, the consent it was filed with is kept, and it waits for the desk, which answers until
/// `answer_due_at`.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfMatch, IdempotencyKey),
    request_body = SubmitBody,
    responses((status = 200, description = "The dossier, filed.", body = DossierView)),
)]
#[post("/{dossier_id}/submit")]
pub(crate) async fn submit_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    version: IfMatch,
    key: IdempotencyKey,
    language: Language,
    body: Json<SubmitBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let target = path.at(version);
    let attempt = Attempt {
        operation: "submit_dossier",
        subject: Some(target.id.uuid()),
        key,
        digest: body.digest,
    };
    let (said, secret) = (body.body.said(language)?, tracking_secret()?);
    let submit =
        move |tx: &mut _, call: &_| filing::submit_dossier(tx, call, target, said, &secret);
    app.change_once(citizen.actor(), language, attempt, submit)
        .await
}

/// Take a dossier back.
///
/// Before acceptance it is let go at once; afterwards the desk confirms. Not possible once a result
/// exists.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = WithdrawBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView), Conflict),
)]
#[post("/{dossier_id}/withdraw")]
pub(crate) async fn withdraw_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    version: IfMatch,
    language: Language,
    body: Json<WithdrawBody>,
) -> Result<DossierAnswer, Failure> {
    let (target, reason) = (path.at(version), body.body.checked()?);
    let withdraw =
        move |tx: &mut _, call: &_| leaving::withdraw_dossier(tx, call, target, reason.as_deref());
    app.change(citizen.actor(), language, withdraw).await
}
