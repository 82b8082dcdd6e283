//! The operations of standing in.

use actix_web::{get, post, web};

use super::{
    use_cases,
    wire::{DeputyBody, DeputyPage, DeputyPath, DeputyToken, DeputyView},
};
use crate::{
    app::App,
    auth::tokens::Proven,
    document::problems::Conflict,
    extract::{IfNoneMatch, Json, Officer, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::{Secret, WithEtag},
    sessions::opening::BEARER,
};

/// Who stands in for whom.
///
/// What the caller is part of, on either side; for administrators everything at the agency of the token.
/// Ended ones too, newest first.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page.", body = DeputyPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_deputies(
    app: web::Data<App>,
    officer: Officer,
    query: Query<PageQuery>,
) -> Result<WithEtag<DeputyPage>, Failure> {
    let list = List {
        operation: "list_deputies",
        principal: officer.officer.uuid(),
        filter: &officer.agency,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_deputies(tx, call, after, limit);
    let rows = app.look(officer.actor(), look).await?;
    Ok(WithEtag::hashed(DeputyPage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: rows.items.into_iter().map(Into::into).collect(),
    }))
}

/// Let another officer stand in.
///
/// For one's own roles of case work, or, by an administrator, for those of somebody they look after. It
/// holds from its first to its last day, for no more than the other one holds at each moment, and cannot
/// be passed on. Needs a fresh proof.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    request_body = DeputyBody,
    responses((status = 200, description = "It is made.", body = DeputyView)),
)]
#[post("")]
pub(crate) async fn make_deputy(
    app: web::Data<App>,
    officer: Officer,
    Json { body, digest: _ }: Json<DeputyBody>,
) -> Result<WithEtag<DeputyView>, Failure> {
    let (call, wish) = (app.call(officer.actor()), body.into());
    let work = move |tx: &mut _| use_cases::make_deputy(tx, &call, &wish);
    let made = app.store.write(work).await?;
    Ok(WithEtag::hashed(made.into()))
}

/// End standing in.
///
/// By either of the two or an administrator; at once. 409 `deputy-ended` when it is over.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DeputyPath),
    responses((status = 200, description = "It has ended.", body = DeputyView), Conflict),
)]
#[post("/{deputising_id}/end")]
pub(crate) async fn end_deputy(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DeputyPath>,
) -> Result<WithEtag<DeputyView>, Failure> {
    let (call, id) = (app.call(officer.actor()), path.0.deputising_id);
    let end = move |tx: &mut _| use_cases::end_deputy(tx, &call, id);
    let ended = app.store.write(end).await?;
    Ok(WithEtag::hashed(ended.into()))
}

/// Get a token for standing in.
///
/// In the same session. 409 `deputy-ended` on days when it does not hold, and while the other officer does
/// not hold the role; a token answers 401 from that moment on, and once the session is over it was made
/// in.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DeputyPath),
    responses((status = 200, description = "The token.", body = DeputyToken), Conflict),
)]
#[post("/{deputising_id}/act")]
pub(crate) async fn act_as_deputy(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DeputyPath>,
) -> Result<Secret<DeputyToken>, Failure> {
    let id = path.0.deputising_id;
    let look = move |tx: &mut _, call: &_| use_cases::act_as_deputy(tx, call, id);
    let (deputy, actor) = app.look(officer.actor(), look).await?;
    let proven = Proven {
        actor,
        session: officer.session,
        deputy: Some(deputy.id),
    };
    let now = app.clock.now();
    Ok(Secret(DeputyToken {
        access_token: app.tokens.issue_for(&proven, now, app.ids.uuid(now))?,
        token_type: BEARER,
        expires_in_seconds: app.tokens.lifetime_seconds(),
        agency_id: deputy.agency,
        on_behalf_of: deputy.officer,
        role: deputy.role,
    }))
}
