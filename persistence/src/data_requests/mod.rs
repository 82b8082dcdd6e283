//! Data-subject requests (yêu cầu của chủ thể dữ liệu).

mod row;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{
    actor::Sight,
    data_requests::DataRequest,
    ids::{DataRequestId, PersonId},
    mandates::Reach,
    time::Time,
};

use self::row::Row;
use crate::{
    StoreError, Tx,
    page::{Limit, Page},
    schema::data_requests,
    sealing,
    sql::{Sql, for_update, row_before},
};

/// Where a list of requests goes on: newest first.
pub type Key = (Time, DataRequestId);

/// Adds a request. One event is owed.
///
/// # Errors
/// [`StoreError::Duplicate`] with `data_requests_person_id_controller_id_kind_key` while the same is asked already.
pub fn insert(tx: &mut Tx, request: &DataRequest) -> Result<(), StoreError> {
    let key = sealing::of_subject(tx, request.person.uuid())?;
    let row = Row::of(request, key.as_deref())?;
    diesel::insert_into(data_requests::table)
        .values(row)
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Writes a request back, whose `version` is one above that of the row it was loaded from. One event is
/// owed.
///
/// # Errors
/// [`StoreError::Absent`] when the row has moved on.
pub fn save(tx: &mut Tx, request: &DataRequest) -> Result<(), StoreError> {
    let key = sealing::of_subject(tx, request.person.uuid())?;
    let row = Row::of(request, key.as_deref())?;
    let loaded = data_requests::table
        .find(Sql(request.id))
        .filter(data_requests::version.eq(request.version - 1));
    let changed = diesel::update(loaded).set(row).execute(tx.conn())?;
    if changed == 0 {
        return Err(StoreError::Absent);
    }
    tx.note_save();
    Ok(())
}

fn opened(tx: &mut Tx, row: Row) -> Result<DataRequest, StoreError> {
    let key = sealing::of_subject(tx, row.person().uuid())?;
    row.into_request(key.as_deref())
}

/// The request, if it is the citizen's own or was addressed to an agency in sight.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn find(tx: &mut Tx, id: DataRequestId, sight: Sight) -> Result<DataRequest, StoreError> {
    let one = data_requests::table.find(Sql(id)).select(Row::as_select());
    let row: Row = match sight {
        Sight::Province => one.first(tx.conn())?,
        Sight::Agency(agency) => one
            .filter(data_requests::controller_id.eq(Sql(agency)))
            .first(tx.conn())?,
        Sight::Own(person)
        | Sight::Mandated(Reach {
            person,
            on: _,
            act: _,
        }) => one
            .filter(data_requests::person_id.eq(Sql(person)))
            .first(tx.conn())?,
    };
    opened(tx, row)
}

/// The request, locked until the transaction ends, if it is in sight.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn lock(tx: &mut Tx, id: DataRequestId, sight: Sight) -> Result<DataRequest, StoreError> {
    let one = data_requests::table
        .find(Sql(id))
        .select(data_requests::version);
    for_update(one).get_result::<i64>(tx.conn())?;
    find(tx, id, sight)
}

/// The requests in sight, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    sight: Sight,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<DataRequest, Key>, StoreError> {
    let mut newest = data_requests::table
        .order((data_requests::received_at.desc(), data_requests::id.desc()))
        .limit(limit.and_one())
        .select(Row::as_select())
        .into_boxed();
    match sight {
        Sight::Province => {}
        Sight::Agency(agency) => {
            newest = newest.filter(data_requests::controller_id.eq(Sql(agency)));
        }
        // A mandate opens dossiers, and nothing that is said about one's own data.
        Sight::Own(person)
        | Sight::Mandated(Reach {
            person,
            on: _,
            act: _,
        }) => newest = newest.filter(data_requests::person_id.eq(Sql(person))),
    }
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (data_requests::received_at, data_requests::id),
            (Sql(at), Sql(id)),
        ));
    }
    Page::cut(newest.load(tx.conn())?, limit, Row::key).try_map(|row| opened(tx, row))
}

/// Every request of a citizen, oldest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<DataRequest>, StoreError> {
    let rows: Vec<Row> = data_requests::table
        .filter(data_requests::person_id.eq(Sql(person)))
        .order((data_requests::received_at, data_requests::id))
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(|row| opened(tx, row)).collect()
}

/// Requests whose alarm has gone off, longest ago first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn with_alarm(tx: &mut Tx, now: Time, most: i64) -> Result<Vec<DataRequestId>, StoreError> {
    Ok(data_requests::table
        .filter(data_requests::alarm_at.le(Some(Sql(now))))
        .order(data_requests::alarm_at.asc())
        .limit(most)
        .select(data_requests::id)
        .load(tx.conn())?)
}
