//! What administrators do with data-subject requests.

use actix_web::{get, post, web};

use super::{
    fulfilling,
    office_wire::{ExtensionBody, FulfilmentBody, RefusalBody},
    use_cases,
    wire::{DataRequestPage, DataRequestPath, DataRequestView},
};
use crate::{
    app::App,
    document::problems::Conflict,
    extract::{IfMatch, IfNoneMatch, Json, Language, Officer, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::WithEtag,
};

/// Requests of people about their data.
///
/// Those addressed to the own agency, for the province's administrator to every agency; newest first.
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
pub(crate) async fn list_data_requests(
    app: web::Data<App>,
    officer: Officer,
    query: Query<PageQuery>,
    language: Language,
) -> Result<WithEtag<DataRequestPage>, Failure> {
    let list = List {
        operation: "list_data_requests",
        principal: officer.officer.uuid(),
        filter: &officer.agency,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_data_requests(tx, call, after, limit);
    let rows = app.look(officer.actor(), look).await?;
    let next_page_token = app.page_tokens.next(&list, rows.next)?;
    let items = rows.items.into_iter();
    Ok(WithEtag::hashed(DataRequestPage {
        items: items.map(|it| DataRequestView::of(it, language)).collect(),
        next_page_token,
    }))
}

/// One request.
///
/// With the name in the account, and both due dates explained.
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
pub(crate) async fn get_data_request(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DataRequestPath>,
    language: Language,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let id = path.0.data_request_id;
    let look = move |tx: &mut _, call: &_| {
        let request = use_cases::get_data_request(tx, call, id)?;
        let full_name = use_cases::name_of(tx, &request)?;
        Ok(DataRequestView {
            full_name,
            ..DataRequestView::shown(call, request, language)
        })
    };
    let view = app.look(officer.actor(), look).await?;
    Ok(WithEtag::versioned(view.version, view))
}

/// Answer that a request is being worked on.
///
/// Within two working days; whatever else is done with the request answers it, too.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(DataRequestPath, IfMatch),
    responses((status = 200, description = "The request as it is now.", body = DataRequestView), Conflict),
)]
#[post("/{data_request_id}/acknowledge")]
pub(crate) async fn acknowledge_data_request(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DataRequestPath>,
    version: IfMatch,
    language: Language,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.0.at(version));
    let change = move |tx: &mut _| -> Result<_, Failure> {
        let request = use_cases::acknowledge_data_request(tx, &call, target)?;
        Ok(DataRequestView::shown(&call, request, language))
    };
    let view = app.store.write(change).await?;
    Ok(WithEtag::versioned(view.version, view))
}

/// Name a later date.
///
/// Once, before the request is late, and by at most as long again. 409 `already-extended`,
/// `extension-too-late`.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(DataRequestPath, IfMatch),
    request_body = ExtensionBody,
    responses((status = 200, description = "The request as it is now.", body = DataRequestView), Conflict),
)]
#[post("/{data_request_id}/extend")]
pub(crate) async fn extend_data_request(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DataRequestPath>,
    version: IfMatch,
    language: Language,
    body: Json<ExtensionBody>,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.0.at(version));
    let reason = body.body.checked()?;
    let change = move |tx: &mut _| -> Result<_, Failure> {
        let request = use_cases::extend_data_request(tx, &call, target, &reason)?;
        Ok(DataRequestView::shown(&call, request, language))
    };
    let view = app.store.write(change).await?;
    Ok(WithEtag::versioned(view.version, view))
}

/// Do what was asked for.
///
/// A correction puts the account right, a withdrawal takes back every consent that stands, an erasure
/// erases what the law lets be erased: ended dossiers stay with their agencies, and `erasure` says how
/// many and why. 409 `state-forbids` for an erasure while a dossier is under way. Needs a fresh proof.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(DataRequestPath, IfMatch),
    request_body = FulfilmentBody,
    responses((status = 200, description = "The request, closed.", body = DataRequestView), Conflict),
)]
#[post("/{data_request_id}/fulfil")]
pub(crate) async fn fulfil_data_request(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DataRequestPath>,
    version: IfMatch,
    language: Language,
    body: Json<FulfilmentBody>,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.0.at(version));
    let done = body.body.checked(call.now)?;
    let change = move |tx: &mut _| -> Result<_, Failure> {
        let request = fulfilling::fulfil_data_request(tx, &call, target, &done)?;
        Ok(DataRequestView::shown(&call, request, language))
    };
    let view = app.store.write(change).await?;
    Ok(WithEtag::versioned(view.version, view))
}

/// Refuse on a ground of the law.
///
/// The citizen reads the ground with its acts and articles, and the note.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(DataRequestPath, IfMatch),
    request_body = RefusalBody,
    responses((status = 200, description = "The request, closed.", body = DataRequestView), Conflict),
)]
#[post("/{data_request_id}/refuse")]
pub(crate) async fn refuse_data_request(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DataRequestPath>,
    version: IfMatch,
    language: Language,
    body: Json<RefusalBody>,
) -> Result<WithEtag<DataRequestView>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.0.at(version));
    let (ground, note) = body.body.checked()?;
    let change = move |tx: &mut _| -> Result<_, Failure> {
        let request = use_cases::refuse_data_request(tx, &call, target, (ground, &note))?;
        Ok(DataRequestView::shown(&call, request, language))
    };
    let view = app.store.write(change).await?;
    Ok(WithEtag::versioned(view.version, view))
}
