//! What officers send about whose work a dossier is.

use domain::{ids::OfficerId, personal::Personal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{dossiers::wire::one_text, failure::Failure};

/// The longest reason, in characters.
const LONGEST: usize = 500;

/// To whom a dossier is given.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    /// An officer who holds the role of a processor or of an approver at the agency.
    pub officer_id: OfficerId,
    /// Why, for the agency; the citizen is not told.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub reason: Option<Personal<String>>,
}

/// Why a dossier is taken up or let go.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentReasonBody {
    /// Why, for the agency; needed where it is taken over from another officer.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub reason: Option<Personal<String>>,
}

/// Whose work is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkOf {
    /// The caller's own.
    Mine,
    /// Nobody's: the common pile.
    Unassigned,
}

/// A reason, checked.
///
/// # Errors
/// `invalid-content` at `/reason`.
pub fn reason(given: Option<Personal<String>>) -> Result<Option<Personal<String>>, Failure> {
    let checked = given.map(|text| one_text("/reason", text.reveal(), LONGEST));
    Ok(checked.transpose()?.map(Personal::new))
}
