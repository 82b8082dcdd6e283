//! What citizens do: ask, and see what became of it.

use actix_web::{get, post, web};

use super::{
    use_cases,
    wire::{DataRequestBody, DataRequestPage, DataRequestPath, DataRequestView},
};
use crate::{
    app::App,
    extract::{Citizen, IdempotencyKey, IfNoneMatch, Json, Language, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::{Replayable, WithEtag},
};

/// Ask for what the law gives about one's own data.
///
/// Access, a copy, correction, withdrawal of consent, restriction, objection, erasure. It is answered
/// within two working days and done within 10, 15 or 20 days (decree 356/2025/NĐ-CP art. 5). 409
/// `already-exists` while the same is asked of the same agency.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(IdempotencyKey),
    request_body = DataRequestBody,
    responses((status = 200, description = "The request, received.", body = DataRequestView)),
)]
#[post("")]
pub(crate) async fn create_data_request(
    app: web::Data<App>,
    citizen: Citizen,
    key: IdempotencyKey,
    language: Language,
    body: Json<DataRequestBody>,
) -> Result<Replayable<WithEtag<DataRequestView>>, Failure> {
    let (replayed, request) = app.ask_once(citizen, &key, body).await?;
    let view = DataRequestView::shown(&app.call(citizen.actor()), request, language);
    let answer = WithEtag::versioned(view.version, view);
    Ok(Replayable { replayed, answer })
}

/// The citizen's own requests.
///
/// Newest first.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of requests.", body = DataRequestPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_my_data_requests(
    app: web::Data<App>,
    citizen: Citizen,
    query: Query<PageQuery>,
    language: Language,
) -> Result<WithEtag<DataRequestPage>, Failure> {
    let list = List {
        operation: "list_my_data_requests",
        principal: citizen.person.uuid(),
        filter: &(),
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_data_requests(tx, call, after, limit);
    let rows = app.look(citizen.actor(), look).await?;
    let next_page_token = app.page_tokens.next(&list, rows.next)?;
    let items = rows.items.into_iter();
    Ok(WithEtag::hashed(DataRequestPage {
        items: items.map(|it| DataRequestView::of(it, language)).collect(),
        next_page_token,
    }))
}

/// One of the citizen's own requests.
///
/// With both due dates explained.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(DataRequestPath, IfNoneMatch),
    responses(
        (status = 200, description = "The request.", body = DataRequestView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{data_request_id}")]
pub(crate) async fn get_my_data_request(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DataRequestPath>,
    language: Language,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let id = path.0.data_request_id;
    let look = move |tx: &mut _, call: &_| {
        let request = use_cases::get_data_request(tx, call, id)?;
        Ok(DataRequestView::shown(call, request, language))
    };
    let view = app.look(citizen.actor(), look).await?;
    Ok(WithEtag::versioned(view.version, view))
}
