//! Operations about consent: read a text before agreeing, and see what was agreed to.

use actix_web::{get, web};
use domain::actor::Actor;

use super::{
    use_cases,
    wire::{ConsentList, ConsentTextView, PurposePath},
};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    document::problems::Missing,
    dossiers::wire::DossierPath,
    extract::{Anonymous, Caller, IfNoneMatch, Language, Path},
    failure::Failure,
    reply::WithEtag,
};

/// The text a person agrees to.
///
/// As it is in force today, for one purpose; shown whole before anything is agreed to, and never agreed
/// to in advance (Law 91/2025/QH15 art. 9-10, decree 356/2025/NĐ-CP art. 6).
#[utoipa::path(
    tag = "Consents",
    security(()),
    params(PurposePath, IfNoneMatch),
    responses(
        (status = 200, description = "The text.", body = ConsentTextView),
        (status = 304, description = "The tag held still stands."),
        Missing,
    ),
)]
#[get("/{purpose}")]
pub(crate) async fn get_consent_text(
    app: web::Data<App>,
    _: Anonymous,
    path: Path<PurposePath>,
    language: Language,
) -> Result<WithEtag<ConsentTextView>, Failure> {
    let call = app.call(Actor::System);
    use_cases::show_text(&call, path.0.purpose, language).map(WithEtag::catalogue)
}

/// What was agreed to for a dossier.
///
/// Every consent with its text, language, channel and time. Consents are only ever appended.
#[utoipa::path(
    tag = "Consents",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The consents, oldest first.", body = ConsentList),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/consents")]
pub(crate) async fn list_consents(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
) -> Result<WithEtag<ConsentList>, Failure> {
    let id = path.0.dossier_id;
    let look = app.look_for(caller.0, purpose.0, move |tx, call| {
        use_cases::list_consents(tx, call, id)
    });
    look.await.map(WithEtag::hashed)
}
