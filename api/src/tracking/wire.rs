//! Public tracking on the wire: states and dates, nothing about a person.

use chrono::NaiveDate;
use domain::{
    dossiers::{EventKind, State},
    personal::Personal,
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The two halves of what is printed on the receipt.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrackingBody {
    /// The dossier's code.
    #[schema(max_length = 40, example = "H01.30.38-20261123-0000042")]
    pub code: String,
    /// The secret beside it.
    #[schema(value_type = String, max_length = 16, example = "7KQ2M9XD")]
    pub secret: Personal<String>,
}

/// How a dossier stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingView {
    /// The dossier's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// The name of the procedure.
    #[schema(max_length = 300)]
    pub procedure: String,
    /// The name of the agency.
    #[schema(max_length = 300)]
    pub agency: String,
    /// Where it stands.
    pub state: State,
    /// The state in words.
    #[schema(max_length = 200)]
    pub state_text: String,
    /// What the citizen must do now, if anything.
    #[schema(max_length = 200)]
    pub must_do_now: Option<String>,
    /// When it was filed.
    pub submitted_at: Option<Time>,
    /// When it was accepted.
    pub accepted_at: Option<Time>,
    /// When the result is due.
    pub due_at: Option<Time>,
    /// The business date of `due_at` in Viet Nam.
    pub due_date: Option<NaiveDate>,
    /// Since when the time limit stands still.
    pub paused_since: Option<Time>,
    /// When it was finished.
    pub finished_at: Option<Time>,
    /// When the result was handed over.
    pub returned_at: Option<Time>,
    /// The latest steps, oldest first.
    #[schema(max_items = 12)]
    pub steps: Vec<TrackingStep>,
}

/// One step of the dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingStep {
    /// What happened.
    pub kind: EventKind,
    /// In words.
    #[schema(max_length = 200)]
    pub text: String,
    /// When.
    pub at: Time,
}
