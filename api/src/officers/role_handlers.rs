//! The operations on officers' roles, and what takes two people about an account.

use actix_web::{get, post, web};

use super::{
    accounts, roles,
    wire::{GrantPath, OfficerPath, OfficerRoles, RoleBody},
};
use crate::{
    app::App,
    document::problems::Conflict,
    extract::{IfNoneMatch, Json, Officer, Path},
    failure::Failure,
    proposals::wire::ProposalView,
    reply::WithEtag,
};

/// An officer's roles.
///
/// Every one that was given, at every agency, with its days, and whether it holds now.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath, IfNoneMatch),
    responses(
        (status = 200, description = "The roles, oldest first.", body = OfficerRoles),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{officer_id}/roles")]
pub(crate) async fn list_roles(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
) -> Result<WithEtag<OfficerRoles>, Failure> {
    let id = path.0.officer_id;
    let look = move |tx: &mut _, call: &_| accounts::get_officer(tx, call, id);
    let (_, held) = app.look(officer.actor(), look).await?;
    Ok(WithEtag::hashed(OfficerRoles::of(held, app.clock.now())))
}

/// Propose a role for an officer.
///
/// It holds once another administrator agrees. Administrators of an agency propose the roles of case
/// work at that agency, those of the province every role but their own; nobody proposes or approves
/// anything for themself (403 `not-to-oneself`).
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath),
    request_body = RoleBody,
    responses((status = 200, description = "It waits for a second person.", body = ProposalView), Conflict),
)]
#[post("/{officer_id}/roles")]
pub(crate) async fn propose_role(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
    Json { body, digest: _ }: Json<RoleBody>,
) -> Result<WithEtag<ProposalView>, Failure> {
    let (call, id, wish) = (app.call(officer.actor()), path.0.officer_id, body.into());
    let propose = move |tx: &mut _| roles::propose_role(tx, &call, id, &wish);
    let proposal = app.store.write(propose).await?;
    Ok(WithEtag::hashed(proposal.try_into()?))
}

/// Take a role back.
///
/// At once and by one person. Tokens that name the role answer 401 from then on.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(GrantPath),
    responses((status = 200, description = "The roles as they are now.", body = OfficerRoles), Conflict),
)]
#[post("/{officer_id}/roles/{grant_id}/revoke")]
pub(crate) async fn revoke_role(
    app: web::Data<App>,
    officer: Officer,
    path: Path<GrantPath>,
) -> Result<WithEtag<OfficerRoles>, Failure> {
    let GrantPath {
        officer_id,
        grant_id,
    } = path.0;
    let call = app.call(officer.actor());
    let now = call.now;
    let revoke = move |tx: &mut _| roles::revoke_role(tx, &call, officer_id, grant_id);
    let held = app.store.write(revoke).await?;
    Ok(WithEtag::hashed(OfficerRoles::of(held, now)))
}

/// Propose to reset an officer's sign-in.
///
/// For accounts of administrators: once another administrator agrees, the account has a one-time
/// password, which the one who agrees is shown.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath),
    responses((status = 200, description = "It waits for a second person.", body = ProposalView), Conflict),
)]
#[post("/{officer_id}/reset_sign_in")]
pub(crate) async fn propose_reset_sign_in(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
) -> Result<WithEtag<ProposalView>, Failure> {
    let (call, id) = (app.call(officer.actor()), path.0.officer_id);
    let propose = move |tx: &mut _| roles::propose_reset_sign_in(tx, &call, id);
    let proposal = app.store.write(propose).await?;
    Ok(WithEtag::hashed(proposal.try_into()?))
}
