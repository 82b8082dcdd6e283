//! Operations on supplement requests, once they are asked for.

use actix_web::{get, post, web};

use super::{
    use_cases,
    wire::{AnswerBody, SupplementList, SupplementPath},
};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    dossiers::{
        answer::{Attempt, DossierAnswer},
        view::DossierView,
        wire::DossierPath,
    },
    extract::{Caller, Citizen, IdempotencyKey, IfMatch, IfNoneMatch, Json, Language, Path},
    failure::Failure,
    reply::{Replayable, WithEtag},
};

/// The supplement requests of a dossier.
///
/// What was asked, why, until when, and what came, by round.
#[utoipa::path(
    tag = "Supplements",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The requests, the first round first.", body = SupplementList),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/supplements")]
pub(crate) async fn list_supplements(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
) -> Result<WithEtag<SupplementList>, Failure> {
    let id = path.0.dossier_id;
    let list = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            use_cases::list_supplements(tx, call, id)
        })
        .await?;
    Ok(WithEtag::hashed(list))
}

/// Answer a supplement request.
///
/// Every paper asked for has been attached to the dossier since; the time limit runs again from this
/// moment. `If-Match` is the dossier's version. For a person who brings the papers to the desk, the
/// office has an operation of its own.
#[utoipa::path(
    tag = "Supplements",
    security(("access_token" = [])),
    params(SupplementPath, IfMatch, IdempotencyKey),
    request_body = AnswerBody,
    responses((status = 200, description = "The dossier as it is now.", body = DossierView)),
)]
#[post("/{supplement_id}/answer")]
pub(crate) async fn answer_supplement(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<SupplementPath>,
    version: IfMatch,
    key: IdempotencyKey,
    language: Language,
    body: Json<AnswerBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let attempt = Attempt {
        operation: "answer_supplement",
        subject: Some(path.0.supplement_id.uuid()),
        key,
        digest: body.digest,
    };
    let (id, version, note) = (path.0.supplement_id, version.0, body.body.checked()?);
    let answer = move |tx: &mut _, call: &_| {
        use_cases::answer_supplement(tx, call, id, version, note.as_ref())
    };
    app.change_once(citizen.actor(), language, attempt, answer)
        .await
}
