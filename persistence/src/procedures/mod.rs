//! The catalogue as imported: its files, and the versions that dossiers live by.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{agencies::Agency, ids::AgencyId, procedures::ProcedureVersion, time::Time};

use crate::{
    Json, StoreError, Tx,
    schema::{agencies, catalogue_files, catalogue_state, procedure_versions},
    sql::Sql,
};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = procedure_versions, treat_none_as_null = true, treat_none_as_default_value = false)]
struct VersionRow {
    code: String,
    version: i32,
    in_force_from: Sql<NaiveDate>,
    in_force_to: Option<Sql<NaiveDate>>,
    body: Sql<Json>,
}

/// The number of the import in force; it grows with every import.
///
/// # Errors
/// [`StoreError::Absent`] when the database was not migrated.
pub fn generation(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(catalogue_state::table
        .select(catalogue_state::generation)
        .first(tx.conn())?)
}

/// The number of the import whose calendar the due dates of open dossiers follow.
///
/// # Errors
/// As [`generation`].
pub fn recomputed_generation(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(catalogue_state::table
        .select(catalogue_state::recomputed_generation)
        .first(tx.conn())?)
}

/// Notes that the due dates of open dossiers follow this import.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn set_recomputed_generation(tx: &mut Tx, generation: i64) -> Result<(), StoreError> {
    diesel::update(catalogue_state::table)
        .set(catalogue_state::recomputed_generation.eq(generation))
        .execute(tx.conn())?;
    Ok(())
}

/// The files of the import in force: name and text.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn files(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    let columns = (catalogue_files::name, catalogue_files::body);
    Ok(catalogue_files::table
        .order(catalogue_files::name)
        .select(columns)
        .load(tx.conn())?)
}

/// The stored body of one version, to compare an import with.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn version_body(tx: &mut Tx, code: &str, version: u32) -> Result<Option<Json>, StoreError> {
    let key = procedure_versions::code
        .eq(code)
        .and(procedure_versions::version.eq(number(version)?));
    let body = procedure_versions::table
        .filter(key)
        .select(procedure_versions::body)
        .first(tx.conn());
    Ok(body.optional()?)
}

/// Every version that was ever imported: code and number.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn versions(tx: &mut Tx) -> Result<Vec<(String, u32)>, StoreError> {
    let columns = (procedure_versions::code, procedure_versions::version);
    let rows: Vec<(String, i32)> = procedure_versions::table.select(columns).load(tx.conn())?;
    let read = |(code, version)| Ok((code, u32::try_from(version).map_err(|_| out_of_range())?));
    rows.into_iter().map(read).collect()
}

fn number(version: u32) -> Result<i32, StoreError> {
    i32::try_from(version).map_err(|_| out_of_range())
}

fn out_of_range() -> StoreError {
    StoreError::Corrupt("a version out of range".to_owned())
}

/// Puts a checked import in force, whole or not at all.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn import<'a>(
    tx: &mut Tx,
    files: &[(String, String)],
    versions: impl Iterator<Item = &'a ProcedureVersion>,
    listed: impl Iterator<Item = &'a Agency>,
    now: Time,
) -> Result<(), StoreError> {
    diesel::delete(catalogue_files::table).execute(tx.conn())?;
    for (name, body) in files {
        let columns = (
            catalogue_files::name.eq(name),
            catalogue_files::body.eq(body),
            catalogue_files::imported_at.eq(Sql(now)),
        );
        diesel::insert_into(catalogue_files::table)
            .values(columns)
            .execute(tx.conn())?;
    }
    for version in versions {
        put_version(tx, version)?;
    }
    for agency in listed {
        put_agency(tx, agency.id, &Json::of(agency)?)?;
    }
    diesel::update(catalogue_state::table)
        .set(catalogue_state::generation.eq(catalogue_state::generation + 1))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

fn put_version(tx: &mut Tx, version: &ProcedureVersion) -> Result<(), StoreError> {
    let row = || {
        Ok::<_, StoreError>(VersionRow {
            code: version.code.to_string(),
            version: number(version.version)?,
            in_force_from: Sql(version.in_force_from),
            in_force_to: version.in_force_to.map(Sql),
            body: Sql(Json::of(version)?),
        })
    };
    let key = procedure_versions::code
        .eq(version.code.to_string())
        .and(procedure_versions::version.eq(number(version.version)?));
    let changed = diesel::update(procedure_versions::table)
        .filter(key)
        .set(row()?)
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(procedure_versions::table)
            .values(row()?)
            .execute(tx.conn())?;
    }
    Ok(())
}

fn put_agency(tx: &mut Tx, id: AgencyId, body: &Json) -> Result<(), StoreError> {
    let changed = diesel::update(agencies::table)
        .filter(agencies::id.eq(Sql(id)))
        .set(agencies::body.eq(Sql(body.clone())))
        .execute(tx.conn())?;
    if changed == 0 {
        let row = (
            agencies::id.eq(Sql(id)),
            agencies::body.eq(Sql(body.clone())),
        );
        diesel::insert_into(agencies::table)
            .values(row)
            .execute(tx.conn())?;
    }
    Ok(())
}
