//! Operations on the access log.

use actix_web::{get, web};

use super::{
    use_cases,
    wire::{AccessEntry, AccessPage, ReviewPage, ReviewQuery},
};
use crate::{
    app::App,
    extract::{Citizen, IfNoneMatch, Language, Officer, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::WithEtag,
};

/// Who read what is yours.
///
/// Every read of your dossiers by an officer, newest first: by which agency and position, what for, which
/// dossier, which fields; while a mandate stands, also of the dossiers of a child or an organisation that
/// it opens to you. Reads within a quarter of an hour are one line. What an investigation keeps back
/// is shown once its term is over.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of reads.", body = AccessPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/access_log")]
pub(crate) async fn list_my_access_log(
    app: web::Data<App>,
    citizen: Citizen,
    language: Language,
    query: Query<PageQuery>,
) -> Result<WithEtag<AccessPage>, Failure> {
    let list = List {
        operation: "list_my_access_log",
        principal: citizen.person.uuid(),
        filter: &(),
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_my_access_log(tx, call, after, limit);
    let (rows, posted) = (app.look(citizen.actor(), look).await?, app.posted());
    let shown = rows.items.into_iter();
    Ok(WithEtag::hashed(AccessPage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: shown
            .map(|line| AccessEntry::of(line, &posted, language))
            .collect(),
    }))
}

/// Who read what, for review.
///
/// What officers of the auditor's agency read, and what others read of its dossiers, newest first;
/// narrowed by officer, purpose or dossier.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(ReviewQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of reads.", body = ReviewPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/access_log")]
pub(crate) async fn list_office_access_log(
    app: web::Data<App>,
    officer: Officer,
    query: Query<ReviewQuery>,
) -> Result<WithEtag<ReviewPage>, Failure> {
    let ReviewQuery {
        officer_id,
        purpose,
        dossier_id,
        page_size: _,
        page_token: _,
    } = &query.0;
    let narrowed = (officer.agency, officer_id, purpose, dossier_id);
    let list = List {
        operation: "list_office_access_log",
        principal: officer.officer.uuid(),
        filter: &narrowed,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let (filter, page) = (query.0.filter(), (after, limit));
    let look =
        move |tx: &mut _, call: &_| use_cases::list_office_access_log(tx, call, filter, page);
    let rows = app.look(officer.actor(), look).await?;
    Ok(WithEtag::hashed(ReviewPage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: rows.items.into_iter().map(Into::into).collect(),
    }))
}
