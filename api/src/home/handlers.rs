//! The operations an app starts with.

use actix_web::{get, web};

use super::{
    app_config::AppConfig,
    gathering::{self, Gathered},
    wire::Home,
};
use crate::{
    app::App,
    extract::{Anonymous, Citizen, IfNoneMatch, Language},
    failure::Failure,
    reply::WithEtag,
};

/// The first screen.
///
/// What an app needs at a cold start in one round trip: the account, what is under way and what must be
/// done now, drafts, what is owed, the latest results, and from where on changes are told.
#[utoipa::path(
    tag = "Sync",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The first screen.", body = Home),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/home")]
pub(crate) async fn get_home(
    app: web::Data<App>,
    citizen: Citizen,
    language: Language,
) -> Result<WithEtag<Home>, Failure> {
    let gather = move |tx: &mut _, call: &_| gathering::get_home(tx, call, language);
    let gathered = app.look(citizen.actor(), gather).await?;
    Ok(WithEtag::hashed(home(&app, citizen, gathered)?))
}

fn home(app: &App, citizen: Citizen, gathered: Gathered) -> Result<Home, Failure> {
    let Gathered {
        me,
        open,
        drafts,
        owed,
        results,
        counts,
        cursor,
    } = gathered;
    Ok(Home {
        me,
        open_dossiers: open,
        drafts,
        awaiting_payments: owed,
        latest_results: results,
        counts,
        sync_cursor: cursor.sign(&app.page_tokens, citizen.person)?,
        config: AppConfig::of(app),
    })
}

/// What an app is told of itself.
///
/// The oldest versions that still work, what is switched on, the catalogue in force, the server's time.
#[utoipa::path(
    tag = "Sync",
    security(()),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "What the app is told.", body = AppConfig),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn get_app_config(app: web::Data<App>, _: Anonymous) -> WithEtag<AppConfig> {
    WithEtag::catalogue(AppConfig::of(&app))
}
