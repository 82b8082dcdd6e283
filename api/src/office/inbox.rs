//! What waits for an officer: one answer for the first screen.

use chrono::Duration;
use domain::dossiers::State;
use persistence::{
    Tx,
    dossiers::{self, Filter},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    call::Call,
    dossiers::listing::{DossierSummary, Wanted, list_dossiers},
    extract::Language,
    failure::Failure,
};

/// How far ahead "due soon" looks.
const SOON: Duration = Duration::hours(24);

/// How many dossiers each part of the inbox shows; the list has the rest.
const SHOWN: u8 = 20;

/// The officer's first screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inbox {
    /// How many dossiers stand in each state.
    #[schema(max_items = 11)]
    pub counts: Vec<StateCount>,
    /// Filed and not looked at yet, newest first.
    #[schema(max_items = 20)]
    pub waiting: Vec<DossierSummary>,
    /// Open and due within 24 hours, or overdue.
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
pub fn get_inbox(tx: &mut Tx, call: &Call, language: Language) -> Result<Inbox, Failure> {
    let mut counts: Vec<_> = dossiers::counts_by_state(tx, call.actor.sight())?
        .into_iter()
        .map(|(state, count)| StateCount { state, count })
        .collect();
    counts.sort_by_key(|count| count.state);
    let waiting = Filter {
        state: Some(State::Registered),
        ..Filter::default()
    };
    let soon = Filter {
        due_before: Some(call.now.plus(SOON)),
        ..Filter::default()
    };
    let mut part = |filter| {
        let wanted = Wanted {
            filter,
            place: None,
            size: SHOWN,
        };
        list_dossiers(tx, call, language, &wanted).map(|(items, _)| items)
    };
    Ok(Inbox {
        counts,
        waiting: part(waiting)?,
        due_soon: part(soon)?,
    })
}
