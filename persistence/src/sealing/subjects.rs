//! Data keys, one for each subject, as they lie wrapped in `subject_keys`.

use std::sync::Arc;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl,
    dsl::{exists, not, select},
};
use uuid::Uuid;

use super::key_set::DataKey;
use crate::{
    StoreError, Tx,
    schema::{people, subject_keys},
    sql::{Sql, for_update},
};

/// The wrapped key of a row as one more column of a select, with the row's column that names it:
/// absent when the key was deleted. A macro, because the type cannot be written down.
macro_rules! wrapped_key {
    ($named_by:expr) => {
        $crate::schema::subject_keys::table
            .filter($crate::schema::subject_keys::id.eq($named_by))
            .select($crate::schema::subject_keys::wrapped)
            .single_value()
    };
}
pub(crate) use wrapped_key;

/// Makes the key of a new subject.
pub(crate) fn make(tx: &mut Tx, subject: Uuid) -> Result<Arc<DataKey>, StoreError> {
    let keys = tx.keys().fresh()?;
    let (key, wrapped) = keys.make(subject)?;
    diesel::insert_into(subject_keys::table)
        .values((
            subject_keys::id.eq(Sql(subject)),
            subject_keys::wrapped.eq(wrapped),
            subject_keys::wrapped_by.eq(keys.wraps_by()?),
        ))
        .execute(tx.conn())?;
    Ok(Arc::new(key))
}

/// The key of a subject; nothing when it was deleted or never made.
pub(crate) fn of_subject(tx: &mut Tx, subject: Uuid) -> Result<Option<Arc<DataKey>>, StoreError> {
    if let Some(key) = tx.held().of_subject(subject) {
        return Ok(Some(key));
    }
    let wrapped: Option<Vec<u8>> = subject_keys::table
        .find(Sql(subject))
        .select(subject_keys::wrapped)
        .first(tx.conn())
        .optional()?;
    let key = wrapped.map(|wrapped| tx.keys().unwrap(subject, &wrapped));
    Ok(key.transpose()?.map(Arc::new))
}

/// Wraps up to so many data keys anew that are not wrapped by the newest key yet. Rows that the keys
/// belong to are not touched, and whoever reads meanwhile finds either form. How many there were.
///
/// # Errors
/// [`StoreError`] as the engine reports it; [`StoreError::Corrupt`] when the key that wrapped one is
/// not there any more.
pub fn rewrap(tx: &mut Tx, most: i64) -> Result<usize, StoreError> {
    let keys = tx.keys().fresh()?;
    let newest = keys.wraps_by()?.to_owned();
    let others = subject_keys::table
        .filter(subject_keys::wrapped_by.ne(newest.as_str()))
        .limit(most)
        .select((subject_keys::id, subject_keys::wrapped));
    let found: Vec<(Sql<Uuid>, Vec<u8>)> = for_update(others).load(tx.conn())?;
    for (Sql(id), wrapped) in &found {
        let anew = keys.rewrap(*id, wrapped)?;
        diesel::update(subject_keys::table.find(Sql(*id)))
            .set((
                subject_keys::wrapped.eq(anew),
                subject_keys::wrapped_by.eq(newest.as_str()),
            ))
            .execute(tx.conn())?;
    }
    Ok(found.len())
}

/// Deletes the key of a subject. What was sealed under it is unreadable from here on, in these rows and
/// in every copy of them.
pub(crate) fn forget(tx: &mut Tx, subject: Uuid) -> Result<(), StoreError> {
    tx.held().clear();
    diesel::delete(subject_keys::table.find(Sql(subject))).execute(tx.conn())?;
    Ok(())
}

/// How many data keys are wrapped by this key.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn wrapped_by(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    Ok(subject_keys::table
        .filter(subject_keys::wrapped_by.eq(name))
        .count()
        .get_result(tx.conn())?)
}

/// Whether the data keys came along: rows were restored without them otherwise.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn keys_are_there(tx: &mut Tx) -> Result<bool, StoreError> {
    let any = select(exists(subject_keys::table.select(subject_keys::id)));
    let nobody = select(not(exists(people::table.select(people::id))));
    Ok(any.get_result::<bool>(tx.conn())? || nobody.get_result::<bool>(tx.conn())?)
}
