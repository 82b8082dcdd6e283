//! Operations on the officers' worklist: file for somebody, list, look.

use actix_web::{get, post, web};
use persistence::dossiers::Filter;

use super::{
    inbox::{self, Inbox, InboxQuery},
    intake,
    wire::CounterFilingBody,
};
use crate::{
    app::App,
    assignments::listing::list_work,
    disclosures::stated::StatedPurpose,
    document::problems::Conflict,
    dossiers::{
        answer::{Attempt, DossierAnswer},
        listing::{self, DossierPage, OfficeListQuery},
        reading::show,
        secret::tracking_secret,
        view::DossierView,
        wire::DossierPath,
    },
    extract::{IdempotencyKey, IfNoneMatch, Json, Language, Officer, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    procedures::listing::searchable,
    reply::{Replayable, WithEtag},
};

/// What waits for the officer, at a glance.
///
/// Counts by state, what is due next, and what is overdue: one answer for the first screen.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(InboxQuery, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The inbox.", body = Inbox),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/inbox")]
pub(crate) async fn get_inbox(
    app: web::Data<App>,
    officer: Officer,
    purpose: StatedPurpose,
    language: Language,
    query: Query<InboxQuery>,
) -> Result<WithEtag<Inbox>, Failure> {
    let of = query.0.work;
    let inbox = app
        .look_for(officer.actor(), purpose.0, move |tx, call| {
            inbox::get_inbox(tx, call, language, of)
        })
        .await?;
    Ok(WithEtag::hashed(inbox))
}

/// The agency's dossiers, newest first.
///
/// Narrowed by state, by a name without accents, by code, or by due date. Drafts are never shown.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(OfficeListQuery, PageQuery, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "A page of dossiers.", body = DossierPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/dossiers")]
pub(crate) async fn list_office_dossiers(
    app: web::Data<App>,
    officer: Officer,
    purpose: StatedPurpose,
    language: Language,
    query: Query<OfficeListQuery>,
) -> Result<WithEtag<DossierPage>, Failure> {
    let (actor, query) = (officer.actor(), query.0);
    searchable(query.q.as_deref())?;
    let list = &List {
        operation: "list_office_dossiers",
        principal: officer.officer.uuid(),
        filter: &query,
    };
    let filter = Filter {
        state: query.state,
        agency: query.agency_id,
        query: query.q.clone(),
        due_before: query.due_before,
        ..Filter::default()
    };
    let of = query.work;
    let wanted = listing::wanted(
        &app.page_tokens,
        list,
        filter,
        (query.page_size, query.page_token.as_deref()),
    )?;
    let rows = app
        .look_for(actor, purpose.0, move |tx, call| {
            list_work(tx, call, language, (&wanted, of))
        })
        .await?;
    Ok(WithEtag::hashed(listing::paged(
        &app.page_tokens,
        list,
        rows,
    )?))
}

/// One dossier of the agency in full.
///
/// What the citizen sees, and what the officer could do now.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The dossier.", body = DossierView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/dossiers/{dossier_id}")]
pub(crate) async fn get_office_dossier(
    app: web::Data<App>,
    officer: Officer,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    show(&app, (officer.actor(), purpose.0), path, language).await
}

/// File a dossier for somebody at the counter, or from the post.
///
/// Who applies, who hands it in and who held the pen are recorded apart. The form must be complete:
/// every fault is named, with its place under `/form`. The person's consent is kept with it. The dossier
/// has its code at once and waits for its papers and acceptance.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(IdempotencyKey),
    request_body = CounterFilingBody,
    responses((status = 200, description = "The dossier, filed.", body = DossierView), Conflict),
)]
#[post("/dossiers")]
pub(crate) async fn file_dossier(
    app: web::Data<App>,
    officer: Officer,
    key: IdempotencyKey,
    language: Language,
    body: Json<CounterFilingBody>,
) -> Result<Replayable<DossierAnswer>, Failure> {
    let attempt = Attempt {
        operation: "file_dossier",
        subject: None,
        key,
        digest: body.digest,
    };
    let (filing, secret) = (
        body.body.check(&app.call(officer.actor()), language)?,
        tracking_secret()?,
    );
    let work = move |tx: &mut _, call: &_| intake::file_dossier(tx, call, &filing, &secret);
    app.change_once(officer.actor(), language, attempt, work)
        .await
}
