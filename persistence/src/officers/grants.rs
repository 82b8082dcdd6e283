//! Which roles officers hold, where and when.

use chrono::NaiveDate;
use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use domain::{
    actor::Role,
    ids::{AgencyId, GrantId, OfficerId},
    officers::{Grant, Revocation},
    time::Time,
};

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    schema::{officers, role_grants},
    sql::{Sql, for_update},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = role_grants, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<GrantId>,
    officer_id: Sql<OfficerId>,
    agency_id: Sql<AgencyId>,
    role: Sql<Role>,
    valid_from: Sql<NaiveDate>,
    valid_until: Option<Sql<NaiveDate>>,
    reason: String,
    granted_by: Option<Sql<OfficerId>>,
    approved_by: Option<Sql<OfficerId>>,
    granted_at: Sql<Time>,
    revoked_at: Option<Sql<Time>>,
    revoked_by: Option<Sql<OfficerId>>,
}

impl Row {
    fn of(grant: &Grant) -> Self {
        let Grant {
            id,
            officer,
            agency,
            role,
            from,
            until,
            reason,
            granted_by,
            approved_by,
            granted_at,
            revoked,
        } = grant.clone();
        Self {
            id: Sql(id),
            officer_id: Sql(officer),
            agency_id: Sql(agency),
            role: Sql(role),
            valid_from: Sql(from),
            valid_until: until.map(Sql),
            reason,
            granted_by: granted_by.map(Sql),
            approved_by: approved_by.map(Sql),
            granted_at: Sql(granted_at),
            revoked_at: revoked.map(|revoked| Sql(revoked.at)),
            revoked_by: revoked.and_then(|revoked| revoked.by).map(Sql),
        }
    }

    fn into_grant(self) -> Grant {
        let Self {
            id: Sql(id),
            officer_id: Sql(officer),
            agency_id: Sql(agency),
            role: Sql(role),
            valid_from: Sql(from),
            valid_until,
            reason,
            granted_by,
            approved_by,
            granted_at: Sql(granted_at),
            revoked_at,
            revoked_by,
        } = self;
        let by = revoked_by.map(Sql::into_inner);
        Grant {
            id,
            officer,
            agency,
            role,
            from,
            until: valid_until.map(Sql::into_inner),
            reason,
            granted_by: granted_by.map(Sql::into_inner),
            approved_by: approved_by.map(Sql::into_inner),
            granted_at,
            revoked: revoked_at.map(|Sql(at)| Revocation { at, by }),
        }
    }
}

/// Adds a grant. One event is owed.
///
/// # Errors
/// [`StoreError::Refused`] with `role_grants_four_eyes` or `role_grants_not_to_oneself` when the
/// people in it are not different ones; [`StoreError::Foreign`] for an unknown officer.
pub fn insert(tx: &mut Tx, grant: &Grant) -> Result<(), StoreError> {
    diesel::insert_into(role_grants::table)
        .values(Row::of(grant))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Every grant an officer ever had, oldest first. The caller has loaded the officer, and with it
/// settled who may see them.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_officer(tx: &mut Tx, officer: OfficerId) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<Row> = role_grants::table
        .filter(role_grants::officer_id.eq(Sql(officer)))
        .order((role_grants::granted_at.asc(), role_grants::id.asc()))
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_grant).collect())
}

/// The grants at one agency of an officer who is active; none for one who is not.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_active(
    tx: &mut Tx,
    officer: OfficerId,
    agency: AgencyId,
) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<Row> = role_grants::table
        .inner_join(officers::table)
        .filter(role_grants::officer_id.eq(Sql(officer)))
        .filter(role_grants::agency_id.eq(Sql(agency)))
        .filter(role_grants::revoked_at.is_null())
        .filter(officers::active.eq(true))
        .select(Row::as_select())
        .load(tx.conn())?;
    Ok(rows.into_iter().map(Row::into_grant).collect())
}

/// The officer's grant, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::Absent`], also for another officer's.
pub fn lock(tx: &mut Tx, officer: OfficerId, id: GrantId) -> Result<Grant, StoreError> {
    let row = role_grants::table
        .filter(role_grants::id.eq(Sql(id)))
        .filter(role_grants::officer_id.eq(Sql(officer)))
        .select(Row::as_select());
    for_update(row)
        .get_result::<Row>(tx.conn())
        .map(Row::into_grant)
        .map_err(StoreError::from)
}

/// Writes down that a grant was taken back. One event is owed.
///
/// # Errors
/// [`StoreError::Absent`] when it is gone, or was taken back before.
pub fn revoke(tx: &mut Tx, id: GrantId, revoked: Revocation) -> Result<(), StoreError> {
    let standing = role_grants::table
        .filter(role_grants::id.eq(Sql(id)))
        .filter(role_grants::revoked_at.is_null());
    let changed = diesel::update(standing)
        .set((
            role_grants::revoked_at.eq(Some(Sql(revoked.at))),
            role_grants::revoked_by.eq(revoked.by.map(Sql)),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(StoreError::Absent);
    }
    tx.note_save();
    Ok(())
}
