//! What of a citizen's dossiers stays when the citizen is erased.

use diesel::prelude::*;
use domain::{
    dossiers::State,
    ids::{DossierId, PersonId},
    mandates::Reach,
};

use super::{DossierRow, lock_for_worker};
use crate::{
    StoreError, Tx,
    mandates::{of_what_is_held, opened_to},
    schema::{dossiers, mandates},
    sealing,
    sql::Sql,
};

/// A dossier of a citizen, as far as its erasure depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: DossierId,
    /// Its version.
    pub version: i64,
    /// Where it stands.
    pub state: State,
}

/// The dossiers of a citizen.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<Columns> = dossiers::table
        .filter(dossiers::owner_id.eq(Sql(person)))
        .select((dossiers::id, dossiers::version, dossiers::state))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(held).collect())
}

type Columns = (Sql<DossierId>, i64, Sql<State>);

fn held((Sql(id), version, Sql(state)): Columns) -> Held {
    Held { id, version, state }
}

/// The dossiers of nobody's account that a mandate of now opens to a citizen: of wards and organisations.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn represented_by(tx: &mut Tx, reach: Reach) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<Columns> = dossiers::table
        .filter(dossiers::owner_id.is_null())
        .filter(of_what_is_held(reach.person))
        .filter(opened_to(reach))
        .order(dossiers::id)
        .select((dossiers::id, dossiers::version, dossiers::state))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(held).collect())
}

/// The dossiers of others that were drafted by this person, under a mandate they hold or held: they stand in
/// each as the one who submits. What a mandator drafted and only shares names no submitter.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn drafted_by_delegate(tx: &mut Tx, person: PersonId) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<Columns> = dossiers::table
        .inner_join(mandates::table.on(dossiers::mandate_id.eq(mandates::id.nullable())))
        .filter(mandates::delegate_id.eq(Sql(person)))
        .filter(dossiers::submitter.is_not_null())
        .order(dossiers::id)
        .select((dossiers::id, dossiers::version, dossiers::state))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(held).collect())
}

/// Seals a dossier anew under the key of its agency: an ended dossier is a record that the agency must
/// keep (law 33/2024 on archives), and not the citizen's to have erased (law 91/2025). Nothing else
/// about it changes, so there is neither a version nor an event.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn keep_for_the_agency(tx: &mut Tx, id: DossierId) -> Result<(), StoreError> {
    let dossier = lock_for_worker(tx, id)?;
    let agency = dossier.filed_with.uuid();
    let key = match sealing::of_subject(tx, agency)? {
        Some(key) => key,
        None => sealing::make(tx, agency)?,
    };
    diesel::update(dossiers::table.filter(dossiers::id.eq(Sql(id))))
        .set(DossierRow::sealed(&dossier, &key)?)
        .execute(tx.conn())?;
    tx.held().keep(id.uuid(), key);
    Ok(())
}
