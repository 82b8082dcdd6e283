//! The operations of the feed.

use actix_web::{get, web};

use super::{
    answer::ChangesAnswer,
    asked::{Asked, ChangesQuery, LastEventId, StreamQuery, Wait},
    stream::Following,
    waiting,
    wire::{Changes, EventStream},
};
use crate::{
    app::App,
    document::problems::Expired,
    extract::{Follower, IfNoneMatch, Language, Query},
    failure::Failure,
};

/// What has changed since the phone last asked.
///
/// One ordered feed of the citizen's dossiers, with their timeline, supplement requests, fees, payments
/// and results, of what mandates open, of the account and of the catalogue's version. Each thing comes as
/// it is now and replaces what the phone holds; what is gone is named. Without a cursor everything is told
/// first. Words that follow from the date alone, such as what must be done now, change without a change
/// here. Send the cursor between quotes as `If-None-Match` too: while nothing has changed the answer is 304.
#[utoipa::path(
    tag = "Sync",
    security(("access_token" = [])),
    params(ChangesQuery, Wait, IfNoneMatch),
    responses(
        (status = 200, description = "What has changed.", body = Changes),
        (status = 304, description = "Nothing has changed: the cursor still stands."),
        Expired,
    ),
)]
#[get("")]
pub(crate) async fn get_changes(
    app: web::Data<App>,
    follower: Follower,
    wait: Wait,
    language: Language,
    query: Query<ChangesQuery>,
) -> Result<ChangesAnswer, Failure> {
    let ChangesQuery { cursor, page_size } = query.0;
    let asked = Asked::of(
        &app,
        follower.citizen,
        language,
        (cursor.as_deref(), page_size),
    )?;
    waiting::answer(&app, (asked, follower.until), wait).await
}

/// The same as it happens, for an app in the foreground.
///
/// Server-sent events: each is named `changes`, has a cursor as its `id`, and as `data` what `get_changes`
/// answers. The first one comes at once; a comment every fifteen seconds shows that the stream stands. It
/// ends after `max_seconds`, with the token, with the session, and when the server stops; send the last
/// `id` as `Last-Event-ID` to go on.
#[utoipa::path(
    tag = "Sync",
    security(("access_token" = [])),
    params(StreamQuery, LastEventId),
    responses(
        (status = 200, description = "Events as they happen.", body = EventStream, content_type = "text/event-stream"),
        Expired,
    ),
)]
#[get("/stream")]
pub(crate) async fn stream_changes(
    app: web::Data<App>,
    follower: Follower,
    last: LastEventId,
    language: Language,
    query: Query<StreamQuery>,
) -> Result<Following, Failure> {
    let seconds = query.0.seconds()?;
    let cursor = last.0.or(query.0.cursor);
    let asked = Asked::of(&app, follower.citizen, language, (cursor.as_deref(), None))?;
    Ok(Following {
        app,
        asked,
        session: follower.session,
        until: follower.until,
        seconds,
    })
}
