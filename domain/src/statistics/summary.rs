//! The figures of one period, by the definitions of the one-stop reports.

use super::{Period, Rate, RateId};
use crate::time::Time;

/// How many dossiers, by the letters of the definitions. The parts are counted one by one and the
/// sums are derived, so that they cannot disagree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// C, tồn kỳ trước: accepted before the period and not finished before it.
    pub carried_over: u64,
    /// No: accepted in the period, filed online.
    pub new_online: u64,
    /// Nd: accepted in the period, filed at the counter.
    pub new_direct: u64,
    /// Np: accepted in the period, filed by post.
    pub new_post: u64,
    /// Fe, trước hạn: finished in the period on a date before the due date.
    pub finished_early: u64,
    /// Fo, đúng hạn: finished in the period on the due date, or without a due date.
    pub finished_on_time: u64,
    /// Fl, quá hạn: finished in the period on a date after the due date.
    pub finished_late: u64,
    /// Those of Fo that have no due date.
    pub finished_without_due_date: u64,
    /// Pi, trong hạn: open at the end of the period, not paused, and not past due.
    pub open_within: u64,
    /// Po, quá hạn: open at the end of the period, not paused, and past due by the instant.
    pub open_overdue: u64,
    /// Those of Pi that have no due date.
    pub open_without_due_date: u64,
    /// Ps: open, waiting for papers.
    pub paused_for_supplement: u64,
    /// Ps: open, waiting for money.
    pub paused_for_payment: u64,
    /// Ps: open, paused for another reason.
    pub paused_otherwise: u64,
    /// J, không tiếp nhận: refused in the period before acceptance; outside T.
    pub refused: u64,
    /// Supplement requests made in the period (lượt yêu cầu bổ sung).
    pub supplement_requests: u64,
    /// Those of them that were not the dossier's first.
    pub later_supplement_requests: u64,
    /// Filed online and first answered (accepted, refused, or sent back for papers) in the period, within
    /// the desk's time for it.
    pub answered_on_time: u64,
    /// The same, later than that.
    pub answered_late: u64,
    /// Filed online, waiting for its first answer at the end of the period, and past the time for it.
    pub unanswered_overdue: u64,
}

impl Counts {
    /// N, tiếp nhận mới trong kỳ.
    pub const fn newly_received(&self) -> u64 {
        self.new_online + self.new_direct + self.new_post
    }

    /// T, tổng nhận giải quyết: C + N.
    pub const fn total(&self) -> u64 {
        self.carried_over + self.newly_received()
    }

    /// F, đã giải quyết.
    pub const fn finished(&self) -> u64 {
        self.finished_early + self.finished_on_time + self.finished_late
    }

    /// Ps, tạm dừng.
    pub const fn paused(&self) -> u64 {
        self.paused_for_supplement + self.paused_for_payment + self.paused_otherwise
    }

    /// P, đang giải quyết.
    pub const fn open(&self) -> u64 {
        self.open_within + self.open_overdue + self.paused()
    }

    /// Every share these counts support.
    pub fn rates(&self) -> Vec<Rate> {
        let on_time = self.finished_early + self.finished_on_time;
        vec![
            Rate::of(
                RateId::OnlineOfNewV1,
                self.new_online,
                self.newly_received(),
            ),
            Rate::of(RateId::OnlineOfTotalV1, self.new_online, self.total()),
            Rate::of(RateId::FinishedOnTimeV1, on_time, self.finished()),
            Rate::of(RateId::OpenOverdueV1, self.open_overdue, self.open()),
            Rate::of(
                RateId::LaterSupplementsV1,
                self.later_supplement_requests,
                self.supplement_requests,
            ),
            Rate::of(
                RateId::AnsweredOnTimeV1,
                self.answered_on_time,
                self.answered_on_time + self.answered_late,
            ),
        ]
    }
}

/// The figures of a period, and as of when they were taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The period.
    pub period: Period,
    /// What happened up to and including this instant is known to the figures.
    pub cut_off: Time,
    /// The counts.
    pub counts: Counts,
    /// The shares.
    pub rates: Vec<Rate>,
}
