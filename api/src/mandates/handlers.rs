//! The operations of either side on mandates.

use actix_web::{get, post, put, web};
use domain::mandates::Mandate;

use super::{
    proposing,
    use_cases::{self, Rule, Target},
    view::{self, MandatePage, MandateView},
    wire::{MandateBody, MandatePath, MandateQuery},
};
use crate::{
    app::App,
    document::problems::{Conflict, Forbidden, Invalid},
    extract::{Citizen, IfAbsent, IfMatch, IfNoneMatch, Json, Path, Query},
    failure::Failure,
    page::List,
    reply::{Created, WithEtag},
};

impl Path<MandatePath> {
    /// The mandate at the version its author last saw.
    pub(super) const fn at(&self, version: IfMatch) -> Target {
        Target {
            id: self.0.mandate_id,
            version: version.0,
        }
    }
}

/// What the caller has given and holds.
///
/// Mandates of which the caller is mandator or delegate, and those of the organisations the caller
/// represents by law; ended ones too, newest first.
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
pub(crate) async fn list_mandates(
    app: web::Data<App>,
    citizen: Citizen,
    query: Query<MandateQuery>,
) -> Result<WithEtag<MandatePage>, Failure> {
    let list = List {
        operation: "list_mandates",
        principal: citizen.person.uuid(),
        filter: &query.0.state,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let state = query.0.state;
    let look = move |tx: &mut _, call: &_| {
        let rows = use_cases::list_mandates(tx, call, state, (after, limit))?;
        view::views(tx, call, rows)
    };
    let rows = app.look(citizen.actor(), look).await?;
    Ok(WithEtag::hashed(MandatePage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: rows.items,
    }))
}

/// Propose a mandate.
///
/// The app makes the id (`UUIDv7`). Between two accounts it stands when the other one accepts; of a child
/// or an organisation it stands when an officer has looked at the paper. Another account is named by
/// telephone number and name, and only where both are right is there an answer other than
/// `unknown-reference`.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfAbsent),
    request_body = MandateBody,
    responses((status = 201, description = "The mandate waits.", body = MandateView), Conflict, Forbidden, Invalid),
)]
#[put("/{mandate_id}")]
pub(crate) async fn propose_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
    _: IfAbsent,
    body: Json<MandateBody>,
) -> Result<Created<MandateView>, Failure> {
    let (call, id) = (app.call(citizen.actor()), path.0.mandate_id);
    let proposed = body.body.checked(call.now.date())?;
    let work = move |tx: &mut _| {
        let mandate = proposing::propose_mandate(tx, &call, id, &proposed)?;
        view::view(tx, &call, mandate)
    };
    let view: MandateView = app.store.write(work).await?;
    Ok(Created {
        location: format!("/v1/me/mandates/{}", view.id),
        version: view.version,
        body: view,
    })
}

/// One mandate.
///
/// For its two sides, and who represents the organisation.
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
pub(crate) async fn get_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
) -> Result<WithEtag<MandateView>, Failure> {
    let id = path.0.mandate_id;
    let look = move |tx: &mut _, call: &_| {
        let mandate = use_cases::get_mandate(tx, call, id)?;
        view::view(tx, call, mandate)
    };
    app.look(citizen.actor(), look).await.map(versioned)
}

/// A mandate with its version tag.
pub(super) fn versioned(view: MandateView) -> WithEtag<MandateView> {
    WithEtag::versioned(view.version, view)
}

/// Agree to a mandate.
///
/// For the one of the two accounts that did not propose it; from now on it stands. Not for those of
/// children and organisations, which an officer confirms.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    responses((status = 200, description = "The mandate stands.", body = MandateView), Conflict, Forbidden),
)]
#[post("/{mandate_id}/accept")]
pub(crate) async fn accept_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
    version: IfMatch,
) -> Result<WithEtag<MandateView>, Failure> {
    let (call, target) = (app.call(citizen.actor()), path.at(version));
    let accept = move |tx: &mut _| {
        let mandate = use_cases::accept_mandate(tx, &call, target)?;
        view::view(tx, &call, mandate)
    };
    app.store.write(accept).await.map(versioned)
}

async fn change(
    app: &App,
    citizen: Citizen,
    target: Target,
    (kind, rule): (&'static str, Rule),
) -> Result<WithEtag<MandateView>, Failure> {
    let call = app.call(citizen.actor());
    let change = move |tx: &mut _| {
        let mandate = use_cases::change_mandate(tx, &call, target, (kind, rule))?;
        view::view(tx, &call, mandate)
    };
    app.store.write(change).await.map(versioned)
}

/// Refuse a proposed mandate, or take it back.
///
/// For either side, as long as it waits.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    responses((status = 200, description = "The mandate has ended.", body = MandateView), Conflict),
)]
#[post("/{mandate_id}/refuse")]
pub(crate) async fn refuse_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
    version: IfMatch,
) -> Result<WithEtag<MandateView>, Failure> {
    let refuse: Rule = |mandate, _, now| mandate.refuse(now);
    let target = path.at(version);
    change(&app, citizen, target, ("mandate_refused", refuse)).await
}

/// Revoke a mandate.
///
/// For the mandator, and who represents the organisation by law. From this moment on the delegate sees
/// and does nothing by it; what was done before stays.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    responses((status = 200, description = "The mandate has ended.", body = MandateView), Conflict, Forbidden),
)]
#[post("/{mandate_id}/revoke")]
pub(crate) async fn revoke_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
    version: IfMatch,
) -> Result<WithEtag<MandateView>, Failure> {
    let target = path.at(version);
    change(&app, citizen, target, ("mandate_revoked", Mandate::revoke)).await
}

/// Give a mandate back.
///
/// For the delegate, at any time.
#[utoipa::path(
    tag = "Mandates",
    security(("access_token" = [])),
    params(MandatePath, IfMatch),
    responses((status = 200, description = "The mandate has ended.", body = MandateView), Conflict, Forbidden),
)]
#[post("/{mandate_id}/give_back")]
pub(crate) async fn give_back_mandate(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<MandatePath>,
    version: IfMatch,
) -> Result<WithEtag<MandateView>, Failure> {
    let target = path.at(version);
    change(
        &app,
        citizen,
        target,
        ("mandate_given_back", Mandate::give_back),
    )
    .await
}
