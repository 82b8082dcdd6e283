//! What the desk may take its time for, and how it asks for papers: figures of a procedure's version.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    deadlines::{self, ClockTime, DayCounting, TimeLimit},
    rejection::{Code, Fault},
};

/// How supplement requests (yêu cầu bổ sung) work for this procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementPolicy {
    /// What happens to the clock.
    pub clock: deadlines::SupplementClock,
    /// Working days the citizen has to answer, unless the request says otherwise.
    #[schema(minimum = 1, maximum = 90)]
    pub reply_days: u16,
    /// The most working days a request may give; never fewer than `reply_days`.
    #[serde(default = "most_reply_days")]
    #[schema(minimum = 1, maximum = 90)]
    pub most_reply_days: u16,
}

/// Where a version says nothing else: six weeks, so that no dossier is put off for good by a request.
const fn most_reply_days() -> u16 {
    30
}

/// The clocks of the one-stop desk itself, apart from the time limit of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskClocks {
    /// Within what time what was filed online is accepted, refused or sent back for papers.
    pub answer: TimeLimit,
    /// What is accepted up to this time of a day goes to the specialist unit the same day; what is
    /// accepted later, at the start of the next working day (309/2026/NĐ-CP).
    pub forward_cutoff: ClockTime,
    /// Within what time of acceptance appraisal that finds a dossier insufficient asks for papers
    /// (61/2018/NĐ-CP art. 19.4, believed to live on in 118/2025/NĐ-CP).
    pub appraisal: TimeLimit,
}

/// The figures of the law as it stands, for versions that say nothing else.
impl Default for DeskClocks {
    fn default() -> Self {
        Self {
            answer: TimeLimit::WorkingHours { hours: 8 },
            forward_cutoff: ClockTime::THREE_PM,
            appraisal: TimeLimit::WorkingDays {
                days: 3,
                counting: DayCounting::ByHours,
            },
        }
    }
}

impl SupplementPolicy {
    /// What is wrong with the policy, below `pointer`.
    pub(super) fn faults(self, pointer: &str) -> Option<Fault> {
        // What is out of its own bounds is told there.
        let is_sound = (1..=90).contains(&self.reply_days);
        (is_sound && self.most_reply_days < self.reply_days).then(|| {
            Fault::new(format!("{pointer}/most_reply_days"), Code::OutOfRange).because(
                "Số ngày trả lời tối đa không được ít hơn số ngày mặc định.",
                "The most days there are for an answer cannot be fewer than the days usually given.",
            )
        })
    }
}

impl DeskClocks {
    /// What is wrong with the clocks, each below `pointer`.
    pub(super) fn faults(&self, pointer: &str) -> Vec<Fault> {
        let Self {
            answer,
            forward_cutoff: _,
            appraisal,
        } = self;
        let mut faults = answer.faults(&format!("{pointer}/answer"));
        faults.extend(appraisal.faults(&format!("{pointer}/appraisal")));
        faults
    }
}
