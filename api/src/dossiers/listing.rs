//! Lists of dossiers, for citizens and officers alike.

use chrono::NaiveDate;
use domain::{
    actor::Actor,
    disclosures::AccessAction,
    dossiers::{
        Channel, Standing, State,
        standing::{Owed, Round},
    },
    ids::{AgencyId, DossierId, MandateId},
    time::Time,
};
use persistence::{
    Tx,
    disclosures::Reading,
    dossiers::{self, Awaited, Filter, Listed, Order, Place, Summary},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::render::pick;
use crate::{
    assignments::wire::WorkOf,
    call::Call,
    extract::Language,
    failure::Failure,
    page::{self, List, PageTokens},
    page_type,
};

/// What a citizen's list may be narrowed by.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Only dossiers in this state.
    pub state: Option<State>,
    /// Instead of the caller's own: the dossiers this mandate opens, and for a child or an
    /// organisation all of theirs that any of the caller's mandates opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<uuid::Uuid>)]
    pub mandate_id: Option<MandateId>,
    /// How many items a page has, 1 to 100.
    #[serde(default, skip_serializing)]
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[serde(default, skip_serializing)]
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// What an officer's list may be narrowed by.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfficeListQuery {
    /// Only dossiers in this state.
    pub state: Option<State>,
    /// Only this agency, for those who see more than one.
    #[param(value_type = Option<uuid::Uuid>)]
    pub agency_id: Option<AgencyId>,
    /// An official code, or words of the applicant's name; accents do not matter.
    #[param(max_length = 100, example = "nguyen thi")]
    pub q: Option<String>,
    /// Only open dossiers due before this instant; nothing is due while its clock stands still.
    pub due_before: Option<Time>,
    /// Only open work, by whose it is: the caller's, or nobody's from acceptance on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub work: Option<WorkOf>,
    /// How many items a page has, 1 to 100.
    #[serde(default, skip_serializing)]
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[serde(default, skip_serializing)]
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// One row of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierSummary {
    /// Its id.
    pub id: DossierId,
    /// Its version.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// The official code.
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// The procedure's code.
    #[schema(max_length = 8)]
    pub procedure_code: String,
    /// The procedure's name.
    #[schema(max_length = 300)]
    pub procedure_name: String,
    /// The agency.
    pub agency_id: AgencyId,
    /// How it came in.
    pub channel: Channel,
    /// Whose matter it is.
    #[schema(max_length = 120)]
    pub applicant_name: String,
    /// Whether that name is cut to initials: to officers, unless the dossier waits at a desk of a role
    /// of theirs at their own agency. Opening the dossier shows all of it, and is written down.
    pub name_masked: bool,
    /// What the citizen must do now, if anything.
    #[schema(max_length = 200)]
    pub must_do_now: Option<String>,
    /// When the result is due.
    pub due_at: Option<Time>,
    /// The business date of `due_at` in Viet Nam.
    pub due_date: Option<NaiveDate>,
    /// Since when the clock stands still.
    pub paused_since: Option<Time>,
    /// When it was filed.
    pub submitted_at: Option<Time>,
    /// Until when the desk answers what was filed online; null once it has.
    pub answer_due_at: Option<Time>,
    /// When it last changed.
    pub updated_at: Time,
}

page_type!(
    /// A page of dossiers, newest first.
    DossierPage of DossierSummary
);

/// What is asked of a list, whoever asks.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How it is narrowed.
    pub filter: Filter,
    /// Where the page begins.
    pub place: Option<Place>,
    /// What comes first.
    pub order: Order,
    /// How many items.
    pub size: u8,
}

/// One page, and the place after it if there is more.
///
/// # Errors
/// `unavailable` and the like.
pub fn list_dossiers(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    wanted: &Wanted,
) -> Result<(Vec<DossierSummary>, Option<Place>), Failure> {
    let Wanted {
        filter,
        place,
        order,
        size,
    } = wanted;
    let limit = i64::from(*size);
    let action = match filter.query {
        Some(_) => AccessAction::Search,
        None => AccessAction::List,
    };
    // A citizen's own list is walked by an index; a mandate's by another one.
    let reading = match (call.reading(action)?, filter.mandate) {
        (Reading::Mandated(reach), None) => Reading::Own(reach.person),
        (reading, _) => reading,
    };
    let place = (*place, *order);
    let mut rows = dossiers::list(tx, &reading, filter, place, limit.saturating_add(1))?;
    let more = rows.len() > usize::from(*size);
    rows.truncate(usize::from(*size));
    let last = rows.last().map(|Listed { row, .. }| Place {
        created_at: row.created_at,
        id: row.id,
    });
    let items = rows
        .into_iter()
        .map(|row| summary(call, language, row))
        .collect();
    Ok((items, last.filter(|_| more)))
}

/// How a dossier of that state stands, by what it still waits for.
pub fn standing(call: &Call, state: State, awaited: Awaited) -> Standing {
    let Awaited { answer_until, fee } = awaited;
    Standing {
        state,
        round: Round::at(call.now, answer_until),
        owed: Owed::of(fee),
    }
}

/// A row of a list as it is shown.
pub(crate) fn summary(call: &Call, language: Language, listed: Listed) -> DossierSummary {
    let Listed { row, is_masked } = listed;
    let Summary {
        id,
        version,
        state,
        code,
        procedure,
        agency,
        filed_with: _,
        owner: _,
        channel,
        applicant_name,
        due_at,
        paused_since,
        created_at: _,
        updated_at,
        submitted_at,
        answer_due_at,
        answered_at,
        awaited,
    } = row;
    let standing = standing(call, state, awaited);
    DossierSummary {
        id,
        version,
        state,
        code,
        procedure_name: call.posted.name_of(&procedure, language),
        procedure_code: procedure,
        agency_id: agency,
        channel,
        applicant_name: applicant_name.into_revealed(),
        name_masked: is_masked,
        must_do_now: standing.citizen_must().map(|must| pick(language, must)),
        due_at,
        due_date: due_at.map(Time::date),
        paused_since,
        submitted_at,
        answer_due_at: answer_due_at.filter(|_| answered_at.is_none()),
        updated_at,
    }
}

/// The place as it travels in a page token: microseconds and id.
type Mark = (i64, DossierId);

/// Opens the token of a list: where the page begins.
///
/// # Errors
/// `invalid-page-token`, `invalid-parameter`.
pub fn wanted<F: Serialize>(
    tokens: &PageTokens,
    list: &List<'_, F>,
    filter: Filter,
    (size, token): (Option<u8>, Option<&str>),
) -> Result<Wanted, Failure> {
    let mark: Option<Mark> = tokens.open(list, token)?;
    let place = mark.and_then(|(micros, id)| {
        Some(Place {
            created_at: Time::from_micros(micros)?,
            id,
        })
    });
    Ok(Wanted {
        filter,
        place,
        order: Order::NewestFirst,
        size: page::size(size)?,
    })
}

/// The page with the token of the next one.
///
/// # Errors
/// `internal`.
pub fn paged<F: Serialize>(
    tokens: &PageTokens,
    list: &List<'_, F>,
    (items, next): (Vec<DossierSummary>, Option<Place>),
) -> Result<DossierPage, Failure> {
    let mark = |place: Place| tokens.sign::<Mark, F>(list, &(place.created_at.micros(), place.id));
    Ok(DossierPage {
        items,
        next_page_token: next.map(mark).transpose()?,
    })
}

/// Whose list it is, for the token: one citizen's, or one officer's.
pub fn principal(actor: &Actor) -> uuid::Uuid {
    match actor {
        Actor::Citizen { person } => person.uuid(),
        Actor::Officer {
            officer,
            agency: _,
            roles: _,
        } => officer.uuid(),
        Actor::System => uuid::Uuid::nil(),
    }
}
