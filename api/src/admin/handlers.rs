//! Operations of administrators of the province.

use actix_web::{get, post, web};

use super::{
    use_cases,
    wire::{DeadLetters, EntryPath},
};
use crate::{
    app::App,
    extract::{IfNoneMatch, Officer, Path},
    failure::Failure,
    reply::{Done, WithEtag},
};

/// Deliveries given up on.
///
/// What failed as often as it may: which sort, how often, and why. Their content is not shown.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The oldest dead letters.", body = DeadLetters),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/dead")]
pub(crate) async fn list_dead_letters(
    app: web::Data<App>,
    officer: Officer,
) -> Result<WithEtag<DeadLetters>, Failure> {
    let dead = app
        .look(officer.actor(), use_cases::list_dead_letters)
        .await?;
    Ok(WithEtag::hashed(dead))
}

/// Try a delivery again.
///
/// Gives a dead letter all its attempts back; the worker takes it up at once.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(EntryPath),
    responses((status = 204, description = "It will be tried again.")),
)]
#[post("/{entry_id}/requeue")]
pub(crate) async fn requeue_dead_letter(
    app: web::Data<App>,
    officer: Officer,
    path: Path<EntryPath>,
) -> Result<Done, Failure> {
    let (call, id) = (app.call(officer.actor()), path.0.entry_id);
    app.store
        .write(move |tx| use_cases::requeue_dead_letter(tx, &call, id))
        .await?;
    Ok(Done)
}
