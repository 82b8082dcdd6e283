//! The operations on the citizen's own account.

use actix_web::{get, patch, web};

use super::{
    use_cases::{self, ChangeMe},
    wire::{Me, MePatch},
};
use crate::{
    app::App,
    document::problems::Conflict,
    extract::{Citizen, IfMatch, IfNoneMatch, Json},
    failure::Failure,
    reply::WithEtag,
};

/// The citizen's own account.
///
/// What is known of the signed-in citizen, for filling forms in.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The account.", body = Me),
        (status = 304, description = "The tag held still stands."),
    )
)]
#[get("")]
pub(crate) async fn get_me(citizen: Citizen, app: web::Data<App>) -> Result<WithEtag<Me>, Failure> {
    let person = app
        .store
        .read(move |tx| use_cases::get_me(tx, citizen))
        .await?;
    Ok(WithEtag::versioned(person.version, Me::from(person)))
}

/// Change the citizen's own account.
///
/// A merge patch (RFC 7396): fields left out stay, null clears. The telephone number is what one
/// signs in with: `change_phone` changes it, and for a day after that the address cannot be changed. Name, personal number and date of birth of a
/// verified account stay (409 `identity-verified`).
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    params(IfMatch),
    request_body(content = MePatch, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The account as it is now.", body = Me), Conflict)
)]
#[patch("")]
pub(crate) async fn change_me(
    citizen: Citizen,
    app: web::Data<App>,
    IfMatch(seen): IfMatch,
    Json { body, digest: _ }: Json<MePatch>,
) -> Result<WithEtag<Me>, Failure> {
    let now = app.clock.now();
    let changes = body.into_changes(now)?;
    let command = ChangeMe {
        citizen,
        seen,
        changes,
        now,
        event: app.ids.id(now),
    };
    let person = app
        .store
        .write(move |tx| use_cases::change_me(tx, &command))
        .await?;
    Ok(WithEtag::versioned(person.version, Me::from(person)))
}
