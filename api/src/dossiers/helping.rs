//! Who helped on the citizen's own phone, as sent and as shown.

use domain::{
    dossiers::helping::{Helper, HelperKind},
    people::checked_name,
    personal::Personal,
    rejection::Fault,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::party::checked_text;

/// The longest account of what the helper is to the citizen, in characters.
const LONGEST: usize = 200;

/// Whoever helped on the citizen's own phone; the citizen remains applicant and signer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelperBody {
    /// In what quality.
    pub kind: HelperKind,
    /// The helper's name.
    #[schema(value_type = String, min_length = 1, max_length = 120, example = "Trần Văn Cháu")]
    pub full_name: Personal<String>,
    /// What the helper is to the citizen, or where the helper works.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, example = "Cháu nội")]
    pub relation: Option<Personal<String>>,
}

impl HelperBody {
    /// The checked helper; every fault is added under `/helped_by`.
    pub fn check(self, faults: &mut Vec<Fault>) -> Option<Helper> {
        let Self {
            kind,
            full_name,
            relation,
        } = self;
        let mut note = |field: &str, code| {
            faults.push(Fault::new(format!("/helped_by/{field}"), code));
        };
        let name = checked_name(full_name.reveal()).map_err(|code| note("full_name", code));
        let relation = relation
            .map(|relation| checked_text(relation.reveal(), LONGEST))
            .transpose()
            .map_err(|code| note("relation", code));
        Some(Helper {
            kind,
            full_name: Personal::new(name.ok()?),
            relation: relation.ok()?.map(Personal::new),
        })
    }
}

/// Whoever helped, as shown to those who may see the dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HelperView {
    /// In what quality.
    pub kind: HelperKind,
    /// The helper's name.
    #[schema(max_length = 120, example = "Trần Văn Cháu")]
    pub full_name: String,
    /// What the helper is to the citizen, or where the helper works.
    #[schema(max_length = 200, example = "Cháu nội")]
    pub relation: Option<String>,
}

impl From<&Helper> for HelperView {
    fn from(helper: &Helper) -> Self {
        let Helper {
            kind,
            full_name,
            relation,
        } = helper;
        Self {
            kind: *kind,
            full_name: full_name.reveal().clone(),
            relation: relation.as_ref().map(|text| text.reveal().clone()),
        }
    }
}
