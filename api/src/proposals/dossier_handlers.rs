//! The operations on proposals about dossiers.

use actix_web::{get, post, web};
use domain::{proposals::ProposalKind, sessions::Sensitive};

use super::{
    about_dossiers,
    dossier_wire::{DossierProposalPage, DossierProposalView, ExtensionBody, ReopeningBody},
    wire::ProposalPath,
};
use crate::{
    app::App,
    document::problems::{Conflict, Invalid},
    dossiers::wire::DossierPath,
    extract::{IfNoneMatch, Json, Officer, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::WithEtag,
};

type Answer = Result<WithEtag<DossierProposalView>, Failure>;

/// Propose a later date than the apology named.
///
/// The law gives one extension with an apology; what goes beyond takes two people: one who works on the
/// dossier proposes, an approver approves. Needs a fresh proof.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath),
    request_body = ExtensionBody,
    responses((status = 200, description = "It waits for a second person.", body = DossierProposalView), Conflict),
)]
#[post("/{dossier_id}/propose_extension")]
pub(crate) async fn propose_extension(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    body: Json<ExtensionBody>,
) -> Answer {
    let (call, id, content) = (
        app.call(officer.actor()),
        path.0.dossier_id,
        body.body.check()?,
    );
    let what = (ProposalKind::ExtendDeadline, Sensitive::ProposeExtension);
    let propose = move |tx: &mut _| about_dossiers::propose(tx, &call, id, what, &content);
    let proposal = app.store.write(propose).await?;
    Ok(WithEtag::hashed(DossierProposalView::of(&proposal, None)?))
}

/// Propose to open a closed dossier again.
///
/// What was refused, stopped or withdrawn by mistake; never a result that was handed over. One officer
/// proposes, an approver approves; the due date stays what it was. Needs a fresh proof.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath),
    request_body = ReopeningBody,
    responses((status = 200, description = "It waits for a second person.", body = DossierProposalView), Conflict),
)]
#[post("/{dossier_id}/propose_reopening")]
pub(crate) async fn propose_reopening(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    body: Json<ReopeningBody>,
) -> Answer {
    let (call, id, content) = (
        app.call(officer.actor()),
        path.0.dossier_id,
        body.body.check()?,
    );
    let what = (ProposalKind::ReopenDossier, Sensitive::ProposeReopening);
    let propose = move |tx: &mut _| about_dossiers::propose(tx, &call, id, what, &content);
    let proposal = app.store.write(propose).await?;
    Ok(WithEtag::hashed(DossierProposalView::of(&proposal, None)?))
}

/// What waits for a leader about dossiers.
///
/// Proposals about the dossiers that the agency holds now, decided ones too, newest first.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of proposals.", body = DossierProposalPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_dossier_proposals(
    app: web::Data<App>,
    officer: Officer,
    query: Query<PageQuery>,
) -> Result<WithEtag<DossierProposalPage>, Failure> {
    let list = List {
        operation: "list_dossier_proposals",
        principal: officer.officer.uuid(),
        filter: &officer.agency,
    };
    let begin = (query.0.page_size, query.0.page_token.as_deref());
    let (after, limit) = app.page_tokens.begin(&list, begin)?;
    let look =
        move |tx: &mut _, call: &_| about_dossiers::list_dossier_proposals(tx, call, after, limit);
    let rows = app.look(officer.actor(), look).await?;
    let next_page_token = app.page_tokens.next(&list, rows.next)?;
    let items = rows.items.into_iter();
    let items = items.map(|(proposal, code)| DossierProposalView::of(&proposal, code));
    Ok(WithEtag::hashed(DossierProposalPage {
        items: items.collect::<Result<Vec<_>, _>>()?,
        next_page_token,
    }))
}

/// Agree to a proposal about a dossier.
///
/// By an approver who did not propose it (403 `second-person-needed`), with a fresh proof. It takes effect
/// at once; 409 `proposal-closed` once it was decided, has run out, or its author could not propose it any
/// more.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(ProposalPath),
    responses(
        (status = 200, description = "It has taken effect.", body = DossierProposalView),
        Conflict,
        Invalid,
    ),
)]
#[post("/{proposal_id}/approve")]
pub(crate) async fn approve_dossier_proposal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<ProposalPath>,
) -> Answer {
    let (call, id) = (app.call(officer.actor()), path.0.proposal_id);
    let approve = move |tx: &mut _| about_dossiers::approve_dossier_proposal(tx, &call, id);
    let proposal = app.store.write(approve).await?;
    Ok(WithEtag::hashed(DossierProposalView::of(&proposal, None)?))
}

/// Decline a proposal about a dossier.
///
/// By an approver; also by the one who made it, who takes it back like this.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(ProposalPath),
    responses((status = 200, description = "The proposal as it is now.", body = DossierProposalView), Conflict),
)]
#[post("/{proposal_id}/decline")]
pub(crate) async fn decline_dossier_proposal(
    app: web::Data<App>,
    officer: Officer,
    path: Path<ProposalPath>,
) -> Answer {
    let (call, id) = (app.call(officer.actor()), path.0.proposal_id);
    let decline = move |tx: &mut _| about_dossiers::decline_dossier_proposal(tx, &call, id);
    let proposal = app.store.write(decline).await?;
    Ok(WithEtag::hashed(DossierProposalView::of(&proposal, None)?))
}
