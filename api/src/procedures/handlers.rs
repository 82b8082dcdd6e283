//! Operations on the public catalogue: find a procedure, read it, see when it would be due.

use actix_web::{get, web};
use domain::actor::Actor;
use serde_json::Value;
use uuid::Uuid;

use super::{
    brief::ProcedurePage,
    listing::{ProcedureQuery, page_after},
    wire::{FieldBrief, FieldPage, PreviewQuery, ProcedurePath, ProcedureView},
};
use crate::{
    app::App,
    document::problems::{Conflict, Invalid},
    dossiers::{deadline::preview_deadline, ledger::DeadlineView, render::picked},
    extract::{Anonymous, IfNoneMatch, Language, Path, Query},
    failure::Failure,
    page::{self, List, PageQuery},
    reply::WithEtag,
};

/// Find procedures.
///
/// Those in force today, by code. Words are found with or without accents.
#[utoipa::path(
    tag = "Procedures",
    security(()),
    params(ProcedureQuery, PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of procedures.", body = ProcedurePage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_procedures(
    app: web::Data<App>,
    _: Anonymous,
    language: Language,
    query: Query<ProcedureQuery>,
) -> Result<WithEtag<ProcedurePage>, Failure> {
    let (call, query) = (app.call(Actor::System), query.0.checked()?);
    let list = &List {
        operation: "list_procedures",
        principal: Uuid::nil(),
        filter: &query,
    };
    let after = app.page_tokens.open(list, query.page_token.as_deref())?;
    let found = query.found(&call, language);
    let (items, next) = page_after(found, after.as_ref(), page::size(query.page_size)?);
    let sign = |place: String| app.page_tokens.sign(list, &place);
    Ok(WithEtag::catalogue(ProcedurePage {
        items,
        next_page_token: next.map(sign).transpose()?,
    }))
}

/// One procedure in full.
///
/// As it is in force today: papers with their cases, fees with reductions and their acts, the time
/// limit in words and as a rule, steps, result, legal basis, and how sure the entry is.
#[utoipa::path(
    tag = "Procedures",
    security(()),
    params(ProcedurePath, IfNoneMatch),
    responses(
        (status = 200, description = "The procedure.", body = ProcedureView),
        (status = 304, description = "The tag held still stands."),
        Conflict,
    ),
)]
#[get("/{procedure_code}")]
pub(crate) async fn get_procedure(
    app: web::Data<App>,
    _: Anonymous,
    path: Path<ProcedurePath>,
    language: Language,
) -> Result<WithEtag<ProcedureView>, Failure> {
    let call = app.call(Actor::System);
    let today = call.now.date();
    let procedure = call.posted.in_force(&path.0.procedure_code, today)?;
    Ok(WithEtag::catalogue(ProcedureView::of(
        procedure,
        &call.posted,
        language,
    )))
}

/// The form of a procedure.
///
/// A JSON Schema (draft 2020-12) of the answers that go under `form` of a dossier.
#[utoipa::path(
    tag = "Procedures",
    security(()),
    params(ProcedurePath, IfNoneMatch),
    responses(
        (status = 200, description = "The schema of the answers.", body = Object),
        (status = 304, description = "The tag held still stands."),
        Conflict,
    ),
)]
#[get("/{procedure_code}/form")]
pub(crate) async fn get_form(
    app: web::Data<App>,
    _: Anonymous,
    path: Path<ProcedurePath>,
) -> Result<WithEtag<Value>, Failure> {
    let call = app.call(Actor::System);
    let today = call.now.date();
    let procedure = call.posted.in_force(&path.0.procedure_code, today)?;
    Ok(WithEtag::catalogue(procedure.form.clone()))
}

/// When a dossier would be due.
///
/// If it were accepted now, at this agency, filed this way; with every step of the count.
#[utoipa::path(
    tag = "Procedures",
    security(()),
    params(ProcedurePath, PreviewQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The due date, explained.", body = DeadlineView),
        (status = 304, description = "The tag held still stands."),
        Conflict,
        Invalid,
    ),
)]
#[get("/{procedure_code}/due_date_preview")]
pub(crate) async fn preview_due_date(
    app: web::Data<App>,
    _: Anonymous,
    path: Path<ProcedurePath>,
    query: Query<PreviewQuery>,
) -> Result<WithEtag<DeadlineView>, Failure> {
    let (code, PreviewQuery { agency_id, channel }) = (path.0.procedure_code, query.0);
    let call = app.call(Actor::System);
    let ledger = preview_deadline(&call, &code, agency_id, channel)?;
    Ok(WithEtag::hashed(ledger.into()))
}

/// The fields procedures are grouped by.
///
/// By code; filter `/v1/procedures` with one.
#[utoipa::path(
    tag = "Procedures",
    security(()),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of fields.", body = FieldPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_fields(
    app: web::Data<App>,
    _: Anonymous,
    language: Language,
    query: Query<PageQuery>,
) -> Result<WithEtag<FieldPage>, Failure> {
    let (posted, query) = (app.posted(), query.0);
    let list = &List {
        operation: "list_fields",
        principal: Uuid::nil(),
        filter: &(),
    };
    let after = app.page_tokens.open(list, query.page_token.as_deref())?;
    let brief = |field: &domain::procedures::Field| FieldBrief {
        code: field.code.as_str().to_owned(),
        name: picked(language, &field.name),
    };
    let fields = posted.catalogue().fields.iter().map(brief);
    let mut all: Vec<_> = fields.map(|field| (field.code.clone(), field)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (items, next) = page_after(all, after.as_ref(), page::size(query.page_size)?);
    let sign = |place: String| app.page_tokens.sign(list, &place);
    Ok(WithEtag::catalogue(FieldPage {
        items,
        next_page_token: next.map(sign).transpose()?,
    }))
}
