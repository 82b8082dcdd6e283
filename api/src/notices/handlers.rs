//! The inbox.

use actix_web::{get, post, web};

use super::{
    use_cases,
    wire::{NoticePage, NoticePath, NoticeQuery, NoticeView, ReadUpTo},
};
use crate::{
    app::App,
    document::problems::Missing,
    extract::{Citizen, IfNoneMatch, Json, Language, Path, Query},
    failure::Failure,
    page::List,
    reply::{Done, WithEtag},
};

/// The citizen's notices.
///
/// Who did what and when with one's dossiers, mandates and data requests, and what must be done now; newest
/// first, with how each was sent. `unread=true` shows only those that were not read.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(NoticeQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of notices.", body = NoticePage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_my_notices(
    app: web::Data<App>,
    citizen: Citizen,
    language: Language,
    query: Query<NoticeQuery>,
) -> Result<WithEtag<NoticePage>, Failure> {
    let only_unread = query.0.unread.unwrap_or(false);
    let list = List {
        operation: "list_my_notices",
        principal: citizen.person.uuid(),
        filter: &only_unread,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let place = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_my_notices(tx, call, only_unread, place);
    let (inbox, posted) = (app.look(citizen.actor(), look).await?, app.posted());
    let shown = inbox.page.items.into_iter();
    Ok(WithEtag::hashed(NoticePage {
        items: shown
            .map(|notice| NoticeView::of(notice, &inbox.deliveries, (&posted, language)))
            .collect(),
        next_page_token: app.page_tokens.next(&list, inbox.page.next)?,
        unread_count: inbox.unread,
    }))
}

/// Note that a notice was read.
///
/// Once more changes nothing.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(NoticePath),
    responses((status = 204, description = "It was read.")),
)]
#[post("/{notice_id}/read")]
pub(crate) async fn read_notice(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<NoticePath>,
) -> Result<Done, Failure> {
    let (call, id) = (app.call(citizen.actor()), path.0.notice_id);
    let read = move |tx: &mut _| use_cases::read(tx, &call, id, false);
    app.store.write(read).await?;
    Ok(Done)
}

/// Note that all notices up to one were read.
///
/// What came after the notice named stays unread: nobody has seen it yet.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    responses((status = 204, description = "They were read."), Missing),
)]
#[post("/read_all")]
pub(crate) async fn read_all_notices(
    app: web::Data<App>,
    citizen: Citizen,
    Json { body, digest: _ }: Json<ReadUpTo>,
) -> Result<Done, Failure> {
    let (call, id) = (app.call(citizen.actor()), body.up_to);
    let read = move |tx: &mut _| use_cases::read(tx, &call, id, true);
    app.store.write(read).await?;
    Ok(Done)
}
