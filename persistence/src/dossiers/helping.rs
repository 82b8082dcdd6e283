//! Who helped on the citizen's own phone, as one personal text of the dossier's row.

use domain::{
    dossiers::helping::{Helper, HelperKind},
    personal::Personal,
};
use serde::{Deserialize, Serialize};

use crate::{Json, StoreError};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HelperText {
    kind: HelperKind,
    full_name: String,
    relation: Option<String>,
}

pub(super) fn helper_text(helper: &Helper) -> Result<Personal<String>, StoreError> {
    let Helper {
        kind,
        full_name,
        relation,
    } = helper;
    let text = HelperText {
        kind: *kind,
        full_name: full_name.reveal().clone(),
        relation: relation.as_ref().map(|text| text.reveal().clone()),
    };
    Ok(Personal::new(Json::of(&text)?.as_str().to_owned()))
}

/// The helper of a stored text.
pub(super) fn helper(text: &Personal<String>) -> Result<Helper, StoreError> {
    let HelperText {
        kind,
        full_name,
        relation,
    } = serde_json::from_str(text.reveal())
        .map_err(|_| StoreError::Corrupt("a helper".to_owned()))?;
    Ok(Helper {
        kind,
        full_name: Personal::new(full_name),
        relation: relation.map(Personal::new),
    })
}
