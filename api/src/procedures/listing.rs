//! Finding procedures: by words, field, level, agency and online service, page by page.

use domain::{
    ids::AgencyId,
    procedures::{FieldCode, Level, ProcedureVersion, search},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::IntoParams;

use super::brief::{OnlineService, ProcedureSummary};
use crate::{
    api_code::ApiCode,
    call::Call,
    extract::Language,
    failure::{Failure, FieldError, Refusal},
};

/// What the list of procedures may be narrowed by.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProcedureQuery {
    /// Words of the name, the field or the code; accents and case do not matter.
    #[param(max_length = 100, example = "trich luc")]
    pub q: Option<String>,
    /// Only this field.
    #[param(value_type = Option<String>, max_length = 10, pattern = "^[A-Z][0-9]{2}-[A-Z]{2,4}[0-9]{2}$", example = "G15-HT01")]
    pub field: Option<FieldCode>,
    /// Only what this level of government decides.
    pub level: Option<Level>,
    /// Only what can be filed at this agency.
    #[param(value_type = Option<uuid::Uuid>)]
    pub agency_id: Option<AgencyId>,
    /// Only what can be done online this far.
    pub online: Option<OnlineService>,
    /// How many items a page has, 1 to 100.
    #[serde(default, skip_serializing)]
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[serde(default, skip_serializing)]
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// The longest text that is searched for, in characters.
const LONGEST_QUERY: usize = 100;

/// Words to search for, if they can be.
///
/// # Errors
/// `invalid-parameter` for a text too long to search for.
pub fn searchable(q: Option<&str>) -> Result<(), Failure> {
    if q.is_none_or(|q| q.chars().count() <= LONGEST_QUERY) {
        return Ok(());
    }
    let refusal = Refusal::new(ApiCode::InvalidParameter);
    Err(refusal
        .at(FieldError::edge("q", ApiCode::InvalidParameter))
        .into())
}

impl ProcedureQuery {
    fn matches(&self, call: &Call, procedure: &ProcedureVersion) -> bool {
        let Self {
            q,
            field,
            level,
            agency_id,
            online,
            page_size: _,
            page_token: _,
        } = self;
        let search_text = call.posted.search_text(procedure);
        q.as_ref().is_none_or(|q| search::matches(search_text, q))
            && field.as_ref().is_none_or(|it| *it == procedure.field)
            && level.is_none_or(|it| it == procedure.level || procedure.level == Level::Both)
            && online.is_none_or(|it| it == OnlineService::of(&procedure.online))
            && agency_id.is_none_or(|id| {
                let agency = call.posted.agency(id);
                agency.is_some_and(|agency| agency.offers(procedure))
            })
    }

    /// The query, if it can be asked.
    ///
    /// # Errors
    /// `invalid-parameter` for a text too long to search for.
    pub fn checked(self) -> Result<Self, Failure> {
        searchable(self.q.as_deref()).map(|()| self)
    }

    /// The procedures in force today that fit, by code, with the code each is listed by.
    pub fn found(&self, call: &Call, language: Language) -> Vec<(String, ProcedureSummary)> {
        let today = call.now.date();
        let mut found: Vec<_> = call
            .posted
            .catalogue()
            .procedures
            .iter()
            .filter(|procedure| procedure.in_force(today) && self.matches(call, procedure))
            .map(|procedure| ProcedureSummary::of(procedure, language))
            .map(|summary| (summary.code.clone(), summary))
            .collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found
    }
}

/// The page of a sorted list that begins after a key, and the key to go on after.
pub fn page_after<K, T>(all: Vec<(K, T)>, after: Option<&K>, size: u8) -> (Vec<T>, Option<K>)
where
    K: Ord + Clone + Serialize + DeserializeOwned,
{
    let mut rest = all
        .into_iter()
        .skip_while(|(key, _)| after.is_some_and(|after| key <= after));
    let page: Vec<(K, T)> = rest.by_ref().take(size.into()).collect();
    let more = rest.next().is_some();
    let last = page.last().map(|(key, _)| key.clone());
    let items = page.into_iter().map(|(_, item)| item).collect();
    (items, last.filter(|_| more))
}

#[cfg(test)]
mod tests {
    use super::page_after;

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let all = || (1..=5).map(|n| (n, n * 10)).collect::<Vec<(u8, u8)>>();
        for (after, size, items, next) in [
            (None, 2, vec![10, 20], Some(2)),
            (Some(2), 2, vec![30, 40], Some(4)),
            (Some(4), 2, vec![50], None),
            (None, 5, vec![10, 20, 30, 40, 50], None),
            (Some(5), 2, vec![], None),
        ] {
            assert_eq!(page_after(all(), after.as_ref(), size), (items, next));
        }
    }
}
