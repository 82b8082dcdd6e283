//! In which version each field of a draft last changed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::{
    dossiers::{Dossier, EventKind, field_versions::FieldVersions},
    ids::DossierId,
    personal::Personal,
};
use serde::{Deserialize, Serialize};

use super::{key_held, subject_of};
use crate::{
    Json, StoreError, Tx,
    disclosures::{Reading, witness},
    schema::{draft_fields, events},
    sealing::{DataKey, Row},
    sql::Sql,
};

/// The versions as one text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldsText {
    since: i64,
    changed: BTreeMap<String, i64>,
}

fn row(id: DossierId, key: &DataKey) -> Row<'_> {
    Row {
        table: "draft_fields",
        id: id.uuid(),
        key,
    }
}

/// What is known of a draft that was just locked. Of one that nothing was noted of, every field may have
/// changed when it was last written.
///
/// # Errors
/// [`StoreError::Corrupt`] when what is stored does not open.
pub fn field_versions(
    tx: &mut Tx,
    draft: &Dossier,
    reading: &Reading,
) -> Result<FieldVersions, StoreError> {
    let sealed: Option<Vec<u8>> = draft_fields::table
        .find(Sql(draft.id))
        .select(draft_fields::fields)
        .first(tx.conn())
        .optional()?;
    let Some(sealed) = sealed else {
        return Ok(FieldVersions::known_from(last_written(tx, draft)?));
    };
    let key = key_held(tx, draft.id)?;
    let witness = witness(tx, reading, subject_of(draft))?;
    let text = row(draft.id, &key).open("fields", &sealed, &witness)?;
    let FieldsText { since, changed } = serde_json::from_str(text.reveal())
        .map_err(|_| StoreError::Corrupt("the versions of fields".to_owned()))?;
    Ok(FieldVersions {
        since,
        changed: Personal::new(changed),
    })
}

/// The version in which what a draft says was last written as a whole or in part: papers come and go
/// without touching it.
fn last_written(tx: &mut Tx, draft: &Dossier) -> Result<i64, StoreError> {
    let [drafted, edited] = [EventKind::Drafted, EventKind::Edited].map(EventKind::as_str);
    let found: Option<i64> = events::table
        .filter(events::dossier_id.eq(Sql(draft.id)))
        .filter(events::kind.eq(drafted).or(events::kind.eq(edited)))
        .order(events::version.desc())
        .select(events::version)
        .first(tx.conn())
        .optional()?;
    Ok(found.unwrap_or(draft.version))
}

/// Keeps what is known of a draft: part of the change that was saved.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn keep_field_versions(
    tx: &mut Tx,
    id: DossierId,
    versions: &FieldVersions,
) -> Result<(), StoreError> {
    let FieldVersions { since, changed } = versions;
    let text = Json::of(&FieldsText {
        since: *since,
        changed: changed.reveal().clone(),
    })?;
    let key = key_held(tx, id)?;
    let sealed = row(id, &key).seal("fields", &Personal::new(text.as_str().to_owned()))?;
    let kept = diesel::update(draft_fields::table.find(Sql(id)))
        .set(draft_fields::fields.eq(sealed.as_slice()))
        .execute(tx.conn())?;
    if kept == 0 {
        diesel::insert_into(draft_fields::table)
            .values((
                draft_fields::dossier_id.eq(Sql(id)),
                draft_fields::fields.eq(sealed.as_slice()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Forgets it: what is filed or thrown away is edited no more.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn forget_field_versions(tx: &mut Tx, id: DossierId) -> Result<(), StoreError> {
    diesel::delete(draft_fields::table.find(Sql(id))).execute(tx.conn())?;
    Ok(())
}
