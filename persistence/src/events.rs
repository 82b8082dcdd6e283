//! The event log: one row per change, appended in the change's own transaction.
#![expect(
    clippy::ref_option_ref,
    reason = "the derive for inserting refers to every field"
)]

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use domain::{
    actor::Actor,
    ids::{AgencyId, DossierId, EventId, MandateId, PersonId},
    time::Time,
};

use crate::{Json, StoreError, Tx, connection::MultiBackend, schema::events, sql::Sql};

/// What happened, for the log: ids and codes, and in the payload the reason and the legal ground as
/// somebody typed them. No field of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// The event's own id, made by the caller.
    pub id: EventId,
    /// The dossier it happened to.
    pub dossier: Option<DossierId>,
    /// The agency concerned.
    pub agency: Option<AgencyId>,
    /// The citizen concerned.
    pub person: Option<PersonId>,
    /// The version its subject has after the change.
    pub version: i64,
    /// What happened, as the domain names it.
    pub kind: &'a str,
    /// Who did it.
    pub actor: &'a Actor,
    /// When.
    pub at: Time,
    /// The dossier's state after the change.
    pub state: Option<&'a str>,
    /// When it is due after the change.
    pub due_at: Option<Time>,
    /// The channel it came through.
    pub channel: Option<&'a str>,
    /// What else belongs to the record; `on_behalf_of` is added to it where an officer stands in for
    /// another one.
    pub payload: Json,
}

#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct NewRow<'a> {
    id: Sql<EventId>,
    dossier_id: Option<Sql<DossierId>>,
    agency_id: Option<Sql<AgencyId>>,
    person_id: Option<Sql<PersonId>>,
    version: i64,
    kind: &'a str,
    actor_kind: &'static str,
    actor_id: Option<Sql<uuid::Uuid>>,
    at: Sql<Time>,
    state: Option<&'a str>,
    due_at: Option<Sql<Time>>,
    channel: Option<&'a str>,
    payload: Sql<Json>,
    mandate_id: Option<Sql<MandateId>>,
    seq: Option<i64>,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = events, check_for_backend(MultiBackend))]
pub struct Event {
    /// The event's id.
    pub id: EventId,
    /// Its place in the order of the whole log, once the sequencer has given it one.
    pub seq: Option<i64>,
    /// The dossier it happened to.
    pub dossier_id: Option<DossierId>,
    /// The agency concerned.
    pub agency_id: Option<AgencyId>,
    /// The citizen concerned.
    pub person_id: Option<PersonId>,
    /// The version its subject has after the change.
    pub version: i64,
    /// What happened.
    pub kind: String,
    /// `citizen`, `officer` or `system`.
    pub actor_kind: String,
    /// The citizen's or officer's id.
    pub actor_id: Option<uuid::Uuid>,
    /// When.
    pub at: Time,
    /// The dossier's state after the change.
    pub state: Option<String>,
    /// When it is due after the change.
    pub due_at: Option<Time>,
    /// The channel it came through.
    pub channel: Option<String>,
    /// What else belongs to the record.
    pub payload: Json,
}

/// Appends an event and counts it against the transaction's saves.
///
/// # Errors
/// [`StoreError::Duplicate`] (`events_dossier_id_version_key`) when the dossier already has an
/// event of this version.
pub fn append(tx: &mut Tx, event: NewEvent<'_>) -> Result<(), StoreError> {
    append_under(tx, event, None)
}

/// The same for what happened to a dossier that was drafted under a mandate.
///
/// # Errors
/// As [`append`].
pub fn append_under(
    tx: &mut Tx,
    event: NewEvent<'_>,
    mandate: Option<MandateId>,
) -> Result<(), StoreError> {
    let NewEvent {
        id,
        dossier,
        agency,
        person,
        version,
        kind,
        actor,
        at,
        state,
        due_at,
        channel,
        payload,
    } = event;
    let (actor_kind, actor_id) = match actor {
        Actor::Citizen { person } => ("citizen", Some(person.uuid())),
        Actor::Officer { officer, .. } => ("officer", Some(officer.uuid())),
        Actor::System => ("system", None),
    };
    let payload = match (actor, tx.on_behalf_of()) {
        (Actor::Officer { .. }, Some(officer)) => payload.with("on_behalf_of", &officer)?,
        (Actor::Officer { .. } | Actor::Citizen { .. } | Actor::System, _) => payload,
    };
    diesel::insert_into(events::table)
        .values(NewRow {
            id: Sql(id),
            dossier_id: dossier.map(Sql),
            agency_id: agency.map(Sql),
            person_id: person.map(Sql),
            version,
            kind,
            actor_kind,
            actor_id: actor_id.map(Sql),
            at: Sql(at),
            state,
            due_at: due_at.map(Sql),
            channel,
            payload: Sql(payload),
            mandate_id: mandate.map(Sql),
            // The sequencer's to give, after the commit.
            seq: tx.seams().number_before_commit(at),
        })
        .execute(tx.conn())?;
    tx.note_event();
    Ok(())
}

/// The sequenced events after a place in the order, in order: 0 begins at the beginning.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<Event>, StoreError> {
    Ok(events::table
        .filter(events::seq.gt(seq))
        .order(events::seq.asc())
        .limit(limit)
        .select(Event::as_select())
        .load(tx.conn())?)
}

/// A dossier's events in the order of its versions.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Event>, StoreError> {
    Ok(events::table
        .filter(events::dossier_id.eq(Sql(dossier)))
        .order(events::version.asc())
        .select(Event::as_select())
        .load(tx.conn())?)
}
