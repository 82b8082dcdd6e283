//! Counts and JSON, as the dossier's columns hold them.

use domain::dossiers::DossierCode;
use serde::Serialize;

use crate::{Json, StoreError, sql::Sql};

pub(super) fn count(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number).map_err(|_| StoreError::Corrupt("a count out of range".to_owned()))
}

pub(super) fn counted(number: i32) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Corrupt("a negative count".to_owned()))
}

pub(super) fn json<T: Serialize>(value: Option<&T>) -> Result<Option<Sql<Json>>, StoreError> {
    Ok(value.map(Json::of).transpose()?.map(Sql))
}

pub(super) fn official_code(text: &str) -> Result<DossierCode, StoreError> {
    DossierCode::parse(text).ok_or_else(|| StoreError::Corrupt("a dossier code".to_owned()))
}
