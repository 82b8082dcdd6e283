//! Operations by which officers issue results.

use actix_web::{post, web};

use super::{
    issuing,
    wire::{ResultBody, StoredFile},
};
use crate::{
    app::App,
    document::problems::{Conflict, Full},
    dossiers::{
        answer::{Attempt, DossierAnswer},
        view::DossierView,
        wire::DossierPath,
    },
    extract::{IdempotencyKey, IfMatch, Json, Language, Officer, Path},
    failure::Failure,
    papers::{
        upload::RawBody,
        wire::{DigestHeader, FileBytes},
    },
    reply::Replayable,
};

/// Upload the result document.
///
/// The body is the signed PDF itself. It can be issued for this dossier only, within 24 hours;
/// until then only officers of the agency who could issue it can read it.
#[utoipa::path(
    tag = "Results",
    security(("access_token" = [])),
    params(DossierPath, DigestHeader),
    request_body(content((FileBytes = "application/pdf")), description = "The bytes of the document."),
    responses((status = 201, description = "The stored document.", body = StoredFile), Conflict, Full),
)]
#[post("/{dossier_id}/result_file")]
pub(crate) async fn upload_result_file(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    body: RawBody,
) -> Result<StoredFile, Failure> {
    let file = app.take_result_file(officer.actor(), path.0.dossier_id, body);
    Ok(file.await?.into())
}

/// Issue the result.
///
/// The dossier is finished with this answer and the citizen sees that there is a result. The document
/// is in the citizen's own list once it was handed over.
#[utoipa::path(
    tag = "Results",
    security(("access_token" = [])),
    params(DossierPath, IfMatch, IdempotencyKey),
    request_body = ResultBody,
    responses((status = 200, description = "The dossier, finished.", body = DossierView)),
)]
#[post("/{dossier_id}/issue_result")]
pub(crate) async fn issue_result(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    key: IdempotencyKey,
    language: Language,
    body: Json<ResultBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let attempt = Attempt {
        operation: "issue_result",
        subject: Some(path.0.dossier_id.uuid()),
        key,
        digest: body.digest,
    };
    let today = app.clock.now().date();
    let (target, issue) = (path.at(version), body.body.check(today)?);
    let work = move |tx: &mut _, call: &_| issuing::issue_result(tx, call, target, &issue);
    app.change_once(officer.actor(), language, attempt, work)
        .await
}
