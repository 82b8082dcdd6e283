//! What happened to a dossier: one event for every change, appended, never altered.

use serde::{Deserialize, Serialize};

use crate::{
    dossiers::{Assistance, Channel, State},
    ids::{AgencyId, OfficerId, ProposalId},
    time::Time,
    transfers::TransferReason,
    vocabulary,
};

vocabulary! {
    /// What happened.
    EventKind {
        /// A draft was created.
        Drafted = "drafted",
        /// A draft was changed.
        Edited = "edited",
        /// A draft was thrown away.
        Discarded = "discarded",
        /// A paper was attached.
        PaperAttached = "paper_attached",
        /// A paper was removed from a draft.
        PaperRemoved = "paper_removed",
        /// The citizen submitted.
        Submitted = "submitted",
        /// An officer filed for somebody at the counter or from the post.
        Filed = "filed",
        /// Accepted, with receipt and due date (form 01).
        Accepted = "accepted",
        /// Refused at intake (form 03).
        Refused = "refused",
        /// Handed to the specialist unit.
        Forwarded = "forwarded",
        /// A leader consented to a further supplement request.
        SupplementConsented = "supplement_consented",
        /// More papers were asked for (form 02).
        SupplementRequested = "supplement_requested",
        /// The citizen answered.
        SupplementAnswered = "supplement_answered",
        /// The desk confirmed the answer; work goes on.
        Resumed = "resumed",
        /// The reply-by date passed without an answer.
        SupplementLapsed = "supplement_lapsed",
        /// The citizen was asked to pay.
        PaymentRequested = "payment_requested",
        /// A payment was recorded.
        PaymentRecorded = "payment_recorded",
        /// The citizen asked for the dossier back.
        WithdrawalRequested = "withdrawal_requested",
        /// The withdrawal was confirmed.
        WithdrawalGranted = "withdrawal_granted",
        /// The withdrawal was declined.
        WithdrawalDeclined = "withdrawal_declined",
        /// Stopped by the agency (form 05).
        Stopped = "stopped",
        /// The leader decided.
        Decided = "decided",
        /// The result was issued.
        ResultIssued = "result_issued",
        /// The result was recalled before hand-over.
        Recalled = "recalled",
        /// The result was handed over.
        HandedOver = "handed_over",
        /// The agency apologised and named a new date (form 04).
        Apologised = "apologised",
        /// It became an officer's work.
        Assigned = "assigned",
        /// It went back to the common pile.
        Released = "released",
        /// It went to another agency.
        Transferred = "transferred",
        /// Two officers moved the due date beyond what one apology gives.
        DeadlineExtended = "deadline_extended",
        /// Two officers opened it again.
        Reopened = "reopened",
        /// The calendar or the agency's sessions changed, and the due date follows them.
        DueDateRecomputed = "due_date_recomputed",
    }
}

impl EventKind {
    /// Whether the citizen's timeline shows it. Drafting is the citizen's own business, and inner
    /// consent and whose work it is are the agency's.
    pub const fn is_public(self) -> bool {
        !matches!(
            self,
            Self::Drafted
                | Self::Edited
                | Self::Discarded
                | Self::PaperAttached
                | Self::PaperRemoved
                | Self::SupplementConsented
                | Self::Assigned
                | Self::Released
        )
    }
}

/// One event: what happened, and how the dossier stood afterwards. No personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When; always later than the dossier's previous event, whatever the machine's clock did.
    pub at: Time,
    /// The state afterwards.
    pub state: State,
    /// The due instant afterwards.
    pub due_at: Option<Time>,
    /// How the dossier was filed.
    pub channel: Channel,
    /// The words and codes that go with it.
    pub note: Note,
}

/// What an event says beyond its kind: codes, numbers, and the reason and legal ground in the words of
/// whoever gave them. No field of a person, because events live as long as the archive law says and feed
/// everything; what somebody writes into a reason lives as long.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// A coded or worded reason as told to the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The legal ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_ground: Option<String>,
    /// The due instant before, where the event moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_due_at: Option<Time>,
    /// The supplement round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// The papers concerned, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// A number given: of the dossier, the receipt or the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// An amount of dong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// Who held the pen, where the desk wrote down what the person asked for or handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistance: Option<Assistance>,
    /// How many of the beneficiary groups the citizen claimed did not stand at acceptance, because no
    /// proof was shown; the groups themselves are a matter of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unproven_claims: Option<u32>,
    /// Whose work it became, or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<OfficerId>,
    /// From which agency to which it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// What two people decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub four_eyes: Option<FourEyes>,
}

/// From which agency to which a dossier went, and the coded reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// From.
    pub from: AgencyId,
    /// To.
    pub to: AgencyId,
    /// Why.
    pub why: TransferReason,
}

/// The proposal behind an event, and who made it; the event's actor is who approved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FourEyes {
    /// The proposal.
    pub proposal: ProposalId,
    /// The first person.
    pub proposed_by: OfficerId,
}

impl Note {
    /// A note that only gives a reason.
    pub fn reason(reason: impl Into<String>) -> Self {
        Self {
            reason: Some(reason.into()),
            ..Self::default()
        }
    }
}
