//! The facts a due date is computed from.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{TimeLimit, working_time::to_the_minute};
use crate::{
    rejection::{Code, Fault, Rejection},
    time::Time,
};

/// Everything about a dossier that bears on its due date (ngày hẹn trả). Facts only: what is
/// deduced from them stands in the [`Ledger`](super::Ledger).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    /// The procedure's limit.
    pub limit: TimeLimit,
    /// When a complete dossier was accepted (ngày tiếp nhận).
    pub accepted_at: Time,
    /// When it stood still; apart from each other, only the last may be open.
    pub pauses: Vec<Pause>,
    /// A new appointed date with apology, at most one (118/2025/NĐ-CP).
    pub extension: Option<Extension>,
    /// What a supplement request does to the clock.
    pub on_supplement: SupplementClock,
}

/// A time in which the agency waits for the citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    /// When the citizen was asked.
    pub from: Time,
    /// When the citizen had answered in full; absent while the agency still waits.
    pub to: Option<Time>,
    /// What is waited for.
    pub why: PauseReason,
}

/// What the agency waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// Missing papers (yêu cầu bổ sung).
    Supplement,
    /// Fees (nghĩa vụ tài chính).
    Payment,
}

/// What a supplement request does to the clock; set per procedure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupplementClock {
    /// It stands still until the supplement is complete.
    #[default]
    Pause,
    /// It starts from zero when the supplement is complete (61/2018/NĐ-CP art. 19.4).
    Restart,
}

/// A new appointed date, with apology (phiếu xin lỗi và hẹn lại ngày trả).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Extension {
    /// When it was granted.
    pub granted_at: Time,
    /// The new appointed instant.
    pub new_due_at: Time,
    /// Code of the reason.
    pub reason: String,
    /// Whether the due date follows, or stays where it was and only the apology is on record.
    pub moves_due: bool,
}

impl Clock {
    /// The clock of a dossier accepted then, without anything else having happened.
    pub fn started(limit: TimeLimit, accepted_at: Time) -> Self {
        Self {
            limit,
            accepted_at,
            pauses: Vec::new(),
            extension: None,
            on_supplement: SupplementClock::default(),
        }
    }

    /// The pauses in order, what lies before acceptance cut off and those of no minute left out. Inverted or overlapping pauses are refused: no due date follows from facts
    /// that contradict each other.
    pub(super) fn pauses_in_order(&self) -> Result<Vec<Pause>, Rejection> {
        let begin = to_the_minute(self.accepted_at);
        let mut faults = Vec::new();
        let mut pauses: Vec<(usize, Pause)> = self.pauses.iter().copied().enumerate().collect();
        pauses.sort_by_key(|(_, pause)| pause.from);
        let mut last_to = Some(begin);
        for (p, pause) in &pauses {
            if pause.to.is_some_and(|to| to < pause.from) {
                faults.push(Fault::new(format!("/pauses/{p}/to"), Code::OutOfRange));
            }
            if last_to.is_none_or(|last| pause.from.max(begin) < last) {
                faults.push(Fault::new(format!("/pauses/{p}/from"), Code::OutOfRange));
            }
            last_to = pause.to.map(|to| to.max(begin));
        }
        Rejection::of_faults(faults)?;
        let cut = pauses.into_iter().map(|(_, pause)| Pause {
            from: pause.from.max(self.accepted_at),
            ..pause
        });
        Ok(cut
            .filter(|pause| {
                let from = to_the_minute(pause.from);
                pause.to.is_none_or(|to| from < to_the_minute(to))
            })
            .collect())
    }
}
