//! Who stands in for whom (ủy quyền, phân công thay thế).

mod row;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl,
    SelectableHelper,
};
use domain::{
    ids::{AgencyId, DeputyId, OfficerId},
    officers::{Deputy, Revocation},
    time::Time,
};

use crate::{
    StoreError, Tx,
    page::{Limit, Page},
    schema::deputies,
    sql::{Sql, for_update, row_before},
};
use row::Row;

/// Where a list goes on: newest first.
pub type Key = (Time, DeputyId);

/// Whose are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of one officer, on either side.
    Officer(OfficerId),
    /// All of one agency.
    Agency(AgencyId),
}

/// Adds one. One event is owed.
///
/// # Errors
/// [`StoreError::Refused`] with `deputies_another`, `deputies_not_to_oneself`, `deputies_role` or
/// `deputies_days`; [`StoreError::Foreign`] for an unknown officer.
pub fn insert(tx: &mut Tx, deputy: &Deputy) -> Result<(), StoreError> {
    diesel::insert_into(deputies::table)
        .values(Row::of(deputy))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// The one of this id, for whoever acts by it: asked anew in each of their transactions.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn find(tx: &mut Tx, id: DeputyId) -> Result<Option<Deputy>, StoreError> {
    let row: Option<Row> = deputies::table
        .find(Sql(id))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Row::into_deputy))
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn lock(tx: &mut Tx, id: DeputyId) -> Result<Deputy, StoreError> {
    let row = deputies::table.find(Sql(id)).select(Row::as_select());
    for_update(row)
        .get_result::<Row>(tx.conn())
        .map(Row::into_deputy)
        .map_err(StoreError::from)
}

/// Writes down that one was ended. One event is owed.
///
/// # Errors
/// [`StoreError::Absent`] when it is gone, or was ended before.
pub fn end(tx: &mut Tx, id: DeputyId, ended: Revocation) -> Result<(), StoreError> {
    let standing = deputies::table
        .filter(deputies::id.eq(Sql(id)))
        .filter(deputies::ended_at.is_null());
    let changed = diesel::update(standing)
        .set((
            deputies::ended_at.eq(Some(Sql(ended.at))),
            deputies::ended_by.eq(ended.by.map(Sql)),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(StoreError::Absent);
    }
    tx.note_save();
    Ok(())
}

/// Theirs, ended ones too, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    whose: Whose,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Deputy, Key>, StoreError> {
    let mut newest = deputies::table
        .order((deputies::made_at.desc(), deputies::id.desc()))
        .limit(limit.and_one())
        .select(Row::as_select())
        .into_boxed();
    newest = match whose {
        Whose::Officer(officer) => newest.filter(
            deputies::deputised_id
                .eq(Sql(officer))
                .or(deputies::deputy_id.eq(Sql(officer))),
        ),
        Whose::Agency(agency) => newest.filter(deputies::agency_id.eq(Sql(agency))),
    };
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (deputies::made_at, deputies::id),
            (Sql(at), Sql(id)),
        ));
    }
    let rows = newest.load(tx.conn())?;
    Page::cut(rows, limit, Row::key).try_map(|row| Ok(row.into_deputy()))
}
