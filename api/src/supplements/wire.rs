//! Supplement requests on the wire.

use domain::{ids::SupplementId, personal::Personal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    dossiers::{view::SupplementView, wire::one_text},
    failure::Failure,
};

/// The longest note to an answer, in characters.
const LONGEST_NOTE: usize = 500;

/// The path of one supplement request.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SupplementPath {
    /// The request's id.
    #[param(value_type = uuid::Uuid)]
    pub supplement_id: SupplementId,
}

/// The supplement requests of one dossier, by round.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplementList {
    /// Every request, the first round first.
    #[schema(max_items = 100)]
    pub items: Vec<SupplementView>,
}

/// An answer. The papers were attached to the dossier before; what came is worked out from them.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// What the citizen adds in words, for the desk to read.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub note: Option<Personal<String>>,
}

impl AnswerBody {
    /// The note, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn checked(self) -> Result<Option<Personal<String>>, Failure> {
        let Self { note } = self;
        note.map(|note| one_text("/note", note.reveal(), LONGEST_NOTE).map(Personal::new))
            .transpose()
    }
}
