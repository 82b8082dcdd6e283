//! Rows of `data_requests`, and how they become requests.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    data_requests::{Alarm, DataRequest, DataRequestKind, DataRequestState, RefusalGround},
    ids::{AgencyId, DataRequestId, OfficerId, PersonId},
    personal::Personal,
    time::Time,
};

use crate::{
    Json, StoreError, connection::MultiBackend, disclosures::Witness, schema::data_requests,
    sealing, sealing::DataKey, sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = data_requests, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Sql<DataRequestId>,
    person_id: Sql<PersonId>,
    controller_id: Sql<AgencyId>,
    kind: Sql<DataRequestKind>,
    fields: Sql<Json>,
    details: Option<Vec<u8>>,
    state: Sql<DataRequestState>,
    version: i64,
    received_at: Sql<Time>,
    answer_by: Sql<Time>,
    acknowledged_at: Option<Sql<Time>>,
    due_at: Sql<Time>,
    original_due_at: Sql<Time>,
    extended_at: Option<Sql<Time>>,
    extension_reason: Option<Vec<u8>>,
    closed_at: Option<Sql<Time>>,
    refusal: Option<Sql<RefusalGround>>,
    note: Option<Vec<u8>>,
    handled_by: Option<Sql<OfficerId>>,
    drafts_erased: Option<i32>,
    dossiers_kept: Option<i32>,
    alarm: Option<Sql<Alarm>>,
    alarm_at: Option<Sql<Time>>,
    escalated_at: Option<Sql<Time>>,
}

fn place(id: DataRequestId, key: &DataKey) -> sealing::Row<'_> {
    sealing::Row {
        table: "data_requests",
        id: id.uuid(),
        key,
    }
}

/// Seals where there is a key: after an erasure nothing is kept of what was said.
fn sealed(
    at: (DataRequestId, Option<&DataKey>),
    column: &'static str,
    text: Option<&Personal<String>>,
) -> Result<Option<Vec<u8>>, StoreError> {
    match at {
        (id, Some(key)) => place(id, key).seal_if_there(column, text),
        (_, None) => Ok(None),
    }
}

fn opened(
    at: (DataRequestId, Option<&DataKey>),
    column: &'static str,
    bytes: Option<&[u8]>,
) -> Result<Option<Personal<String>>, StoreError> {
    match at {
        (id, Some(key)) => place(id, key).open_if_there(column, bytes, &Witness::of_a_letter()),
        (_, None) => Ok(None),
    }
}

fn counted(number: i32) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Corrupt("a count of an erasure".to_owned()))
}

impl Row {
    pub(super) fn of(request: &DataRequest, key: Option<&DataKey>) -> Result<Self, StoreError> {
        #[rustfmt::skip]
        let DataRequest {
            id, person, controller, kind, fields, details, state, version, received_at, answer_by,
            acknowledged_at, due_at, original_due_at, extended, closed_at, refusal, note,
            handled_by, erased, alarm, escalated_at,
        } = request;
        let at = (*id, key);
        let reason = extended.as_ref().and_then(|(_, reason)| reason.as_ref());
        let (drafts, kept) = erased.unzip();
        let stored = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(Self {
            id: Sql(*id),
            person_id: Sql(*person),
            controller_id: Sql(*controller),
            kind: Sql(*kind),
            fields: Sql(Json::of(fields)?),
            details: sealed(at, "details", details.as_ref())?,
            state: Sql(*state),
            version: *version,
            received_at: Sql(*received_at),
            answer_by: Sql(*answer_by),
            acknowledged_at: acknowledged_at.map(Sql),
            due_at: Sql(*due_at),
            original_due_at: Sql(*original_due_at),
            extended_at: extended.as_ref().map(|(when, _)| Sql(*when)),
            extension_reason: sealed(at, "extension_reason", reason)?,
            closed_at: closed_at.map(Sql),
            refusal: refusal.map(Sql),
            note: sealed(at, "note", note.as_ref())?,
            handled_by: handled_by.map(Sql),
            drafts_erased: drafts.map(stored),
            dossiers_kept: kept.map(stored),
            alarm: alarm.map(|(alarm, _)| Sql(alarm)),
            alarm_at: alarm.map(|(_, at)| Sql(at)),
            escalated_at: escalated_at.map(Sql),
        })
    }

    pub(super) fn into_request(self, key: Option<&DataKey>) -> Result<DataRequest, StoreError> {
        #[rustfmt::skip]
        let Self {
            id: Sql(id), person_id: Sql(person), controller_id: Sql(controller), kind: Sql(kind),
            fields: Sql(fields), details, state: Sql(state), version,
            received_at: Sql(received_at), answer_by: Sql(answer_by), acknowledged_at,
            due_at: Sql(due_at), original_due_at: Sql(original_due_at), extended_at,
            extension_reason, closed_at, refusal, note, handled_by, drafts_erased, dossiers_kept,
            alarm, alarm_at, escalated_at,
        } = self;
        let at = (id, key);
        let reason = opened(at, "extension_reason", extension_reason.as_deref())?;
        let drafts = drafts_erased.map(counted).transpose()?;
        let kept = dossiers_kept.map(counted).transpose()?;
        Ok(DataRequest {
            id,
            person,
            controller,
            kind,
            fields: fields.parse()?,
            details: opened(at, "details", details.as_deref())?,
            state,
            version,
            received_at,
            answer_by,
            acknowledged_at: acknowledged_at.map(Sql::into_inner),
            due_at,
            original_due_at,
            extended: extended_at.map(|Sql(when)| (when, reason)),
            closed_at: closed_at.map(Sql::into_inner),
            refusal: refusal.map(Sql::into_inner),
            note: opened(at, "note", note.as_deref())?,
            handled_by: handled_by.map(Sql::into_inner),
            erased: drafts.zip(kept),
            alarm: alarm
                .map(Sql::into_inner)
                .zip(alarm_at.map(Sql::into_inner)),
            escalated_at: escalated_at.map(Sql::into_inner),
        })
    }

    pub(super) const fn person(&self) -> PersonId {
        self.person_id.0
    }

    pub(super) const fn key(&self) -> super::Key {
        (self.received_at.0, self.id.0)
    }
}
