//! By which ways somebody wants to be told what.

use actix_web::{get, put, web};

use super::{
    preference_wire::{NoticePreferencesBody, NoticePreferencesView},
    use_cases::{self, Wish},
};
use crate::{
    app::App,
    extract::{Citizen, IfMatch, IfNoneMatch, Json},
    failure::Failure,
    reply::WithEtag,
};

/// By which ways the citizen is told what.
///
/// Every channel and group of notices; nothing needs to be chosen.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "What is chosen.", body = NoticePreferencesView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn get_notice_preferences(
    app: web::Data<App>,
    citizen: Citizen,
) -> Result<WithEtag<NoticePreferencesView>, Failure> {
    let look = app.look(citizen.actor(), use_cases::get_preferences);
    let chosen = look.await?;
    Ok(WithEtag::versioned(chosen.version, chosen.into()))
}

/// Choose by which ways to be told what.
///
/// Takes the place of what was chosen before; what is left out is as it would be anyway. The inbox in the
/// app always has every notice, and what the law has told goes out by one channel at least.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(IfMatch),
    responses((status = 200, description = "What is chosen now.", body = NoticePreferencesView)),
)]
#[put("")]
pub(crate) async fn set_notice_preferences(
    app: web::Data<App>,
    citizen: Citizen,
    IfMatch(seen): IfMatch,
    Json { body, digest: _ }: Json<NoticePreferencesBody>,
) -> Result<WithEtag<NoticePreferencesView>, Failure> {
    let (call, wish) = (app.call(citizen.actor()), Wish::try_from(body)?);
    let set = move |tx: &mut _| use_cases::set_preferences(tx, &call, seen, &wish);
    let chosen = app.store.write(set).await?;
    Ok(WithEtag::versioned(chosen.version, chosen.into()))
}
