//! Citizens (công dân).
//!
//! This module shows how a table is written: the row and its conversions in `row.rs`, here the
//! queries, each with the [`Sight`] of whoever asks.

mod row;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper, dsl::exists,
};
use domain::{actor::Sight, ids::PersonId, personal::Personal};

use crate::{
    StoreError, Tx,
    schema::{events, people},
    sql::{Sql, for_update},
};
use row::Row;

pub use row::Person;

/// Adds a citizen.
///
/// # Errors
/// [`StoreError::Duplicate`] with `people_phone_e164_key`. A personal number may stand at several: it is
/// what the citizen says, and a claim nobody has checked must not keep the real owner out.
pub fn insert(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    diesel::insert_into(people::table)
        .values(Row::of(person))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Writes a citizen back, whose `version` is one above that of the row it was loaded from.
///
/// # Errors
/// [`StoreError::Stale`] when the row has moved on, [`StoreError::Absent`] when it is gone.
pub fn save(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let loaded = people::table
        .find(Sql(person.id))
        .filter(people::version.eq(person.version - 1));
    let changed = diesel::update(loaded)
        .set(Row::of(person))
        .execute(tx.conn())?;
    if changed == 0 {
        let current_version = people::table
            .find(Sql(person.id))
            .select(people::version)
            .first(tx.conn())?;
        return Err(StoreError::Stale { current_version });
    }
    tx.note_save();
    Ok(())
}

/// The citizen, if this actor may see them: themselves, an agency that has dealt with them, or the
/// province.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn find(tx: &mut Tx, id: PersonId, sight: Sight) -> Result<Person, StoreError> {
    let row = people::table.find(Sql(id)).select(Row::as_select());
    let row = match sight {
        Sight::Province => row.first(tx.conn())?,
        Sight::Own(person) => row.filter(people::id.eq(Sql(person))).first(tx.conn())?,
        Sight::Agency(agency) => row
            .filter(exists(
                events::table
                    .filter(events::person_id.eq(Sql(id)))
                    .filter(events::agency_id.eq(Sql(agency))),
            ))
            .first(tx.conn())?,
    };
    Ok(Row::into_person(row))
}

/// Whether there is such a citizen.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_known(tx: &mut Tx, id: PersonId) -> Result<bool, StoreError> {
    let found = people::table.find(Sql(id)).select(people::version);
    Ok(found.first::<i64>(tx.conn()).optional()?.is_some())
}

/// The citizen, locked until the transaction ends: the first beat of a change to them.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn lock(tx: &mut Tx, id: PersonId, sight: Sight) -> Result<Person, StoreError> {
    for_update(people::table.find(Sql(id)).select(people::version)).get_result::<i64>(tx.conn())?;
    find(tx, id, sight)
}

/// The citizen with this phone number, for logging in.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn by_phone(tx: &mut Tx, phone: &Personal<String>) -> Result<Option<Person>, StoreError> {
    let row = people::table
        .filter(people::phone_e164.eq(Sql(phone.clone())))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Row::into_person))
}
