//! Lists of results: of one dossier, and a citizen's own.

use domain::{
    actor::Actor,
    disclosures::AccessAction,
    ids::{DossierId, ResultDocumentId},
    mandates::Act,
    rejection::Code,
    time::Time,
};
use persistence::{StoreError, Tx, dossiers, results};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::{
    call::Call,
    disclosures::opening::opened,
    dossiers::{
        parts::{result_view, shown_results},
        view::ResultView,
    },
    failure::Failure,
    page::{self, List, PageTokens},
    page_type,
};

page_type!(
    /// A page of results, newest first.
    ResultPage of ResultView
);

/// How a citizen's list of results is paged.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ResultListQuery {
    /// How many items a page has, 1 to 100.
    #[serde(default, skip_serializing)]
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[serde(default, skip_serializing)]
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// After which result a page begins.
pub type Place = (Time, ResultDocumentId);

/// The place as it travels in a page token: microseconds and id.
type Mark = (i64, ResultDocumentId);

/// The results of a dossier the actor may see; recalled ones are not among them.
///
/// # Errors
/// `not-found`.
pub fn list_results(tx: &mut Tx, call: &Call, id: DossierId) -> Result<ResultPage, Failure> {
    let dossier = opened(tx, call, id, AccessAction::Follow)?;
    let found = results::of_dossier(tx, dossier.id)?;
    let may_receive = match dossiers::find(
        tx,
        id,
        &call.reading(AccessAction::Follow)?.to(Act::Receive),
    ) {
        Ok(_) => true,
        Err(StoreError::Absent) => false,
        Err(error) => return Err(error.into()),
    };
    Ok(ResultPage {
        items: shown_results(call, &dossier, &found, may_receive),
        next_page_token: None,
    })
}

/// One page of the citizen's own results, and the place after it if there is more.
///
/// # Errors
/// `role-forbids` for anybody but a citizen.
pub fn list_my_results(
    tx: &mut Tx,
    call: &Call,
    (size, place): (u8, Option<Place>),
) -> Result<(Vec<ResultView>, Option<Place>), Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    let limit = i64::from(size).saturating_add(1);
    let mut found = results::of_person(tx, person, place, limit)?;
    let more = found.len() > usize::from(size);
    found.truncate(usize::from(size));
    let last = found.last().map(|result| (result.issued_at, result.id));
    Ok((
        // The list holds only what was handed over.
        found
            .iter()
            .map(|result| result_view(result, true))
            .collect(),
        last.filter(|_| more),
    ))
}

/// Opens the query of a list: how many, and after which.
///
/// # Errors
/// `invalid-page-token`, `invalid-parameter`.
pub fn wanted(
    tokens: &PageTokens,
    list: &List<'_, ResultListQuery>,
) -> Result<(u8, Option<Place>), Failure> {
    let mark: Option<Mark> = tokens.open(list, list.filter.page_token.as_deref())?;
    let place = mark.and_then(|(micros, id)| Some((Time::from_micros(micros)?, id)));
    Ok((page::size(list.filter.page_size)?, place))
}

/// The page with the token of the next one.
///
/// # Errors
/// `internal`.
pub fn paged(
    tokens: &PageTokens,
    list: &List<'_, ResultListQuery>,
    (items, next): (Vec<ResultView>, Option<Place>),
) -> Result<ResultPage, Failure> {
    let mark = |(at, id): Place| tokens.sign::<Mark, _>(list, &(at.micros(), id));
    Ok(ResultPage {
        items,
        next_page_token: next.map(mark).transpose()?,
    })
}
