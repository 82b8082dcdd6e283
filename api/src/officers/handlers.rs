//! The operations on officers' accounts.

use actix_web::{get, patch, post, web};

use super::{
    accounts::{self, Target},
    hiring::NewOfficer,
    wire::{
        NewPassword, OfficerBody, OfficerPage, OfficerPatch, OfficerPath, OfficerView,
        OfficersQuery,
    },
};
use crate::{
    app::App,
    auth::passwords,
    document::problems::Conflict,
    extract::{IfMatch, IfNoneMatch, Json, Officer, Path, Query},
    failure::Failure,
    page::List,
    reply::{Secret, WithEtag},
};

/// An agency's officers.
///
/// Newest first, of the agency asked for or the caller's own. An administrator of an agency sees those
/// of that agency, one of the province everybody.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficersQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of officers.", body = OfficerPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_officers(
    app: web::Data<App>,
    officer: Officer,
    query: Query<OfficersQuery>,
) -> Result<WithEtag<OfficerPage>, Failure> {
    let OfficersQuery {
        agency_id,
        page_size,
        page_token,
    } = query.0;
    let agency = agency_id.unwrap_or(officer.agency);
    let list = List {
        operation: "list_officers",
        principal: officer.officer.uuid(),
        filter: &agency,
    };
    let begin = (page_size, page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| accounts::list_officers(tx, call, agency, after, limit);
    let rows = app.look(officer.actor(), look).await?;
    Ok(WithEtag::hashed(OfficerPage {
        next_page_token: app.page_tokens.next(&list, rows.next)?,
        items: rows.items.into_iter().map(Into::into).collect(),
    }))
}

/// Make an officer's account.
///
/// Without a role: those are proposed and approved. The password in the answer is for choosing another
/// one at the first sign-in and is not shown again.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    request_body = OfficerBody,
    responses((status = 200, description = "The account.", body = NewPassword), Conflict),
)]
#[post("")]
pub(crate) async fn create_officer(
    app: web::Data<App>,
    officer: Officer,
    Json { body, digest: _ }: Json<OfficerBody>,
) -> Result<Secret<NewPassword>, Failure> {
    let OfficerBody {
        login,
        full_name,
        agency_id,
    } = body;
    let password = passwords::one_time()?;
    let new = NewOfficer {
        login,
        full_name,
        password_hash: app.passwords.hash(&password).await?,
        agency: agency_id,
    };
    let call = app.call(officer.actor());
    let create = move |tx: &mut _| accounts::create_officer(tx, &call, &new);
    let made = app.store.write(create).await?;
    Ok(Secret(NewPassword {
        officer: made.into(),
        one_time_password: passwords::shown(&password),
    }))
}

/// One officer's account.
///
/// What an administrator needs to know of it; the roles are beside it.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath, IfNoneMatch),
    responses(
        (status = 200, description = "The account.", body = OfficerView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{officer_id}")]
pub(crate) async fn get_officer(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
) -> Result<WithEtag<OfficerView>, Failure> {
    let id = path.0.officer_id;
    let look = move |tx: &mut _, call: &_| accounts::get_officer(tx, call, id);
    let (found, _) = app.look(officer.actor(), look).await?;
    Ok(WithEtag::versioned(found.version, found.into()))
}

/// Change an officer's account.
///
/// A merge patch (RFC 7396). An account out of use signs in no more, and its tokens end with their next
/// use. 403 `not-to-oneself` for one's own account, `role-forbids` for one that holds a role the caller
/// could not take.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath, IfMatch),
    request_body(content = OfficerPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The account as it is now.", body = OfficerView)),
)]
#[patch("/{officer_id}")]
pub(crate) async fn change_officer(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
    IfMatch(version): IfMatch,
    Json { body, digest: _ }: Json<OfficerPatch>,
) -> Result<WithEtag<OfficerView>, Failure> {
    let (call, changes) = (app.call(officer.actor()), body.into_changes()?);
    let id = path.0.officer_id;
    let target = Target { id, version };
    let change = move |tx: &mut _| accounts::change_officer(tx, &call, target, &changes);
    let officer = app.store.write(change).await?;
    Ok(WithEtag::versioned(officer.version, officer.into()))
}

/// Reset an officer's password.
///
/// The password in the answer is for choosing another one and is not shown again. An administrator's
/// account takes two people: 403 `second-person-needed`, and the proposal to reset sign-in.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath, IfMatch),
    responses((status = 200, description = "The account as it is now.", body = NewPassword)),
)]
#[post("/{officer_id}/reset_password")]
pub(crate) async fn reset_password(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
    IfMatch(version): IfMatch,
) -> Result<WithEtag<NewPassword>, Failure> {
    let password = passwords::one_time()?;
    let hash = app.passwords.hash(&password).await?;
    let (call, id) = (app.call(officer.actor()), path.0.officer_id);
    let target = Target { id, version };
    let reset = move |tx: &mut _| accounts::reset_password(tx, &call, target, &hash);
    let changed = app.store.write(reset).await?;
    let body = NewPassword {
        one_time_password: passwords::shown(&password),
        officer: changed.into(),
    };
    Ok(WithEtag::versioned(body.officer.version, body))
}
