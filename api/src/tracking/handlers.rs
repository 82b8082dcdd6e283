//! The operation of public tracking.

use actix_web::{post, web};
use domain::actor::Actor;

use super::{
    use_cases,
    wire::{TrackingBody, TrackingView},
};
use crate::{
    app::App,
    document::problems::Missing,
    extract::{Anonymous, Json, Language},
    failure::Failure,
    reply::WithEtag,
};

/// Ask how a dossier stands.
///
/// Needs no account: the code and the secret are printed on the receipt. A wrong code and a wrong
/// secret are answered alike.
#[utoipa::path(
    tag = "Tracking",
    security(()),
    request_body = TrackingBody,
    responses((status = 200, description = "How it stands.", body = TrackingView), Missing),
)]
#[post("")]
pub(crate) async fn track_dossier(
    _: Anonymous,
    app: web::Data<App>,
    language: Language,
    Json { body, digest: _ }: Json<TrackingBody>,
) -> Result<WithEtag<TrackingView>, Failure> {
    // Nobody in particular asks; the secret, not a sight, decides what is shown.
    let view = app
        .look(Actor::System, move |tx, call| {
            use_cases::track(tx, call, language, (&body.code, &body.secret))
        })
        .await?;
    Ok(WithEtag::hashed(view))
}
