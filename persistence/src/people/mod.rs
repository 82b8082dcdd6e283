//! Citizens (công dân).
//!
//! This module shows how a table is written: the row and its conversions in `row.rs`, here the
//! queries, each with the [`Reading`] of whoever asks.

mod row;
mod verified;

use std::sync::Arc;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl, SelectableHelper, dsl::exists,
};
use domain::{ids::PersonId, mandates::Reach, personal::Personal};

use crate::{
    StoreError, Tx,
    disclosures::{Reading, Witness},
    notices,
    schema::{people, subject_keys},
    sealing::{self, KeySet, Marks, wrapped_key},
    sql::{Sql, for_update},
};
use row::{Indexes, Row};

pub use row::Person;
pub use verified::by_verified_number;

/// Adds a citizen, and the key of everything that is sealed about them.
///
/// # Errors
/// [`StoreError::Duplicate`] with `people_phone_index_key`, or `people_phone_index_other_key` while the
/// index is moved to another key. A personal number may stand at several: it is what the citizen says,
/// and a claim nobody has checked must not keep the real owner out; it is verified at one only
/// (`people_number_index_key`, `people_number_index_other_key`).
pub fn insert(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let key = sealing::make(tx, person.id.uuid())?;
    let keys = tx.keys().known();
    let row = Row::sealed(person, &key, &keys)?;
    diesel::insert_into(people::table)
        .values(row)
        .execute(tx.conn())?;
    tx.held().keep(person.id.uuid(), key);
    tx.note_save();
    Ok(())
}

/// Writes a citizen back, whose `version` is one above that of the row it was loaded from.
///
/// # Errors
/// [`StoreError::Stale`] when the row has moved on, [`StoreError::Absent`] when it is gone.
pub fn save(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let key = sealing::of_subject(tx, person.id.uuid())?.ok_or(StoreError::Absent)?;
    let keys = tx.keys().fresh()?;
    let row = Row::sealed(person, &key, &keys)?;
    let loaded = people::table
        .find(Sql(person.id))
        .filter(people::version.eq(person.version - 1));
    let changed = diesel::update(loaded).set(row).execute(tx.conn())?;
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

/// A row with the key it is sealed under: nothing any more once that was deleted.
type Sealed = (Row, Option<Vec<u8>>);

fn opened(tx: &mut Tx, (row, wrapped): Sealed) -> Result<Option<Person>, StoreError> {
    let Some(wrapped) = wrapped else {
        return Ok(None);
    };
    let id = row.id().uuid();
    let key = Arc::new(tx.keys().unwrap(id, &wrapped)?);
    tx.held().keep(id, Arc::clone(&key));
    // An account is shown to its citizen alone: there is no reading of it by an officer.
    row.opened(&key, &Witness::of_no_officer()).map(Some)
}

/// The citizen, for themself or for the house. No officer reads an account: what an officer needs to know
/// of a citizen is in the dossiers, and every read of those is written down.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see, and for one who was erased.
pub fn find(tx: &mut Tx, id: PersonId, reading: &Reading) -> Result<Person, StoreError> {
    let row = people::table
        .find(Sql(id))
        .select((Row::as_select(), wrapped_key!(people::id)));
    let row: Sealed = match reading {
        Reading::House => row.first(tx.conn())?,
        // A mandate opens dossiers, and never the account.
        Reading::Own(person)
        | Reading::Mandated(Reach {
            person,
            on: _,
            act: _,
        }) => row.filter(people::id.eq(Sql(*person))).first(tx.conn())?,
        Reading::Officer(_) => return Err(StoreError::Absent),
    };
    opened(tx, row)?.ok_or(StoreError::Absent)
}

/// Whether there is such a citizen: one who was erased is none.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_known(tx: &mut Tx, id: PersonId) -> Result<bool, StoreError> {
    let key = subject_keys::table.filter(subject_keys::id.eq(people::id));
    let found = people::table
        .find(Sql(id))
        .filter(exists(key))
        .select(people::version);
    Ok(found.first::<i64>(tx.conn()).optional()?.is_some())
}

/// The citizen, locked until the transaction ends: the first beat of a change to them.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn lock(tx: &mut Tx, id: PersonId, reading: &Reading) -> Result<Person, StoreError> {
    for_update(people::table.find(Sql(id)).select(people::version)).get_result::<i64>(tx.conn())?;
    find(tx, id, reading)
}

/// The citizen with this phone number, for logging in.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn by_phone(tx: &mut Tx, phone: &Personal<String>) -> Result<Option<Person>, StoreError> {
    let keys = tx.keys().known();
    let known = Marks::of(&keys, sealing::PHONE, phone);
    let found = marked(tx, &known)?;
    if found.is_some() {
        return Ok(found);
    }
    // The index may have moved to a key this process has not heard of.
    let keys = tx.keys().fresh()?;
    let fresh = Marks::of(&keys, sealing::PHONE, phone);
    if fresh == known {
        return Ok(None);
    }
    marked(tx, &fresh)
}

/// While the index is moved both columns are looked at: each is unique, so at most one row is found.
fn marked(tx: &mut Tx, marks: &Marks) -> Result<Option<Person>, StoreError> {
    let select = people::table.select((Row::as_select(), wrapped_key!(people::id)));
    let row: Option<Sealed> = match marks {
        Marks {
            one: Some(one),
            other: None,
        } => select
            .filter(people::phone_index.eq(one))
            .first(tx.conn())
            .optional()?,
        Marks {
            one: None,
            other: Some(other),
        } => select
            .filter(people::phone_index_other.eq(other))
            .first(tx.conn())
            .optional()?,
        Marks {
            one: Some(one),
            other: Some(other),
        } => select
            .filter(
                people::phone_index
                    .eq(one)
                    .or(people::phone_index_other.assume_not_null().eq(other)),
            )
            .first(tx.conn())
            .optional()?,
        Marks {
            one: None,
            other: None,
        } => None,
    };
    match row {
        Some(row) => opened(tx, row),
        None => Ok(None),
    }
}

/// Erases a citizen: the key is deleted and what stood unsealed is blanked. The row stays, because
/// dossiers and events refer to it; nothing in it tells who it was, and the telephone number is free.
///
/// # Errors
/// [`StoreError::Absent`] when there is no such citizen.
pub fn erase(tx: &mut Tx, id: PersonId) -> Result<(), StoreError> {
    if !is_known(tx, id)? {
        return Err(StoreError::Absent);
    }
    sealing::forget(tx, id.uuid())?;
    blank(tx, id)?;
    tx.note_save();
    Ok(())
}

/// Takes everything about a person out of a row whose key is gone.
pub(crate) fn blank(tx: &mut Tx, id: PersonId) -> Result<(), StoreError> {
    notices::drop_all(tx, id)?;
    diesel::update(people::table.find(Sql(id)))
        .set((
            people::phone.eq(Vec::new()),
            people::phone_index.eq(row::no_mark(id)),
            people::phone_index_other.eq(None::<String>),
            people::full_name.eq(Sql(Personal::new(String::new()))),
            people::personal_number.eq(None::<Vec<u8>>),
            people::number_index.eq(None::<String>),
            people::number_index_other.eq(None::<String>),
            people::birth_date.eq(None::<Sql<chrono::NaiveDate>>),
            people::address.eq(None::<Vec<u8>>),
            people::assurance.eq(1_i64),
            people::version.eq(people::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What came of writing the marks of a citizen anew.
pub(crate) enum Reindexed {
    Written,
    AsItWas,
    Erased,
}

/// Writes the marks by which a citizen is found, as these keys have them.
pub(crate) fn reindex(tx: &mut Tx, id: PersonId, keys: &KeySet) -> Result<Reindexed, StoreError> {
    let person = match lock(tx, id, &Reading::House) {
        Ok(person) => person,
        Err(StoreError::Absent) => return Ok(Reindexed::Erased),
        Err(error) => return Err(error),
    };
    let standing: Indexes = people::table
        .find(Sql(id))
        .select(Indexes::as_select())
        .first(tx.conn())?;
    let wanted = Indexes::of(&person, keys);
    if standing == wanted {
        return Ok(Reindexed::AsItWas);
    }
    diesel::update(people::table.find(Sql(id)))
        .set(wanted)
        .execute(tx.conn())?;
    Ok(Reindexed::Written)
}
