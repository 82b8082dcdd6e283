//! How sure an entry of a calendar is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an entry is known; the law's announcements are data, and data has a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Read in a cited source.
    Found,
    /// Written from memory: to be checked against a source.
    FromMemory,
    /// Deduced from other entries or from the law's general rule.
    Deduced,
}
