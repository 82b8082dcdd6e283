//! Wards: people without an account who are acted for.

use std::sync::Arc;

use chrono::NaiveDate;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl,
};
use domain::{ids::WardId, mandates::Ward, personal::Personal, time::Time};

use crate::{
    StoreError, Tx,
    disclosures::Witness,
    schema::wards,
    sealing::{self, DataKey, KeySet, Marks},
    sql::Sql,
};

fn fields(id: WardId, key: &DataKey) -> sealing::Row<'_> {
    sealing::Row {
        table: "wards",
        id: id.uuid(),
        key,
    }
}

/// The marks by which a ward is found, under these keys.
fn marks_of(keys: &KeySet, number: Option<&Personal<String>>) -> (Option<String>, Option<String>) {
    number.map_or((None, None), |number| {
        let Marks { one, other } = Marks::of(keys, sealing::NUMBER, number);
        (one, other)
    })
}

/// Adds a ward, and the key of what is sealed about it. Counted with the mandate that brings it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert_ward(tx: &mut Tx, ward: &Ward) -> Result<(), StoreError> {
    let Ward {
        id,
        full_name,
        birth_date,
        personal_number,
        confirmed_at,
        created_at,
    } = ward;
    let key = sealing::make(tx, id.uuid())?;
    let keys = tx.keys().fresh()?;
    let (one, other) = marks_of(&keys, personal_number.as_ref());
    let number = fields(*id, &key).seal_if_there("personal_number", personal_number.as_ref())?;
    diesel::insert_into(wards::table)
        .values((
            wards::id.eq(Sql(*id)),
            wards::full_name.eq(Sql(full_name.clone())),
            wards::birth_date.eq(birth_date.clone().map(Sql)),
            wards::personal_number.eq(number),
            wards::number_index.eq(one),
            wards::number_index_other.eq(other),
            wards::confirmed_at.eq(confirmed_at.map(Sql)),
            wards::created_at.eq(Sql(*created_at)),
        ))
        .execute(tx.conn())?;
    tx.held().keep(id.uuid(), Arc::clone(&key));
    Ok(())
}

type WardColumns = (
    Sql<Personal<String>>,
    Option<Sql<Personal<NaiveDate>>>,
    Option<Vec<u8>>,
    Option<Sql<Time>>,
    Sql<Time>,
);

/// A ward. Where its key was deleted the number is gone.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn ward(tx: &mut Tx, id: WardId) -> Result<Ward, StoreError> {
    let (Sql(full_name), birth_date, number, confirmed_at, Sql(created_at)): WardColumns =
        wards::table
            .find(Sql(id))
            .select((
                wards::full_name,
                wards::birth_date,
                wards::personal_number,
                wards::confirmed_at,
                wards::created_at,
            ))
            .first(tx.conn())?;
    let key = sealing::of_subject(tx, id.uuid())?;
    // An officer is shown its last signs at most.
    let witness = Witness::of_no_officer();
    let number = key.map(|key| {
        let fields = fields(id, &key);
        fields.open_if_there("personal_number", number.as_deref(), &witness)
    });
    Ok(Ward {
        id,
        full_name,
        birth_date: birth_date.map(Sql::into_inner),
        personal_number: number.transpose()?.flatten(),
        confirmed_at: confirmed_at.map(Sql::into_inner),
        created_at,
    })
}

/// The ward of this personal number that an officer has confirmed.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn confirmed_ward(
    tx: &mut Tx,
    number: &Personal<String>,
) -> Result<Option<WardId>, StoreError> {
    let keys = tx.keys().fresh()?;
    let (one, other) = marks_of(&keys, Some(number));
    // A value that is nobody's mark, for the column that is not in use.
    let [one, other] = [one, other].map(|mark| mark.unwrap_or_else(|| "-".to_owned()));
    let found: Option<Sql<WardId>> = wards::table
        .filter(wards::confirmed_at.is_not_null())
        .filter(
            wards::number_index
                .assume_not_null()
                .eq(one)
                .or(wards::number_index_other.assume_not_null().eq(other)),
        )
        .order(wards::id)
        .select(wards::id)
        .first(tx.conn())
        .optional()?;
    Ok(found.map(Sql::into_inner))
}

/// An officer has looked at the evidence about a ward.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn confirm_ward(tx: &mut Tx, id: WardId, at: Time) -> Result<(), StoreError> {
    let first = wards::table
        .find(Sql(id))
        .filter(wards::confirmed_at.is_null());
    diesel::update(first)
        .set(wards::confirmed_at.eq(Some(Sql(at))))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes a ward that turned out to be one that is there already, and its key.
///
/// # Errors
/// [`StoreError::Foreign`] while a mandate refers to it.
pub fn remove_ward(tx: &mut Tx, id: WardId) -> Result<(), StoreError> {
    diesel::delete(wards::table.find(Sql(id))).execute(tx.conn())?;
    sealing::forget(tx, id.uuid())
}

/// Writes the marks of up to so many wards as the keys of now have them, from after one on: the last
/// one looked at, and how many were written.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn reindex_wards(
    tx: &mut Tx,
    after: Option<WardId>,
    most: i64,
) -> Result<(Option<WardId>, usize), StoreError> {
    let mut query = wards::table.select(wards::id).into_boxed();
    if let Some(after) = after {
        query = query.filter(wards::id.gt(Sql(after)));
    }
    let ids: Vec<Sql<WardId>> = query.order(wards::id).limit(most).load(tx.conn())?;
    let keys = tx.keys().fresh()?;
    for Sql(id) in &ids {
        let standing = ward(tx, *id)?;
        let (one, other) = marks_of(&keys, standing.personal_number.as_ref());
        diesel::update(wards::table.find(Sql(*id)))
            .set((
                wards::number_index.eq(one),
                wards::number_index_other.eq(other),
            ))
            .execute(tx.conn())?;
    }
    Ok((ids.last().map(|Sql(id)| *id), ids.len()))
}

/// Takes everything about a ward out of rows whose key is gone; how many.
pub(crate) fn blank_wards_without_key(tx: &mut Tx) -> Result<usize, StoreError> {
    use crate::schema::subject_keys;
    use diesel::dsl::{exists, not};
    let key = subject_keys::table.filter(subject_keys::id.eq(wards::id));
    let unreadable = wards::table.filter(not(exists(key)));
    Ok(diesel::update(unreadable)
        .set((
            wards::full_name.eq(Sql(Personal::new(String::new()))),
            wards::birth_date.eq(None::<Sql<Personal<NaiveDate>>>),
            wards::personal_number.eq(None::<Vec<u8>>),
            wards::number_index.eq(None::<String>),
            wards::number_index_other.eq(None::<String>),
        ))
        .execute(tx.conn())?)
}
