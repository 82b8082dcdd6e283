//! What of a citizen's dossiers stays when the citizen is erased.

use diesel::prelude::*;
use domain::{
    dossiers::State,
    ids::{DossierId, PersonId},
};

use super::{DossierRow, lock_for_worker};
use crate::{StoreError, Tx, schema::dossiers, sealing, sql::Sql};

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
    let rows: Vec<(Sql<DossierId>, i64, Sql<State>)> = dossiers::table
        .filter(dossiers::owner_id.eq(Sql(person)))
        .select((dossiers::id, dossiers::version, dossiers::state))
        .load(tx.conn())?;
    let held = |(Sql(id), version, Sql(state))| Held { id, version, state };
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
