//! The table of data keys, copied apart from the rows they belong to.
//!
//! A copy of the rows is kept for long, and holds no keys; of the keys only the newest copy is kept. So
//! a key that was deleted is gone from what a restore can bring back as soon as the keys were copied
//! again, however old the copy of the rows is.

use diesel::{
    ExpressionMethods, QueryDsl, RunQueryDsl,
    dsl::{exists, not},
};
use domain::personal::Personal;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    schema::{dossiers, people, subject_keys},
    sql::Sql,
};

/// A data key as it is copied: wrapped, and useless without the key that wrapped it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// The subject.
    pub id: Uuid,
    /// The key, wrapped.
    pub wrapped: Vec<u8>,
    /// The name of the key that wrapped it.
    pub wrapped_by: String,
}

/// Up to so many keys in the order of their subjects, from after one on.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn wrapped_keys(
    tx: &mut Tx,
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<WrappedKey>, StoreError> {
    let mut query = subject_keys::table
        .select((
            subject_keys::id,
            subject_keys::wrapped,
            subject_keys::wrapped_by,
        ))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(subject_keys::id.gt(Sql(after)));
    }
    let rows: Vec<(Sql<Uuid>, Vec<u8>, String)> =
        query.order(subject_keys::id).limit(most).load(tx.conn())?;
    let key = |(Sql(id), wrapped, wrapped_by)| WrappedKey {
        id,
        wrapped,
        wrapped_by,
    };
    Ok(rows.into_iter().map(key).collect())
}

/// Puts keys back that are not there; how many.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn put_back(tx: &mut Tx, keys: &[WrappedKey]) -> Result<usize, StoreError> {
    let mut put = 0;
    for key in keys {
        let WrappedKey {
            id,
            wrapped,
            wrapped_by,
        } = key;
        let there: i64 = subject_keys::table
            .find(Sql(*id))
            .count()
            .get_result(tx.conn())?;
        if there == 0 {
            diesel::insert_into(subject_keys::table)
                .values((
                    subject_keys::id.eq(Sql(*id)),
                    subject_keys::wrapped.eq(wrapped.as_slice()),
                    subject_keys::wrapped_by.eq(wrapped_by.as_str()),
                ))
                .execute(tx.conn())?;
            put += 1;
        }
    }
    Ok(put)
}

/// Blanks what stands unsealed beside fields whose key is gone: names and dates of birth in rows that
/// are older than the erasure. To be run once all keys were put back, and only then.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn blank_what_has_no_key(tx: &mut Tx) -> Result<usize, StoreError> {
    let key_of_person = subject_keys::table.filter(subject_keys::id.eq(people::id));
    let erased: Vec<Sql<Uuid>> = people::table
        .filter(not(exists(key_of_person)))
        .select(people::id)
        .load(tx.conn())?;
    for Sql(id) in &erased {
        crate::people::blank(tx, domain::ids::Id::from_uuid(*id))?;
    }
    let key_of_dossier = subject_keys::table.filter(subject_keys::id.eq(dossiers::key_id));
    let unreadable = dossiers::table.filter(not(exists(key_of_dossier)));
    let blanked = diesel::update(unreadable)
        .set((
            dossiers::applicant_name.eq(Sql(Personal::new(String::new()))),
            dossiers::applicant_name_folded.eq(""),
            dossiers::applicant_birth_date.eq(None::<Sql<chrono::NaiveDate>>),
        ))
        .execute(tx.conn())?;
    let wards = crate::mandates::blank_wards_without_key(tx)?;
    Ok(erased.len().saturating_add(blanked).saturating_add(wards))
}
