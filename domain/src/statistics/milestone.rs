//! What the figures need to know of one event of a dossier.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ids::DossierId, time::Time};

/// How a dossier was filed (kênh tiếp nhận).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportChannel)]
pub enum Channel {
    /// Online (trực tuyến).
    Online,
    /// At the counter (trực tiếp).
    Direct,
    /// By public post (bưu chính công ích).
    Post,
}

/// Where a dossier stands, as far as the figures tell the difference.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not filed yet; counted nowhere.
    Draft,
    /// Filed and not yet accepted (mới đăng ký).
    Filed,
    /// Not accepted (không được tiếp nhận).
    Refused,
    /// Accepted (được tiếp nhận).
    Accepted,
    /// In processing (đang xử lý).
    InProgress,
    /// Waits for the citizen's papers (yêu cầu bổ sung), before or after acceptance.
    PausedForSupplement,
    /// Waits for the citizen's money (yêu cầu thực hiện nghĩa vụ tài chính).
    PausedForPayment,
    /// Its clock stands still for another reason, such as another agency's opinion.
    PausedOtherwise,
    /// The citizen has asked for it back (yêu cầu rút hồ sơ); still open.
    WithdrawalRequested,
    /// The result exists (đã xử lý xong).
    Finished,
    /// The result has been handed over (đã trả kết quả).
    HandedOver,
    /// Stopped (dừng xử lý).
    Stopped,
    /// Given back to the citizen (đã rút).
    Withdrawn,
}

impl Stage {
    /// Whether a dossier can only stand here after it was accepted.
    pub(super) const fn implies_acceptance(self) -> bool {
        match self {
            Self::Accepted
            | Self::InProgress
            | Self::PausedForPayment
            | Self::PausedOtherwise
            | Self::Finished
            | Self::HandedOver => true,
            Self::Draft
            | Self::Filed
            | Self::Refused
            | Self::PausedForSupplement
            | Self::WithdrawalRequested
            | Self::Stopped
            | Self::Withdrawn => false,
        }
    }

    /// Whether the desk has answered when a dossier comes to stand here from being filed.
    pub(super) const fn is_an_answer(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Refused | Self::PausedForSupplement
        )
    }

    /// Whether nothing is left to be done for it.
    pub(super) const fn is_end(self) -> bool {
        match self {
            Self::Refused | Self::Finished | Self::HandedOver | Self::Stopped | Self::Withdrawn => {
                true
            }
            Self::Draft
            | Self::Filed
            | Self::Accepted
            | Self::InProgress
            | Self::PausedForSupplement
            | Self::PausedForPayment
            | Self::PausedOtherwise
            | Self::WithdrawalRequested => false,
        }
    }
}

/// One event of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// Whose event it is.
    pub dossier: DossierId,
    /// When it happened.
    pub at: Time,
    /// Where the dossier stood after it.
    pub stage: Stage,
    /// The due date in force after it, extensions included.
    pub due_at: Option<Time>,
    /// How the dossier was filed.
    pub channel: Channel,
    /// Until when the desk was to answer what was filed online; none where nothing was promised.
    pub answer_due_at: Option<Time>,
}
