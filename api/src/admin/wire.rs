//! The administrators' view of the outbox.

use domain::{ids::OutboxEntryId, time::Time};
use persistence::outbox::Entry;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The path of one entry.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EntryPath {
    /// The entry's id.
    #[param(value_type = uuid::Uuid)]
    pub entry_id: OutboxEntryId,
}

/// Deliveries given up on, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLetters {
    /// The oldest ones; more show once these are dealt with.
    #[schema(max_items = 100)]
    pub items: Vec<DeadLetter>,
}

/// A delivery given up on. What it carries is not shown: it may be about a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLetter {
    /// The entry's id.
    pub id: OutboxEntryId,
    /// What sort of delivery.
    #[schema(max_length = 64, example = "notice")]
    pub topic: String,
    /// How often it was tried.
    #[schema(minimum = 0)]
    pub attempts: i64,
    /// What went wrong last.
    #[schema(max_length = 1000)]
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: Time,
}

impl From<Entry> for DeadLetter {
    fn from(entry: Entry) -> Self {
        let Entry {
            id,
            topic,
            key: _,
            payload: _,
            state: _,
            attempts,
            next_attempt_at: _,
            last_error,
            created_at,
            delivered_at: _,
        } = entry;
        Self {
            id,
            topic,
            attempts,
            last_error,
            created_at,
        }
    }
}
