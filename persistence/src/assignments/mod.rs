//! Whose work a dossier is, and was.

use chrono::NaiveDate;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use domain::{
    assignments::{Assignment, AssignmentEnd},
    ids::{AgencyId, AssignmentId, DossierId, OfficerId},
    personal::Personal,
    time::Time,
};

use crate::{StoreError, Tx, connection::MultiBackend, schema::assignments, sql::Sql};

/// Whose work is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One officer's.
    Of(OfficerId),
    /// Nobody's: the common pile. What was assigned to somebody who works on dossiers no more counts, too.
    Nobodys {
        /// The day on which roles are looked at.
        on: NaiveDate,
    },
}

/// Open dossiers that are this officer's work.
macro_rules! work_of {
    ($officer:expr) => {
        $crate::schema::dossiers::finished_at.is_null().and(
            $crate::schema::dossiers::id.eq_any(
                $crate::schema::assignments::table
                    .filter($crate::schema::assignments::officer_id.eq(Sql($officer)))
                    .filter($crate::schema::assignments::ended_at.is_null())
                    .select($crate::schema::assignments::dossier_id),
            ),
        )
    };
}
pub(crate) use work_of;

/// Open dossiers, from acceptance on, that are nobody's work on that day.
macro_rules! nobodys_work {
    ($on:expr) => {{
        use $crate::schema::{assignments, dossiers, officers, role_grants};
        dossiers::accepted_at
            .is_not_null()
            .and(dossiers::finished_at.is_null())
            .and(diesel::dsl::not(diesel::dsl::exists(
                assignments::table
                    .inner_join(officers::table.on(officers::id.eq(assignments::officer_id)))
                    .inner_join(
                        role_grants::table.on(role_grants::officer_id
                            .eq(assignments::officer_id)
                            .and(role_grants::agency_id.eq(assignments::holder_id))),
                    )
                    .filter(assignments::dossier_id.eq(dossiers::id))
                    .filter(assignments::ended_at.is_null())
                    .filter(officers::active.eq(true))
                    .filter(role_grants::revoked_at.is_null())
                    .filter(role_grants::role.eq_any(domain::assignments::WORKERS.map(Sql)))
                    .filter(role_grants::valid_from.le(Sql($on)))
                    .filter(
                        role_grants::valid_until
                            .is_null()
                            .or(role_grants::valid_until.ge(Sql($on))),
                    )
                    .select(assignments::id),
            )))
    }};
}
pub(crate) use nobodys_work;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<AssignmentId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    holder_id: Sql<AgencyId>,
    officer_id: Sql<OfficerId>,
    assigned_by: Sql<OfficerId>,
    assigned_at: Sql<Time>,
    reason: Option<Sql<Personal<String>>>,
}

impl Row {
    fn of(assignment: &Assignment) -> Self {
        let Assignment {
            id,
            dossier,
            filed_with,
            holder,
            officer,
            assigned_by,
            assigned_at,
            reason,
        } = assignment.clone();
        Self {
            id: Sql(id),
            agency_id: Sql(filed_with),
            dossier_id: Sql(dossier),
            holder_id: Sql(holder),
            officer_id: Sql(officer),
            assigned_by: Sql(assigned_by),
            assigned_at: Sql(assigned_at),
            reason: reason.map(Sql),
        }
    }

    fn into_assignment(self) -> Assignment {
        let Self {
            id: Sql(id),
            agency_id: Sql(filed_with),
            dossier_id: Sql(dossier),
            holder_id: Sql(holder),
            officer_id: Sql(officer),
            assigned_by: Sql(assigned_by),
            assigned_at: Sql(assigned_at),
            reason,
        } = self;
        Assignment {
            id,
            dossier,
            filed_with,
            holder,
            officer,
            assigned_by,
            assigned_at,
            reason: reason.map(Sql::into_inner),
        }
    }
}

/// The assignment of a dossier that was not ended, whether or not its officer still holds a role. Whoever
/// asks has settled that the dossier may be seen.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn open_of(tx: &mut Tx, dossier: DossierId) -> Result<Option<Assignment>, StoreError> {
    let row: Option<Row> = assignments::table
        .filter(assignments::dossier_id.eq(Sql(dossier)))
        .filter(assignments::ended_at.is_null())
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Row::into_assignment))
}

/// Writes an assignment down, with the change of its dossier in the same transaction; the one before was
/// ended.
///
/// # Errors
/// [`StoreError::Foreign`] when dossier and agency do not belong together, or for an unknown officer;
/// [`StoreError::Duplicate`] when the dossier is somebody's work.
pub fn insert(tx: &mut Tx, assignment: &Assignment) -> Result<(), StoreError> {
    diesel::insert_into(assignments::table)
        .values(Row::of(assignment))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the assignment of a dossier, if it has one.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn end(
    tx: &mut Tx,
    dossier: DossierId,
    (by, at): (OfficerId, Time),
    how: AssignmentEnd,
) -> Result<(), StoreError> {
    let open = assignments::table
        .filter(assignments::dossier_id.eq(Sql(dossier)))
        .filter(assignments::ended_at.is_null());
    diesel::update(open)
        .set((
            assignments::ended_at.eq(Some(Sql(at))),
            assignments::ended_by.eq(Some(Sql(by))),
            assignments::ended_as.eq(Some(Sql(how))),
        ))
        .execute(tx.conn())?;
    Ok(())
}
