//! What the figures are folded from: the milestones of dossiers, streamed from the log.

use diesel::prelude::*;
use domain::{
    actor::Sight,
    dossiers::{Channel, EventKind, State, figures},
    ids::{AgencyId, DossierId},
    statistics::Milestone,
    time::Time,
};

use crate::{
    StoreError, Tx,
    schema::{dossiers, events},
    sql::Sql,
};

/// How many dossiers are taken at a time: what is held in memory.
const AT_A_TIME: i64 = 2000;

/// Which dossiers the figures are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this agency.
    pub agency: Option<AgencyId>,
    /// Only this field.
    pub field: Option<String>,
    /// Only this channel.
    pub channel: Option<Channel>,
}

/// Which part of the log is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Dossiers that ended for good before this instant are left out: they are in no figure of a
    /// period that begins here.
    pub since: Time,
    /// The last instant that is told. Not before `since`.
    pub until: Time,
}

/// What a dossier is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging<'a> {
    /// Its agency.
    pub agency: AgencyId,
    /// The code of its field.
    pub field: &'a str,
    /// How it came in.
    pub channel: Channel,
}

#[derive(Queryable)]
struct Row {
    dossier: DossierId,
    agency: AgencyId,
    field: String,
    channel: Channel,
    kind: String,
    at: Time,
    state: Option<String>,
    due_at: Option<Time>,
    answer_due_at: Option<Time>,
}

/// The dossiers of a sight, as the figures see them: those filed with an agency, whichever holds them
/// now. So a dossier is in the figures of one agency, the one that took it in and promised the date, and
/// those of a past period stay what they were when it goes to another one.
macro_rules! counted_in {
    ($select:expr, $sight:expr) => {
        match $sight {
            Sight::Agency(agency) => $select
                .filter(dossiers::agency_id.eq(Sql(agency)))
                .into_boxed(),
            Sight::Province => $select.into_boxed(),
            // Nobody's own dossiers make figures.
            Sight::Own(_) | Sight::Mandated(_) => return Err(StoreError::Absent),
        }
    };
}

/// Narrows a query over dossiers to those of a filter that may matter since an instant.
macro_rules! narrowed {
    ($query:expr, $filter:expr, $since:expr) => {{
        let Filter {
            agency,
            field,
            channel,
        } = $filter;
        let mut query = $query.filter(
            dossiers::updated_at.ge(Sql($since)).or(dossiers::state
                .ne(Sql(State::NotAccepted))
                .and(dossiers::state.ne(Sql(State::Stopped)))
                .and(dossiers::state.ne(Sql(State::Completed)))
                .and(dossiers::state.ne(Sql(State::Returned)))),
        );
        if let Some(agency) = agency {
            query = query.filter(dossiers::agency_id.eq(Sql(*agency)));
        }
        if let Some(field) = field {
            query = query.filter(dossiers::field_code.eq(field.clone()));
        }
        if let Some(channel) = channel {
            query = query.filter(dossiers::channel.eq(Sql(*channel)));
        }
        query
    }};
}

/// Tells every milestone of the span to `each`, those of one dossier together and in the order of
/// its versions. Drafts have none.
///
/// # Errors
/// [`StoreError::Corrupt`] when the log holds a word nobody knows; [`StoreError::Unavailable`] and
/// the like.
pub fn each_milestone(
    tx: &mut Tx,
    sight: Sight,
    filter: &Filter,
    span: Span,
    mut each: impl FnMut(&Belonging<'_>, &Milestone),
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let last = last_of_batch(tx, sight, filter, span, after)?;
        let mut course = Course::default();
        for row in batch(tx, sight, filter, span, (after, last))? {
            let Row {
                dossier,
                agency,
                field,
                channel,
                kind,
                at,
                state,
                due_at,
                answer_due_at,
            } = row;
            let kind = EventKind::parse(&kind).ok_or_else(|| unknown(&kind))?;
            let state = state.as_deref().unwrap_or_default();
            let state = State::parse(state).ok_or_else(|| unknown(state))?;
            course.follow(dossier, kind);
            let milestone = Milestone {
                dossier,
                at,
                stage: figures::stage(kind, state, course.accepted, course.answered),
                due_at,
                channel: figures::channel(channel),
                answer_due_at,
            };
            let belonging = Belonging {
                agency,
                field: &field,
                channel,
            };
            each(&belonging, &milestone);
        }
        match last {
            Some(_) => after = last,
            None => return Ok(()),
        }
    }
}

/// What earlier events of a dossier mean for the later ones.
#[derive(Default)]
struct Course {
    dossier: Option<DossierId>,
    /// Its clock has started.
    accepted: bool,
    /// Its latest supplement request has been answered.
    answered: bool,
}

impl Course {
    fn follow(&mut self, dossier: DossierId, kind: EventKind) {
        if self.dossier != Some(dossier) {
            *self = Self {
                dossier: Some(dossier),
                ..Self::default()
            };
        }
        self.accepted |= kind == EventKind::Accepted;
        self.answered |= kind == EventKind::SupplementAnswered;
        self.answered &= kind != EventKind::SupplementRequested;
    }
}

fn unknown(word: &str) -> StoreError {
    StoreError::Corrupt(format!("the log holds the unknown word {word:?}"))
}

/// The last dossier of the batch after `after`; none if the rest is one batch.
fn last_of_batch(
    tx: &mut Tx,
    sight: Sight,
    filter: &Filter,
    span: Span,
    after: Option<DossierId>,
) -> Result<Option<DossierId>, StoreError> {
    let select = dossiers::table.select(dossiers::id);
    let query = counted_in!(select, sight).filter(dossiers::state.ne(Sql(State::Draft)));
    let mut query = narrowed!(query, filter, span.since);
    if let Some(after) = after {
        query = query.filter(dossiers::id.gt(Sql(after)));
    }
    let last: Option<DossierId> = query
        .order(dossiers::id.asc())
        .offset(AT_A_TIME - 1)
        .limit(1)
        .first(tx.conn())
        .optional()?;
    Ok(last)
}

fn batch(
    tx: &mut Tx,
    sight: Sight,
    filter: &Filter,
    span: Span,
    (after, last): (Option<DossierId>, Option<DossierId>),
) -> Result<Vec<Row>, StoreError> {
    let select = events::table
        .inner_join(dossiers::table.on(events::dossier_id.eq(dossiers::id.nullable())))
        .select((
            dossiers::id,
            dossiers::agency_id,
            dossiers::field_code,
            dossiers::channel,
            events::kind,
            events::at,
            events::state,
            events::due_at,
            dossiers::answer_due_at,
        ));
    let query = counted_in!(select, sight).filter(dossiers::state.ne(Sql(State::Draft)));
    let mut query = narrowed!(query, filter, span.since)
        .filter(events::state.ne(State::Draft.as_str()))
        .filter(events::at.le(Sql(span.until)));
    if let Some(after) = after {
        query = query.filter(dossiers::id.gt(Sql(after)));
    }
    if let Some(last) = last {
        query = query.filter(dossiers::id.le(Sql(last)));
    }
    Ok(query
        .order((dossiers::id.asc(), events::version.asc()))
        .load(tx.conn())?)
}
