//! What waits for an officer: one answer for the first screen.

use chrono::Duration;
use domain::{deadlines, disclosures::AccessAction, dossiers::State, time::Time};
use persistence::{
    Tx,
    dossiers::{self, Filter, Order},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    assignments::{use_cases::work, wire::WorkOf},
    call::Call,
    dossiers::listing::{DossierSummary, Wanted, list_dossiers},
    extract::Language,
    failure::Failure,
    office::intake::own_agency,
};

/// How far ahead "due soon" looks where the calendar does not say how long a working day is.
const SOON: Duration = Duration::hours(24);

/// How many dossiers each part of the inbox shows; the list has the rest.
const SHOWN: u8 = 20;

/// What the inbox is narrowed by.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InboxQuery {
    /// Only open work, by whose it is: the caller's, or nobody's from acceptance on.
    #[param(inline)]
    pub work: Option<WorkOf>,
}

/// The officer's first screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inbox {
    /// How many dossiers stand in each state.
    #[schema(max_items = 11)]
    pub counts: Vec<StateCount>,
    /// Filed and not looked at yet, newest first.
    #[schema(max_items = 20)]
    pub waiting: Vec<DossierSummary>,
    /// Those of them filed online and not answered yet, with the time for an answer; what is to be
    /// answered first comes first, and what is late before it.
    #[schema(max_items = 20)]
    pub to_answer: Vec<DossierSummary>,
    /// Open, not paused, and overdue or due within 24 hours of working time; what is due first
    /// comes first.
    #[schema(max_items = 20)]
    pub due_soon: Vec<DossierSummary>,
}

/// How many dossiers stand in one state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// How many.
    #[schema(minimum = 0)]
    pub count: i64,
}

/// The inbox of this officer's sight.
///
/// # Errors
/// `unavailable` and the like.
pub fn get_inbox(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    of: Option<WorkOf>,
) -> Result<Inbox, Failure> {
    let work = work(call, of)?;
    let mut counts: Vec<_> =
        dossiers::counts_by_state(tx, call.reading(AccessAction::List)?.sight(), work)?
            .into_iter()
            .map(|(state, count)| StateCount { state, count })
            .collect();
    counts.sort_by_key(|count| count.state);
    let waiting = Filter {
        state: Some(State::Registered),
        ..Filter::default()
    };
    let urgent = Filter {
        due_before: Some(soon(call)?),
        ..Filter::default()
    };
    let unanswered = Filter {
        unanswered: true,
        ..Filter::default()
    };
    let mut part = |filter, order| {
        let filter = Filter { work, ..filter };
        let wanted = Wanted {
            filter,
            place: None,
            order,
            size: SHOWN,
        };
        list_dossiers(tx, call, language, &wanted).map(|(items, _)| items)
    };
    Ok(Inbox {
        counts,
        waiting: part(waiting, Order::NewestFirst)?,
        to_answer: part(unanswered, Order::AnswerFirst)?,
        due_soon: part(urgent, Order::MostUrgentFirst)?,
    })
}

/// Before when a dossier of the officer's agency is due soon. Where the calendar ends, an officer
/// still sees what is late.
fn soon(call: &Call) -> Result<Time, Failure> {
    let working = call.posted.working_time(own_agency(call)?)?;
    Ok(deadlines::warned_before(call.now, &working).unwrap_or_else(|_| call.now.plus(SOON)))
}
