//! The operations of the desk on mandates.

use actix_web::{get, post, web};
use domain::{
    ids::AgencyId,
    mandates::{Mandate, MandateState},
};

use super::{
    desk,
    handlers::versioned,
    use_cases::{Rule, Target},
    view::{self, MandatePage, MandateView},
    wire::{MandatePath, MandateQuery, MandateReason},
};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    document::problems::{Conflict, Invalid},
    dossiers::wire::{DossierPath, one_text},
    extract::{IfMatch, IfNoneMatch, Json, Officer, Path, Query},
    failure::Failure,
    page::List,
    reply::WithEtag,
};

/// Mandates whose evidence is looked at here.
///
/// Of children and organisations, at the caller's agency; ended ones too, newest first.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandateQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of mandates.", body = MandatePage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_office_mandates(
    app: web::Data<App>,
    officer: Officer,
    query: Query<MandateQuery>,
) -> Result<WithEtag<MandatePage>, Failure> {
    let filter: (AgencyId, Option<MandateState>) = (officer.agency, query.0.state);
    let list = List {
        operation: "list_office_mandates",
        principal: officer.officer.uuid(),
        filter: &filter,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let state = query.0.state;
    let look = move |tx: &mut _, call: &_| {
        let rows = desk::list_office_mandates(tx, call, state, (after, limit))?;
        view::views(tx, call, rows)
    };
    let rows = app.look(officer.actor(), look).await?;
    Ok(WithEtag::hashed(MandatePage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: rows.items,
    }))
}

/// One mandate whose evidence is looked at here.
///
/// With what the paper is compared with.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfNoneMatch),
    responses(
        (status = 200, description = "The mandate.", body = MandateView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{mandate_id}")]
pub(crate) async fn get_office_mandate(
    app: web::Data<App>,
    officer: Officer,
    path: Path<MandatePath>,
) -> Result<WithEtag<MandateView>, Failure> {
    let id = path.0.mandate_id;
    let look = move |tx: &mut _, call: &_| {
        let mandate = desk::get_office_mandate(tx, call, id)?;
        view::view(tx, call, mandate)
    };
    app.look(officer.actor(), look).await.map(versioned)
}

/// The mandate a dossier was drafted under.
///
/// As it is now, ended or not; 404 where the dossier was drafted under none.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The mandate.", body = MandateView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/mandate")]
pub(crate) async fn get_dossier_mandate(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    purpose: StatedPurpose,
) -> Result<WithEtag<MandateView>, Failure> {
    let id = path.0.dossier_id;
    let look = move |tx: &mut _, call: &_| {
        let mandate = desk::get_dossier_mandate(tx, call, id)?;
        view::view(tx, call, mandate)
    };
    let found = app.look_for(officer.actor(), purpose.0, look).await;
    found.map(versioned)
}

/// Confirm a mandate.
///
/// The paper was looked at and fits: from now on the mandate stands. Not for those between two accounts,
/// who agree themselves. 422 `number-disagrees` where the number is that of somebody with another name or
/// date of birth.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    responses((status = 200, description = "The mandate stands.", body = MandateView), Conflict, Invalid),
)]
#[post("/{mandate_id}/confirm")]
pub(crate) async fn confirm_mandate(
    app: web::Data<App>,
    officer: Officer,
    path: Path<MandatePath>,
    version: IfMatch,
) -> Result<WithEtag<MandateView>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.at(version));
    let confirm = move |tx: &mut _| {
        let mandate = desk::confirm_mandate(tx, &call, target)?;
        view::view(tx, &call, mandate)
    };
    app.store.write(confirm).await.map(versioned)
}

async fn end(
    app: &App,
    officer: Officer,
    target: Target,
    (kind, rule): (&'static str, Rule),
    body: MandateReason,
) -> Result<WithEtag<MandateView>, Failure> {
    let call = app.call(officer.actor());
    let reason = one_text("/reason", &body.reason, 500)?;
    let end = move |tx: &mut _| {
        let mandate = desk::end_at_desk(tx, &call, target, (kind, rule), &reason)?;
        view::view(tx, &call, mandate)
    };
    app.store.write(end).await.map(versioned)
}

/// Refuse a mandate at the desk.
///
/// The paper does not fit; the reason is kept.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    request_body = MandateReason,
    responses((status = 200, description = "The mandate has ended.", body = MandateView), Conflict),
)]
#[post("/{mandate_id}/refuse")]
pub(crate) async fn refuse_mandate_at_desk(
    app: web::Data<App>,
    officer: Officer,
    path: Path<MandatePath>,
    version: IfMatch,
    body: Json<MandateReason>,
) -> Result<WithEtag<MandateView>, Failure> {
    let refuse: Rule = |mandate, _, now| mandate.refuse(now);
    let target = path.at(version);
    end(
        &app,
        officer,
        target,
        ("mandate_refused", refuse),
        body.body,
    )
    .await
}

/// Revoke a mandate at the desk.
///
/// For a child, who has no account, and for an organisation: a guardianship ended, a representative was
/// replaced. The reason is kept.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    request_body = MandateReason,
    responses((status = 200, description = "The mandate has ended.", body = MandateView), Conflict),
)]
#[post("/{mandate_id}/revoke")]
pub(crate) async fn revoke_mandate_at_desk(
    app: web::Data<App>,
    officer: Officer,
    path: Path<MandatePath>,
    version: IfMatch,
    body: Json<MandateReason>,
) -> Result<WithEtag<MandateView>, Failure> {
    let target = path.at(version);
    end(
        &app,
        officer,
        target,
        ("mandate_revoked", Mandate::revoke),
        body.body,
    )
    .await
}
