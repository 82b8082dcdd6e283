//! Lists of dossiers: newest first, page by page, by what an index can answer.

use diesel::prelude::*;
use domain::{
    actor::Sight,
    dossiers::{Channel, DossierCode, State},
    ids::{AgencyId, DossierId, MandateId, PersonId},
    payments::fees::CollectedAt,
    personal::Personal,
    text::folded,
    time::Time,
};

use super::{
    in_sight,
    listed::{Listed, shown},
};
use crate::{
    StoreError, Tx,
    assignments::{Work, nobodys_work, work_of},
    disclosures::Reading,
    schema::{dossiers, obligations, supplements},
    sql::{Sql, Written, row_before},
};

/// What a list may be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this state.
    pub state: Option<State>,
    /// Only this agency; for actors who see more than one.
    pub agency: Option<AgencyId>,
    /// Words of the applicant's name, accents ignored; or a whole official code.
    pub query: Option<String>,
    /// Only open dossiers due before this instant. Nothing is due while the clock stands still.
    pub due_before: Option<Time>,
    /// Only what was filed online and waits for the desk's first answer.
    pub unanswered: bool,
    /// Only open work that was accepted, by whose it is.
    pub work: Option<Work>,
    /// Only what was drafted under this mandate, or another one of the same ward or organisation.
    pub mandate: Option<MandateId>,
    /// Only this citizen's.
    pub owner: Option<PersonId>,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The newest: every list that is read page by page.
    NewestFirst,
    /// What is due first.
    MostUrgentFirst,
    /// What is to be answered first.
    AnswerFirst,
}

/// Where a page begins: after this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the last row of the page before was created.
    pub created_at: Time,
    /// Its id.
    pub id: DossierId,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Summary {
    /// Its id.
    pub id: DossierId,
    /// Its version.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// The official code.
    pub code: Option<String>,
    /// Which procedure.
    pub procedure: String,
    /// Which agency holds it.
    pub agency: AgencyId,
    /// Which it was filed with.
    pub filed_with: AgencyId,
    /// Whose account it belongs to.
    pub owner: Option<PersonId>,
    /// How it came in.
    pub channel: Channel,
    /// Whose matter it is.
    pub applicant_name: Personal<String>,
    /// When the result is due.
    pub due_at: Option<Time>,
    /// Since when the clock stands still.
    pub paused_since: Option<Time>,
    /// When it was created.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// When it was filed.
    pub submitted_at: Option<Time>,
    /// Until when the desk answers what was filed online.
    pub answer_due_at: Option<Time>,
    /// When it first answered.
    pub answered_at: Option<Time>,
    /// What it still waits for.
    pub awaited: Awaited,
}

/// What a dossier still waits for, as far as its citizen is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Awaited {
    /// Until when the request nobody has answered yet may be answered.
    pub answer_until: Option<Time>,
    /// When something unpaid is collected: at intake, if anything is collected then.
    pub fee: Option<CollectedAt>,
}

// Written out, as the indexes over what is still awaited ask for.
const OPEN: Written = Written("supplements.status = 'open'");
const DUE: Written = Written("obligations.state = 'due'");

// One row of each by the dossier's own index. Not `EXISTS`: PostgreSQL may answer that by reading
// all that is owed to anybody once.
macro_rules! awaited {
    () => {
        (
            supplements::table
                .filter(supplements::dossier_id.eq(dossiers::id).and(OPEN))
                .select(supplements::reply_by)
                .order(supplements::round.desc())
                .limit(1)
                .single_value(),
            obligations::table
                .filter(obligations::dossier_id.eq(dossiers::id).and(DUE))
                .select(obligations::collected)
                .order(obligations::collected.eq(Sql(CollectedAt::Intake)).desc())
                .limit(1)
                .single_value(),
        )
    };
}

/// What one dossier still waits for.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn awaited(tx: &mut Tx, id: DossierId) -> Result<Awaited, StoreError> {
    Ok(dossiers::table
        .filter(dossiers::id.eq(Sql(id)))
        .select(awaited!())
        .first(tx.conn())?)
}

// A macro, because the type of the last part cannot be written down.
macro_rules! columns {
    () => {
        (
            dossiers::id,
            dossiers::version,
            dossiers::state,
            dossiers::code,
            dossiers::procedure_code,
            dossiers::holder_id,
            dossiers::agency_id,
            dossiers::owner_id,
            dossiers::channel,
            dossiers::applicant_name,
            dossiers::due_at,
            dossiers::paused_since,
            dossiers::created_at,
            dossiers::updated_at,
            dossiers::submitted_at,
            dossiers::answer_due_at,
            dossiers::answered_at,
            awaited!(),
        )
    };
}

/// A pattern for `LIKE` by which the words are found anywhere, each standing for itself.
fn within(words: &str) -> String {
    let literal = folded(words)
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{literal}%")
}

/// What a list that is read page by page is ordered by.
const NEWEST: (dossiers::created_at, dossiers::id) = (dossiers::created_at, dossiers::id);

// A macro, because the type of the query cannot be written down.
macro_rules! by_clock {
    ($query:expr, $filter:expr) => {{
        let (mut query, filter) = ($query, $filter);
        if let Some(due) = filter.due_before {
            query = query.filter(
                dossiers::due_at
                    .lt(Sql(due))
                    .and(dossiers::finished_at.is_null())
                    .and(dossiers::paused_since.is_null()),
            );
        }
        if filter.unanswered {
            query = query.filter(
                dossiers::answered_at
                    .is_null()
                    .and(dossiers::answer_due_at.is_not_null())
                    .and(dossiers::state.eq(Sql(State::Registered))),
            );
        }
        query
    }};
}

/// The page that begins after `place` in an order; only what is ordered newest first has places.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn list(
    tx: &mut Tx,
    reading: &Reading,
    filter: &Filter,
    (place, order): (Option<Place>, Order),
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let mut query =
        in_sight!(dossiers::table.select(columns!()), reading.sight(), query => query.into_boxed());
    if let Some(state) = filter.state {
        query = query.filter(dossiers::state.eq(Sql(state)));
    }
    if let Some(agency) = filter.agency {
        query = query.filter(dossiers::holder_id.eq(Sql(agency)));
    }
    query = by_clock!(query, filter);
    match filter.work {
        None => {}
        Some(Work::Of(officer)) => query = query.filter(work_of!(officer)),
        Some(Work::Nobodys { on }) => query = query.filter(nobodys_work!(on)),
    }
    if let Some(mandate) = filter.mandate {
        query = query.filter(crate::mandates::of_the_mandator_of(mandate));
    }
    if let Some(owner) = filter.owner {
        query = query.filter(dossiers::owner_id.eq(Sql(owner)));
    }
    if let Some(words) = &filter.query {
        query = match DossierCode::parse(words.trim()) {
            Some(code) => query.filter(dossiers::code.eq(Some(code.as_str().to_owned()))),
            None => query.filter(
                dossiers::applicant_name_folded
                    .like(within(words))
                    .escape('\\'),
            ),
        };
    }
    if let Some(Place { created_at, id }) = place {
        query = query.filter(row_before(NEWEST, (Sql(created_at), Sql(id))));
    }
    let query = match order {
        Order::NewestFirst => query.order((dossiers::created_at.desc(), dossiers::id.desc())),
        Order::MostUrgentFirst => query.order((dossiers::due_at.asc(), dossiers::id.asc())),
        Order::AnswerFirst => query.order((dossiers::answer_due_at.asc(), dossiers::id.asc())),
    };
    let rows = query.limit(limit).load(tx.conn())?;
    shown(tx, reading, rows)
}

/// How many dossiers stand in each state, for the inbox of one sight; of the
/// work asked for, if any is.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn counts_by_state(
    tx: &mut Tx,
    sight: Sight,
    work: Option<Work>,
) -> Result<Vec<(State, i64)>, StoreError> {
    let select = dossiers::table
        .group_by(dossiers::state)
        .select((dossiers::state, diesel::dsl::count_star()));
    let counts = in_sight!(select, sight, query => match work {
        None => query.load(tx.conn()),
        Some(Work::Of(officer)) => query.filter(work_of!(officer)).load(tx.conn()),
        Some(Work::Nobodys { on }) => query.filter(nobodys_work!(on)).load(tx.conn()),
    });
    Ok(counts?)
}
