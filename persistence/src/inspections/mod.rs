//! What is known of stored bytes, by their digest.

use diesel::prelude::*;
use domain::{
    papers::{Inspection, ScanState},
    time::Time,
};

use crate::{
    StoreError, Tx, connection::MultiBackend, files, native, schema::inspections, sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = inspections, primary_key(sha256), check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    sha256: Vec<u8>,
    state: Sql<ScanState>,
    tries: i64,
    inspected_at: Sql<Time>,
    scanned_at: Option<Sql<Time>>,
    ask_at: Option<Sql<Time>>,
    derivative_sha256: Option<Vec<u8>>,
    derivative_size: Option<i64>,
}

fn digest(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt("an inspection's digest".to_owned()))
}

impl Row {
    fn of(inspection: &Inspection) -> Self {
        let Inspection {
            sha256,
            state,
            tries,
            inspected_at,
            scanned_at,
            ask_at,
            derivative,
        } = inspection;
        Self {
            sha256: sha256.to_vec(),
            state: Sql(*state),
            tries: *tries,
            inspected_at: Sql(*inspected_at),
            scanned_at: scanned_at.map(Sql),
            ask_at: ask_at.map(Sql),
            derivative_sha256: derivative.map(|(digest, _)| digest.to_vec()),
            derivative_size: derivative.map(|(_, size)| size),
        }
    }

    fn into_inspection(self) -> Result<Inspection, StoreError> {
        let Self {
            sha256,
            state: Sql(state),
            tries,
            inspected_at: Sql(inspected_at),
            scanned_at,
            ask_at,
            derivative_sha256,
            derivative_size,
        } = self;
        let derivative = derivative_sha256.map(digest).transpose()?;
        Ok(Inspection {
            sha256: digest(sha256)?,
            state,
            tries,
            inspected_at,
            scanned_at: scanned_at.map(Sql::into_inner),
            ask_at: ask_at.map(Sql::into_inner),
            derivative: derivative.zip(derivative_size),
        })
    }
}

/// Writes down what is known of bytes that came; what is known of the same bytes already stands.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn note(tx: &mut Tx, inspection: &Inspection) -> Result<(), StoreError> {
    native!(tx.conn(), c => diesel::insert_into(inspections::table)
        .values(Row::of(inspection))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// What is known of these bytes; nothing of what came before there were inspections.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn find(tx: &mut Tx, sha256: &[u8; 32]) -> Result<Option<Inspection>, StoreError> {
    let row: Option<Row> = inspections::table
        .find(sha256.as_slice())
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    row.map(Row::into_inspection).transpose()
}

/// What the scanner says of these bytes; nobody has looked at what came before there were inspections.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn state(tx: &mut Tx, sha256: &[u8; 32]) -> Result<ScanState, StoreError> {
    let found = find(tx, sha256)?;
    Ok(found.map_or(ScanState::Unscanned, |found| found.state))
}

/// Those the scanner is to be asked about by now, longest waiting first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn due(tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Inspection>, StoreError> {
    let rows: Vec<Row> = inspections::table
        .filter(inspections::ask_at.le(Some(Sql(now))))
        .order(inspections::ask_at)
        .limit(most)
        .select(Row::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(Row::into_inspection).collect()
}

/// Writes down what the scanner said, unless it has said something final in the meantime.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn save(tx: &mut Tx, inspection: &Inspection) -> Result<(), StoreError> {
    let waiting = inspections::table
        .find(inspection.sha256.as_slice())
        .filter(inspections::ask_at.is_not_null());
    diesel::update(waiting)
        .set(Row::of(inspection))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether a picture with this digest is shown in place of something.
pub(crate) fn names(tx: &mut Tx, sha256: &[u8; 32]) -> Result<bool, StoreError> {
    let count: i64 = inspections::table
        .filter(inspections::derivative_sha256.eq(Some(sha256.as_slice())))
        .count()
        .get_result(tx.conn())?;
    Ok(count > 0)
}

/// Forgets what was known of bytes that are gone; the picture shown in their place is loose from then on.
pub(crate) fn forget(tx: &mut Tx, sha256: &[u8; 32], now: Time) -> Result<(), StoreError> {
    let Some(found) = find(tx, sha256)? else {
        return Ok(());
    };
    diesel::delete(inspections::table.find(sha256.as_slice())).execute(tx.conn())?;
    if let Some((derivative, _)) = found.derivative {
        files::loose_since(tx, &derivative, now)?;
    }
    Ok(())
}
