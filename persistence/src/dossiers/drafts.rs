//! Drafts: counted, and thrown away.

use diesel::prelude::*;
use domain::{
    dossiers::State,
    ids::{DossierId, MandateId, PersonId},
};

use crate::{StoreError, Tx, schema::dossiers, sql::Sql};

/// Removes a draft. Its event stays.
///
/// # Errors
/// [`StoreError::Absent`] when it is not a draft any more; [`StoreError::Foreign`] while something
/// still refers to it.
pub fn delete_draft(tx: &mut Tx, id: DossierId) -> Result<(), StoreError> {
    super::forget_field_versions(tx, id)?;
    let gone = diesel::delete(dossiers::table)
        .filter(
            dossiers::id
                .eq(Sql(id))
                .and(dossiers::state.eq(Sql(State::Draft))),
        )
        .execute(tx.conn())?;
    tx.note_save();
    if gone == 1 {
        Ok(())
    } else {
        Err(StoreError::Absent)
    }
}

/// Drafts under one mandate that exist now, for the cap on drafts.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn drafts_under(tx: &mut Tx, mandate: MandateId) -> Result<i64, StoreError> {
    let count = dossiers::table
        .filter(
            dossiers::mandate_id
                .eq(Sql(mandate))
                .and(dossiers::state.eq(Sql(State::Draft))),
        )
        .count()
        .get_result(tx.conn())?;
    Ok(count)
}

/// Drafts of one citizen's own that exist now, for the cap on drafts: what is drafted under a mandate
/// takes no room from the mandator.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn drafts_of(tx: &mut Tx, owner: PersonId) -> Result<i64, StoreError> {
    let count = dossiers::table
        .filter(
            dossiers::owner_id
                .eq(Sql(owner))
                .and(dossiers::mandate_id.is_null())
                .and(dossiers::state.eq(Sql(State::Draft))),
        )
        .count()
        .get_result(tx.conn())?;
    Ok(count)
}
