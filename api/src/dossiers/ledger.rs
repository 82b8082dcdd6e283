//! The ledger of a due date, as shown.

use chrono::NaiveDate;
use domain::{
    deadlines::{Ledger, Segment},
    time::Time,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::deadline::Explained;

/// A due date that explains itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineView {
    /// When the result is due; null while the clock stands still.
    pub due_at: Option<Time>,
    /// The business date of `due_at` in Viet Nam.
    pub due_date: Option<NaiveDate>,
    /// The date that follows from these steps, where a calendar that came later makes it another than
    /// `due_at`: for some seconds after an import, until an open dossier follows it; for good where
    /// the dossier had ended before.
    pub recomputed_due_at: Option<Time>,
    /// When it was due as accepted, without pauses or extension.
    pub original_due_at: Time,
    /// Since when the clock stands still.
    pub paused_since: Option<Time>,
    /// Working minutes the law allows.
    pub allowed_minutes: u32,
    /// Working minutes counted so far.
    pub counted_minutes: u32,
    /// Working minutes left.
    pub remaining_minutes: u32,
    /// Which calendar was used.
    #[schema(max_length = 200)]
    pub calendar_version: String,
    /// Every step, in order of time.
    #[schema(max_items = 10000)]
    pub segments: Vec<Segment>,
}

impl From<Ledger> for DeadlineView {
    fn from(ledger: Ledger) -> Self {
        let Ledger {
            due_at,
            original_due_at,
            paused_since,
            allowed_minutes,
            counted_minutes,
            remaining_minutes,
            calendar_version,
            segments,
        } = ledger;
        Self {
            due_at,
            due_date: due_at.map(Time::date),
            recomputed_due_at: None,
            original_due_at,
            paused_since,
            allowed_minutes,
            counted_minutes,
            remaining_minutes,
            calendar_version,
            segments,
        }
    }
}

impl From<Explained> for DeadlineView {
    fn from(explained: Explained) -> Self {
        let Explained {
            ledger,
            recomputed_due_at,
        } = explained;
        Self {
            recomputed_due_at,
            ..ledger.into()
        }
    }
}
