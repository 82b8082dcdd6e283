//! The operation of public tracking.

use actix_web::{post, web};

use super::wire::{TrackingBody, TrackingView};
use crate::{
    app::App,
    document::problems::{Limited, Missing},
    extract::{Anonymous, Json, Language, Network},
    failure::Failure,
    reply::WithEtag,
};

/// Ask how a dossier stands.
///
/// Needs no account: the code and the secret are printed on the receipt. A wrong code and a wrong
/// secret are answered alike, and whoever guesses often must wait.
#[utoipa::path(
    tag = "Tracking",
    security(()),
    request_body = TrackingBody,
    responses((status = 200, description = "How it stands.", body = TrackingView), Missing, Limited),
)]
#[post("")]
pub(crate) async fn track_dossier(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    language: Language,
    Json { body, digest: _ }: Json<TrackingBody>,
) -> Result<WithEtag<TrackingView>, Failure> {
    app.follow(body, &network, language)
        .await
        .map(WithEtag::hashed)
}
