//! Operations by which results are read.

use actix_web::{get, web};

use super::listing::{self, ResultListQuery, ResultPage};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    dossiers::wire::DossierPath,
    extract::{Caller, Citizen, IfNoneMatch, Path, Query},
    failure::Failure,
    page::{List, PageQuery},
    reply::WithEtag,
};

/// The results of a dossier.
///
/// A result that was recalled is not among them. The document itself is at `/v1/files/{file_id}`; the
/// citizen may have it once it was handed over, which waits for every fee.
#[utoipa::path(
    tag = "Results",
    security(("access_token" = [])),
    params(DossierPath, StatedPurpose, IfNoneMatch),
    responses(
        (status = 200, description = "The results, oldest first, always on one page.", body = ResultPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{dossier_id}/results")]
pub(crate) async fn list_results(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<DossierPath>,
) -> Result<WithEtag<ResultPage>, Failure> {
    let id = path.0.dossier_id;
    let list = move |tx: &mut _, call: &_| listing::list_results(tx, call, id);
    Ok(WithEtag::hashed(
        app.look_for(caller.0, purpose.0, list).await?,
    ))
}

/// The citizen's own results, newest first.
///
/// Every result ever handed over to the citizen, whichever agency issued it: nobody has to hand in again
/// what the state has handed out.
#[utoipa::path(
    tag = "Results",
    security(("access_token" = [])),
    params(PageQuery, IfNoneMatch),
    responses(
        (status = 200, description = "A page of results.", body = ResultPage),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/results")]
pub(crate) async fn list_my_results(
    app: web::Data<App>,
    citizen: Citizen,
    query: Query<ResultListQuery>,
) -> Result<WithEtag<ResultPage>, Failure> {
    let list = &List {
        operation: "list_my_results",
        principal: citizen.person.uuid(),
        filter: &query.0,
    };
    let wanted = listing::wanted(&app.page_tokens, list)?;
    let look = move |tx: &mut _, call: &_| listing::list_my_results(tx, call, wanted);
    let rows = app.look(citizen.actor(), look).await?;
    let page = listing::paged(&app.page_tokens, list, rows)?;
    Ok(WithEtag::hashed(page))
}
