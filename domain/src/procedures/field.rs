//! Fields (lĩnh vực): how the catalogue is grouped for readers and for the figures.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{code::FieldCode, source::Source};
use crate::text::Localized;

/// One field of administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The code: owner agency and field.
    pub code: FieldCode,
    /// What it is called.
    pub name: Localized,
    /// Where the code and the name come from.
    pub source: Source,
}
