//! When an officer last proved in a session who they are.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    ids::{OfficerId, SessionId},
    time::Time,
};

use crate::{StoreError, Tx, purge::Purge, schema::step_ups, sql::Sql};

/// Notes a proof, in place of an earlier one of the session. The officer is locked, so that two at once
/// take turns. No change of its own: what it came from is traced.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn put(
    tx: &mut Tx,
    session: SessionId,
    officer: OfficerId,
    now: Time,
) -> Result<(), StoreError> {
    diesel::delete(step_ups::table.find(Sql(session))).execute(tx.conn())?;
    diesel::insert_into(step_ups::table)
        .values((
            step_ups::session_id.eq(Sql(session)),
            step_ups::officer_id.eq(Sql(officer)),
            step_ups::proved_at.eq(Sql(now)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The same as a change of its own. One event is owed.
///
/// # Errors
/// As [`put`].
pub fn prove(
    tx: &mut Tx,
    session: SessionId,
    officer: OfficerId,
    now: Time,
) -> Result<(), StoreError> {
    put(tx, session, officer, now)?;
    tx.note_save();
    Ok(())
}

/// When this officer last gave a proof in this session.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn proved_at(
    tx: &mut Tx,
    session: SessionId,
    officer: OfficerId,
) -> Result<Option<Time>, StoreError> {
    let at: Option<Sql<Time>> = step_ups::table
        .find(Sql(session))
        .filter(step_ups::officer_id.eq(Sql(officer)))
        .select(step_ups::proved_at)
        .first(tx.conn())
        .optional()?;
    Ok(at.map(Sql::into_inner))
}

/// Removes proofs from before then, at most so many; returns how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    let purge = Purge {
        table: "step_ups",
        key: "session_id",
        condition: "TRUE",
        at: "proved_at",
        before,
        most,
    };
    purge.run(tx)
}
