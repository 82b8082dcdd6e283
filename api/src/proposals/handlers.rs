//! The operations on proposals.

use actix_web::{get, post, web};
use domain::proposals::ProposalKind;

use super::{
    use_cases,
    wire::{Approval, ProposalPage, ProposalPath, ProposalView},
};
use crate::{
    app::App,
    auth::passwords,
    document::problems::Conflict,
    extract::{IfNoneMatch, Officer, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::{Secret, WithEtag},
};

/// What waits for a second person.
///
/// Proposals about officers of the agencies the caller looks after, decided ones too, newest first.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of proposals.", body = ProposalPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_proposals(
    app: web::Data<App>,
    officer: Officer,
    query: Query<PageQuery>,
) -> Result<WithEtag<ProposalPage>, Failure> {
    let list = List {
        operation: "list_proposals",
        principal: officer.officer.uuid(),
        filter: &officer.agency,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look = move |tx: &mut _, call: &_| use_cases::list_proposals(tx, call, after, limit);
    let rows = app.look(officer.actor(), look).await?;
    let next_page_token = app.page_tokens.next(&list, rows.next)?;
    let items = rows.items.into_iter().map(TryInto::try_into);
    Ok(WithEtag::hashed(ProposalPage {
        items: items.collect::<Result<Vec<ProposalView>, _>>()?,
        next_page_token,
    }))
}

/// Agree to a proposal.
///
/// It takes effect at once. 403 `second-person-needed` for the one who proposed it, 409
/// `proposal-closed` once it was decided, has run out, or its author could not propose it any more.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(ProposalPath),
    responses((status = 200, description = "It has taken effect.", body = Approval), Conflict),
)]
#[post("/{proposal_id}/approve")]
pub(crate) async fn approve_proposal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<ProposalPath>,
) -> Result<Secret<Approval>, Failure> {
    let id = path.0.proposal_id;
    let look = move |tx: &mut _, call: &_| use_cases::kind_of(tx, call, id);
    let password = match app.look(officer.actor(), look).await? {
        ProposalKind::GrantRole | ProposalKind::ExtendDeadline | ProposalKind::ReopenDossier => {
            None
        }
        ProposalKind::ResetSignIn => Some(passwords::one_time()?),
    };
    let hash = app.passwords.hash_some(password.as_ref()).await?;
    let call = app.call(officer.actor());
    let approve = move |tx: &mut _| use_cases::approve_proposal(tx, &call, id, hash.as_ref());
    let proposal = app.store.write(approve).await?.try_into()?;
    Ok(Secret(Approval {
        proposal,
        one_time_password: password.as_ref().map(passwords::shown),
    }))
}

/// Decline a proposal.
///
/// Also for the one who made it, who takes it back like this.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(ProposalPath),
    responses((status = 200, description = "The proposal as it is now.", body = ProposalView), Conflict),
)]
#[post("/{proposal_id}/decline")]
pub(crate) async fn decline_proposal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<ProposalPath>,
) -> Result<WithEtag<ProposalView>, Failure> {
    let (call, id) = (app.call(officer.actor()), path.0.proposal_id);
    let decline = move |tx: &mut _| use_cases::decline_proposal(tx, &call, id);
    let proposal = app.store.write(decline).await?;
    Ok(WithEtag::hashed(proposal.try_into()?))
}
