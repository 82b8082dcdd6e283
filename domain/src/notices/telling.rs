//! Which change makes a notice, and why the others make none.

use super::NoticeKind;
use crate::dossiers::EventKind;

/// What a change tells the citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// A notice of this kind.
    Notice(NoticeKind),
    /// Nothing, and why.
    Silent(&'static str),
}

use Telling::{Notice, Silent};

const OWN_DRAFT: Telling =
    Silent("drafting is the citizen's own business, and nobody else sees it");

impl Telling {
    /// The kind of the notice, if there is one.
    pub const fn kind(self) -> Option<NoticeKind> {
        match self {
            Notice(kind) => Some(kind),
            Silent(_) => None,
        }
    }
}

/// What an event of a dossier tells.
pub const fn of_event(kind: EventKind) -> Telling {
    match kind {
        EventKind::Drafted | EventKind::Edited | EventKind::Discarded | EventKind::PaperRemoved => {
            OWN_DRAFT
        }
        EventKind::PaperAttached => Silent(
            "a paper tells nothing until the dossier or the answer it belongs to is handed in",
        ),
        EventKind::SupplementConsented => {
            Silent("consent inside the agency; the request itself tells")
        }
        EventKind::Assigned | EventKind::Released => {
            Silent("whose work it is, is the agency's own business")
        }
        EventKind::Submitted => Notice(NoticeKind::Submitted),
        EventKind::Filed => Notice(NoticeKind::Filed),
        EventKind::Accepted => Notice(NoticeKind::Accepted),
        EventKind::Refused => Notice(NoticeKind::Refused),
        EventKind::Forwarded => Notice(NoticeKind::Forwarded),
        EventKind::SupplementRequested => Notice(NoticeKind::SupplementRequested),
        EventKind::SupplementAnswered => Notice(NoticeKind::SupplementAnswered),
        EventKind::Resumed => Notice(NoticeKind::Resumed),
        EventKind::SupplementLapsed => Notice(NoticeKind::SupplementLapsed),
        EventKind::PaymentRequested => Notice(NoticeKind::PaymentRequested),
        EventKind::PaymentRecorded => Notice(NoticeKind::PaymentRecorded),
        EventKind::WithdrawalRequested => Notice(NoticeKind::WithdrawalRequested),
        EventKind::WithdrawalGranted => Notice(NoticeKind::WithdrawalGranted),
        EventKind::WithdrawalDeclined => Notice(NoticeKind::WithdrawalDeclined),
        EventKind::Stopped => Notice(NoticeKind::Stopped),
        EventKind::Decided => Notice(NoticeKind::Decided),
        EventKind::ResultIssued => Notice(NoticeKind::ResultIssued),
        EventKind::Recalled => Notice(NoticeKind::Recalled),
        EventKind::HandedOver => Notice(NoticeKind::HandedOver),
        EventKind::Apologised => Notice(NoticeKind::Apologised),
        EventKind::Transferred => Notice(NoticeKind::Transferred),
        EventKind::DeadlineExtended => Notice(NoticeKind::DeadlineExtended),
        EventKind::Reopened => Notice(NoticeKind::Reopened),
        EventKind::DueDateRecomputed => Notice(NoticeKind::DueDateRecomputed),
    }
}

/// What an event of a mandate tells either side, by its name in the log; nothing for one there is not.
pub fn of_mandate(kind: &str) -> Option<Telling> {
    Some(match kind {
        "mandate_proposed" => Notice(NoticeKind::MandateProposed),
        "mandate_accepted" => Notice(NoticeKind::MandateAccepted),
        "mandate_confirmed" => Notice(NoticeKind::MandateConfirmed),
        "mandate_refused" => Notice(NoticeKind::MandateRefused),
        "mandate_revoked" => Notice(NoticeKind::MandateRevoked),
        "mandate_given_back" => Notice(NoticeKind::MandateGivenBack),
        "mandate_expired" => Notice(NoticeKind::MandateExpired),
        _ => return None,
    })
}

/// What an event of a data-subject request tells whoever asked, likewise.
pub fn of_data_request(kind: &str) -> Option<Telling> {
    Some(match kind {
        "data_request_received" => {
            Silent("whoever asked was answered at once with the request itself")
        }
        "data_request_escalated" => Silent("an alarm inside the agency"),
        "data_request_acknowledged" => Notice(NoticeKind::DataRequestAcknowledged),
        "data_request_extended" => Notice(NoticeKind::DataRequestExtended),
        "data_request_fulfilled" => Notice(NoticeKind::DataRequestFulfilled),
        "data_request_refused" => Notice(NoticeKind::DataRequestRefused),
        _ => return None,
    })
}
