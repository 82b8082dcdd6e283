//! Operations on agencies: the list, and the board of one.

use actix_web::{get, web};
use domain::{actor::Actor, rejection::Code};
use uuid::Uuid;

use super::wire::{AgencyPage, AgencyPath, AgencySummary, Board};
use crate::{
    app::App,
    extract::{Anonymous, IfNoneMatch, Language, Path, Query},
    failure::Failure,
    page::{self, List, PageQuery},
    procedures::listing::page_after,
    reply::WithEtag,
};

/// The agencies where dossiers can be filed.
///
/// As they are today, by id; an id stays whatever an agency is called.
#[utoipa::path(
    tag = "Agencies",
    security(()),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of agencies.", body = AgencyPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_agencies(
    app: web::Data<App>,
    _: Anonymous,
    language: Language,
    query: Query<PageQuery>,
) -> Result<WithEtag<AgencyPage>, Failure> {
    let (call, query) = (app.call(Actor::System), query.0);
    let list = &List {
        operation: "list_agencies",
        principal: Uuid::nil(),
        filter: &(),
    };
    let after = app.page_tokens.open(list, query.page_token.as_deref())?;
    let all = AgencySummary::all(&call, language);
    let (items, next) = page_after(all, after.as_ref(), page::size(query.page_size)?);
    let sign = |place| app.page_tokens.sign(list, &place);
    Ok(WithEtag::catalogue(AgencyPage {
        items,
        next_page_token: next.map(sign).transpose()?,
    }))
}

/// The posting board of a centre.
///
/// Everything that can be filed there today, in brief, for the screens in its hall.
#[utoipa::path(
    tag = "Agencies",
    security(()),
    params(AgencyPath, IfNoneMatch),
    responses(
        (status = 200, description = "The board.", body = Board),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{agency_id}/board")]
pub(crate) async fn get_board(
    app: web::Data<App>,
    _: Anonymous,
    path: Path<AgencyPath>,
    language: Language,
) -> Result<WithEtag<Board>, Failure> {
    let call = app.call(Actor::System);
    let agency = call.posted.agency(path.0.agency_id);
    let board = agency.and_then(|agency| Board::of(agency, &call, language));
    Ok(WithEtag::catalogue(board.ok_or(Code::NotFound)?))
}
