//! Operations that look at dossiers and change nothing.

use actix_web::{get, post, web};
use persistence::dossiers::Filter;

use super::{
    answer::{DossierAnswer, versioned},
    check::DossierCheck,
    deadline, filing,
    ledger::DeadlineView,
    listing::{self, DossierPage, ListQuery},
    receipt, render,
    slip::ReceiptSlip,
    timeline::{self, Timeline},
    view::DossierView,
    wire::DossierPath,
};
use crate::{
    app::App,
    call::Asking,
    disclosures::stated::{Stated, StatedPurpose},
    document::problems::Conflict,
    extract::{Caller, Citizen, IfNoneMatch, Language, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::WithEtag,
};

/// The citizen's dossiers, newest first.
///
/// Drafts and filed dossiers alike. `next_page_token` leads on; there are no totals.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(ListQuery, PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of dossiers.", body = DossierPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_dossiers(
    app: web::Data<App>,
    citizen: Citizen,
    language: Language,
    query: Query<ListQuery>,
) -> Result<WithEtag<DossierPage>, Failure> {
    let (actor, query) = (citizen.actor(), query.0);
    let list = &List {
        operation: "list_dossiers",
        principal: citizen.person.uuid(),
        filter: &query,
    };
    let filter = Filter {
        state: query.state,
        mandate: query.mandate_id,
        ..Filter::default()
    };
    let wanted = listing::wanted(
        &app.page_tokens,
        list,
        filter,
        (query.page_size, query.page_token.as_deref()),
    )?;
    let rows = app
        .look(actor, move |tx, call| {
            listing::list_dossiers(tx, call, language, &wanted)
        })
        .await?;
    Ok(WithEtag::hashed(listing::paged(
        &app.page_tokens,
        list,
        rows,
    )?))
}

/// One dossier in full.
///
/// One answer holds what one screen shows: state in words, papers, supplement requests, fees,
/// results, and what the caller could do now.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, IfNoneMatch),
    responses(
        (status = 200, description = "The dossier.", body = DossierView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}")]
pub(crate) async fn get_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    show(&app, (citizen.actor(), None), path, language).await
}

/// The dossier, for whoever may see it.
pub(crate) async fn show(
    app: &App,
    (asking, stated): (impl Into<Asking>, Option<Stated>),
    path: Path<DossierPath>,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    let id = path.0.dossier_id;
    app.look_for(asking, stated, move |tx, call| {
        render::show_dossier(tx, call, language, id)
    })
    .await
    .map(versioned)
}

/// Check a draft before submitting.
///
/// Says everything that is missing, what it will cost and when it would be due, and changes nothing.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath),
    responses((status = 200, description = "What the check found.", body = DossierCheck), Conflict),
)]
#[post("/{dossier_id}/check")]
pub(crate) async fn check_dossier(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DossierPath>,
    language: Language,
) -> Result<WithEtag<DossierCheck>, Failure> {
    let id = path.0.dossier_id;
    let check = app
        .look(citizen.actor(), move |tx, call| {
            filing::check_dossier(tx, call, id)
        })
        .await?;
    Ok(WithEtag::hashed(DossierCheck::of(check, language)))
}

/// What happened to a dossier, in a citizen's words.
///
/// One entry for every public event, oldest first, each with the state and the due date afterwards.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The timeline, oldest first.", body = Timeline),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/timeline")]
pub(crate) async fn get_timeline(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
    language: Language,
) -> Result<WithEtag<Timeline>, Failure> {
    let id = path.0.dossier_id;
    let timeline = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            timeline::show_timeline(tx, call, language, id)
        })
        .await?;
    Ok(WithEtag::hashed(timeline))
}

/// The due date, explained.
///
/// Every segment the clock counted, skipped or stood still in, with the rule that applied.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The ledger of the due date.", body = DeadlineView),
        (status = 304, description = "The tag held still stands."),
        Conflict,
    ),
)]
#[get("/{dossier_id}/deadline")]
pub(crate) async fn get_deadline(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
) -> Result<WithEtag<DeadlineView>, Failure> {
    let id = path.0.dossier_id;
    let ledger = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            deadline::explain_deadline(tx, call, id)
        })
        .await?;
    Ok(WithEtag::hashed(ledger.into()))
}

/// The receipt slip (form 01).
///
/// Everything the slip says, from the unit at its head to the square for tracking; there is one once
/// the dossier is accepted.
#[utoipa::path(
    tag = "Dossiers",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The slip.", body = ReceiptSlip),
        (status = 304, description = "The tag held still stands."),
        Conflict,
    ),
)]
#[get("/{dossier_id}/receipt")]
pub(crate) async fn get_receipt(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
    language: Language,
) -> Result<WithEtag<ReceiptSlip>, Failure> {
    let (id, public_url) = (path.0.dossier_id, app.config.public_url.clone());
    let slip = app
        .look_for(caller.0, purpose.0, move |tx, call| {
            receipt::show_receipt(tx, call, (language, &public_url), id)
        })
        .await?;
    Ok(WithEtag::hashed(slip))
}
