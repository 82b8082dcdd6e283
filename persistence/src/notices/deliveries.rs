//! How far notices have come on each channel.

use diesel::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, Selectable, SelectableHelper,
};
use domain::{
    ids::{NoticeDeliveryId, NoticeId},
    notices::{DeliveryState, NoticeChannel},
    time::Time,
};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    schema::notice_deliveries,
    sql::{Sql, for_update},
};

/// The delivery of a notice by one channel to one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: NoticeDeliveryId,
    /// The notice.
    pub notice: NoticeId,
    /// The channel.
    pub channel: NoticeChannel,
    /// The device; the notice itself where a channel leads to one place only.
    pub target: Uuid,
    /// How far it has come.
    pub state: DeliveryState,
    /// Why it was skipped or failed, in a word.
    pub reason: Option<String>,
    /// What the provider calls the message.
    pub reference: Option<String>,
    /// When it was planned.
    pub created_at: Time,
    /// When the provider took it.
    pub taken_at: Option<Time>,
    /// When it came to its end.
    pub settled_at: Option<Time>,
    /// When the provider is asked next what became of it.
    pub look_at: Option<Time>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = notice_deliveries, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Sql<NoticeDeliveryId>,
    notice_id: Sql<NoticeId>,
    channel: Sql<NoticeChannel>,
    target_id: Sql<Uuid>,
    state: Sql<DeliveryState>,
    reason: Option<String>,
    reference: Option<String>,
    created_at: Sql<Time>,
    taken_at: Option<Sql<Time>>,
    settled_at: Option<Sql<Time>>,
    look_at: Option<Sql<Time>>,
}

impl Row {
    fn of(delivery: &Delivery) -> Self {
        let Delivery {
            id,
            notice,
            channel,
            target,
            state,
            reason,
            reference,
            created_at,
            taken_at,
            settled_at,
            look_at,
        } = delivery.clone();
        Self {
            id: Sql(id),
            notice_id: Sql(notice),
            channel: Sql(channel),
            target_id: Sql(target),
            state: Sql(state),
            reason,
            reference,
            created_at: Sql(created_at),
            taken_at: taken_at.map(Sql),
            settled_at: settled_at.map(Sql),
            look_at: look_at.map(Sql),
        }
    }

    fn into_delivery(self) -> Delivery {
        let Self {
            id: Sql(id),
            notice_id: Sql(notice),
            channel: Sql(channel),
            target_id: Sql(target),
            state: Sql(state),
            reason,
            reference,
            created_at: Sql(created_at),
            taken_at,
            settled_at,
            look_at,
        } = self;
        Delivery {
            id,
            notice,
            channel,
            target,
            state,
            reason,
            reference,
            created_at,
            taken_at: taken_at.map(Sql::into_inner),
            settled_at: settled_at.map(Sql::into_inner),
            look_at: look_at.map(Sql::into_inner),
        }
    }
}

/// Adds a delivery.
///
/// # Errors
/// [`StoreError::Duplicate`] with `notice_deliveries_notice_id_channel_target_id_key`.
pub fn insert(tx: &mut Tx, delivery: &Delivery) -> Result<(), StoreError> {
    diesel::insert_into(notice_deliveries::table)
        .values(Row::of(delivery))
        .execute(tx.conn())?;
    Ok(())
}

/// Writes a delivery back.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn save(tx: &mut Tx, delivery: &Delivery) -> Result<(), StoreError> {
    diesel::update(notice_deliveries::table.find(Sql(delivery.id)))
        .set(Row::of(delivery))
        .execute(tx.conn())?;
    Ok(())
}

/// A delivery, locked until the transaction ends; nothing once its notice is gone.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn lock(tx: &mut Tx, id: NoticeDeliveryId) -> Result<Option<Delivery>, StoreError> {
    let held = notice_deliveries::table
        .find(Sql(id))
        .select(notice_deliveries::id);
    let held: Option<Sql<NoticeDeliveryId>> = for_update(held).get_result(tx.conn()).optional()?;
    if held.is_none() {
        return Ok(None);
    }
    find(tx, id)
}

/// A delivery; nothing once its notice is gone.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn find(tx: &mut Tx, id: NoticeDeliveryId) -> Result<Option<Delivery>, StoreError> {
    let row: Option<Row> = notice_deliveries::table
        .find(Sql(id))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Row::into_delivery))
}

/// The deliveries of these notices, in the order in which they were planned.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_notices(tx: &mut Tx, notices: &[NoticeId]) -> Result<Vec<Delivery>, StoreError> {
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let ids = notices.iter().copied().map(Sql);
    let rows: Vec<Row> = notice_deliveries::table
        .filter(notice_deliveries::notice_id.eq_any(ids))
        .order((notice_deliveries::created_at, notice_deliveries::id))
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_delivery).collect())
}

/// Deliveries whose provider is to be asked by now what became of them.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn to_look_at(tx: &mut Tx, now: Time, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    let rows: Vec<Row> = notice_deliveries::table
        .filter(notice_deliveries::look_at.is_not_null())
        .filter(notice_deliveries::look_at.le(Some(Sql(now))))
        .order((notice_deliveries::look_at, notice_deliveries::id))
        .limit(limit)
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_delivery).collect())
}
