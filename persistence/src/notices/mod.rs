//! Notices (thông báo) in citizens' inboxes, and what belongs to sending them.

pub mod deliveries;
pub mod devices;
pub mod preferences;
mod reminders;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, NullableExpressionMethods,
    OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    dsl::{count_star, exists},
};
use domain::{
    ids::{AgencyId, DossierId, EventId, NoticeId, PersonId},
    mandates::Reach,
    notices::{Notice, NoticeKind},
    time::Time,
};
use uuid::Uuid;

use crate::{
    Json, StoreError, Tx,
    connection::MultiBackend,
    mandates::opened_to,
    page::{Limit, Page},
    purge::Purge,
    schema::{dossiers, notice_preferences, notices, push_devices},
    sql::{Sql, Written, row_before},
};

pub use reminders::{Place, Unanswered, due_before, reminded, was_reminded};

/// Where an inbox goes on: newest first.
pub type Key = (Time, NoticeId);

/// What the index of unread notices covers.
const UNREAD: Written = Written("notices.read_at IS NULL");

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = notices, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<NoticeId>,
    person_id: Sql<PersonId>,
    kind: Sql<NoticeKind>,
    event_id: Sql<EventId>,
    agency_id: Option<Sql<AgencyId>>,
    dossier_id: Option<Sql<DossierId>>,
    about_id: Option<Sql<Uuid>>,
    facts: Sql<Json>,
    act_by: Option<Sql<Time>>,
    created_at: Sql<Time>,
    read_at: Option<Sql<Time>>,
}

impl Row {
    fn of(notice: &Notice) -> Result<Self, StoreError> {
        let Notice {
            id,
            person,
            kind,
            event,
            agency,
            dossier,
            about,
            facts,
            act_by,
            created_at,
            read_at,
        } = notice;
        Ok(Self {
            id: Sql(*id),
            person_id: Sql(*person),
            kind: Sql(*kind),
            event_id: Sql(*event),
            agency_id: agency.map(Sql),
            dossier_id: dossier.map(Sql),
            about_id: about.map(Sql),
            facts: Sql(Json::of(facts)?),
            act_by: act_by.map(Sql),
            created_at: Sql(*created_at),
            read_at: read_at.map(Sql),
        })
    }

    fn into_notice(self) -> Result<Notice, StoreError> {
        let Self {
            id: Sql(id),
            person_id: Sql(person),
            kind: Sql(kind),
            event_id: Sql(event),
            agency_id,
            dossier_id,
            about_id,
            facts: Sql(facts),
            act_by,
            created_at: Sql(created_at),
            read_at,
        } = self;
        Ok(Notice {
            id,
            person,
            kind,
            event,
            agency: agency_id.map(Sql::into_inner),
            dossier: dossier_id.map(Sql::into_inner),
            about: about_id.map(Sql::into_inner),
            facts: facts.parse()?,
            act_by: act_by.map(Sql::into_inner),
            created_at,
            read_at: read_at.map(Sql::into_inner),
        })
    }

    const fn key(&self) -> Key {
        (self.created_at.0, self.id.0)
    }
}

/// Puts a notice into the inbox, in the transaction of the event it tells of. It is part of that change:
/// no event of its own is owed.
///
/// # Errors
/// [`StoreError::Duplicate`] with `notices_event_id_person_id_key`, or `notices_about_id_person_id_key`
/// when a request was reminded of before.
pub fn insert(tx: &mut Tx, notice: &Notice) -> Result<(), StoreError> {
    diesel::insert_into(notices::table)
        .values(Row::of(notice)?)
        .execute(tx.conn())?;
    Ok(())
}

// Of a dossier only while it is in sight: what a mandate opened is not shown any more once it has ended.
macro_rules! in_sight_of {
    ($reach:expr) => {{
        let own = dossiers::owner_id.eq(Some(Sql($reach.person)));
        let seen = dossiers::table
            .filter(notices::dossier_id.eq(dossiers::id.nullable()))
            .filter(own.or(opened_to($reach)))
            .select(dossiers::id);
        notices::person_id
            .eq(Sql($reach.person))
            .and(notices::dossier_id.is_null().or(exists(seen)))
    }};
}

/// The citizen's notices, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    reach: Reach,
    only_unread: bool,
    (after, limit): (Option<Key>, Limit),
) -> Result<Page<Notice, Key>, StoreError> {
    let mut newest = notices::table
        .filter(in_sight_of!(reach))
        .order((notices::created_at.desc(), notices::id.desc()))
        .limit(limit.and_one())
        .select(Row::as_select())
        .into_boxed();
    if only_unread {
        newest = newest.filter(UNREAD);
    }
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (notices::created_at, notices::id),
            (Sql(at), Sql(id)),
        ));
    }
    Page::cut(newest.load(tx.conn())?, limit, Row::key).try_map(Row::into_notice)
}

/// How many the citizen has not read.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn unread(tx: &mut Tx, reach: Reach) -> Result<i64, StoreError> {
    let unread = notices::table.filter(in_sight_of!(reach)).filter(UNREAD);
    Ok(unread.select(count_star()).first(tx.conn())?)
}

/// A notice, for the citizen whose it is.
///
/// # Errors
/// [`StoreError::Absent`], also for somebody else's.
pub fn find(tx: &mut Tx, id: NoticeId, reach: Reach) -> Result<Notice, StoreError> {
    let row: Row = notices::table
        .find(Sql(id))
        .filter(in_sight_of!(reach))
        .select(Row::as_select())
        .first(tx.conn())?;
    row.into_notice()
}

/// A notice, for the worker; nothing once its time is over or its citizen was erased.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn find_for_worker(tx: &mut Tx, id: NoticeId) -> Result<Option<Notice>, StoreError> {
    let row: Option<Row> = notices::table
        .find(Sql(id))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    row.map(Row::into_notice).transpose()
}

/// The notices that tell a citizen of an event: how a feed in the order of the log finds them.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_event(
    tx: &mut Tx,
    event: EventId,
    person: PersonId,
) -> Result<Option<Notice>, StoreError> {
    let row: Option<Row> = notices::table
        .filter(notices::event_id.eq(Sql(event)))
        .filter(notices::person_id.eq(Sql(person)))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    row.map(Row::into_notice).transpose()
}

/// Notes that a citizen has read a notice, or every one up to it; how many were unread. One event is owed
/// if there were any.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn mark_read(
    tx: &mut Tx,
    notice: &Notice,
    and_older: bool,
    now: Time,
) -> Result<usize, StoreError> {
    let own = || {
        let own = notices::table.filter(notices::person_id.eq(Sql(notice.person)));
        own.filter(UNREAD)
    };
    let read = || notices::read_at.eq(Some(Sql(now)));
    let itself = diesel::update(own().filter(notices::id.eq(Sql(notice.id))));
    let mut changed = itself.set(read()).execute(tx.conn())?;
    if and_older {
        let older = row_before(
            (notices::created_at, notices::id),
            (Sql(notice.created_at), Sql(notice.id)),
        );
        let older = diesel::update(own().filter(older)).set(read());
        changed += older.execute(tx.conn())?;
    }
    if changed > 0 {
        tx.note_save();
    }
    Ok(changed)
}

/// Removes everything of somebody who was erased: notices and how they were sent, devices, choices.
pub(crate) fn drop_all(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    diesel::delete(notices::table.filter(notices::person_id.eq(Sql(person)))).execute(tx.conn())?;
    diesel::delete(push_devices::table.filter(push_devices::person_id.eq(Sql(person))))
        .execute(tx.conn())?;
    diesel::delete(notice_preferences::table.find(Sql(person))).execute(tx.conn())?;
    Ok(())
}

/// Notices made before then; how they were sent goes with them.
pub(crate) const fn past(before: Time, most: i64) -> Purge {
    Purge {
        table: "notices",
        key: "id",
        condition: "TRUE",
        at: "created_at",
        before,
        most,
    }
}
