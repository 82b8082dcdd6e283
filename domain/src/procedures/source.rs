//! Where an entry of the catalogue comes from, and how sure of it we are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::deadlines::Certainty;

/// The ground of an entry: a law and article, a decision, or how it was deduced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The law, decision or page, as cited.
    #[schema(min_length = 1, max_length = 500, example = "281/2016/TT-BTC")]
    pub text: String,
    /// How sure it is.
    pub certainty: Certainty,
}
