//! Operations on the figures.

use actix_web::{get, web};

use super::{
    use_cases,
    wire::{PeriodSummary, SummaryQuery},
};
use crate::{
    app::App,
    extract::{IfNoneMatch, Language, Officer, Query},
    failure::Failure,
    reply::WithEtag,
};

/// The figures of a period.
///
/// Carried over, newly received, finished, open and refused, by the definitions of the one-stop
/// reports. Every share names what is divided by what, the period, the cut-off and the filters, and
/// is null where nothing is there to divide by. A dossier is counted at the agency that took it in, whichever
/// holds it now: so every agency's figures balance by themselves, and a transfer changes none of the past.
#[utoipa::path(
    tag = "Statistics",
    security(("access_token" = [])),
    params(SummaryQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The figures.", body = PeriodSummary),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/statistics/summary")]
pub(crate) async fn summarise_period(
    app: web::Data<App>,
    officer: Officer,
    language: Language,
    query: Query<SummaryQuery>,
) -> Result<WithEtag<PeriodSummary>, Failure> {
    let call = app.call(officer.actor());
    let (wanted, scope) = query.0.wanted(call.now)?;
    let folding = call.clone();
    let figures = app
        .store
        .report(move |tx| use_cases::summarise_period(tx, &folding, &wanted))
        .await?;
    Ok(WithEtag::hashed(PeriodSummary::of(
        figures, &scope, &call, language,
    )))
}
