//! Notices (thông báo): what a citizen is told, by whom, when, and what must be done now.
//!
//! Changes of a dossier's state are told at once (decree 224/2026 art. 15). A notice
//! is a kind and a few coded facts; its words are made when it is read, in the reader's language, so
//! nothing about a person lies in it.

mod kinds;
mod planning;
mod preferences;
mod short;
mod state_of_delivery;
mod telling;
#[cfg(test)]
mod tests;
mod wording;
mod words_of_dossiers;
mod words_of_others;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{AgencyId, DossierId, EventId, NoticeId, PersonId},
    time::Time,
};

pub use kinds::{NoticeAuthor, NoticeChannel, NoticeGroup, NoticeKind, PushPlatform};
pub use planning::{Planned, Reachable, SkipReason, Way, instead_of, next_way, plan};
pub use preferences::NoticePreferences;
pub use short::{LONGEST_SMS, sms, unaccented};
pub use state_of_delivery::{
    DeliveryState, Moot, REMIND_DAYS, jittered, moot, next_look, report_is_overdue,
};
pub use telling::{Telling, of_data_request, of_event, of_mandate};
pub use wording::{Told, told};

/// The coded facts of a notice: codes, numbers, dates and sums of the matter. No field of a person and no
/// words that anybody typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Who did what it tells of.
    pub by: NoticeAuthor,
    /// The agency concerned, where it is not that which a dossier was filed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The dossier's official code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The supplement round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// When the result, or the answer, is due now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Time>,
    /// An amount of dong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

/// A notice in somebody's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id: providers tell repeats by it.
    pub id: NoticeId,
    /// Who is told.
    pub person: PersonId,
    /// What.
    pub kind: NoticeKind,
    /// The event it tells of: the order of the log is the order of notices, too.
    pub event: EventId,
    /// The dossier's agency.
    pub agency: Option<AgencyId>,
    /// The dossier concerned.
    pub dossier: Option<DossierId>,
    /// The supplement request, mandate or data-subject request concerned.
    pub about: Option<Uuid>,
    /// The coded facts.
    pub facts: Facts,
    /// By when something must be done.
    pub act_by: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
}
