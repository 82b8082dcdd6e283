//! The fold itself: milestones in, figures out.
//!
//! A recall makes a dossier unfinished again, also in the figures of an earlier period that are
//! taken after it. That is what keeps T = C + N = F + P and the carry-over of the next period equal
//! to what this one left open; figures of the same period and cut-off are always the same.

use chrono::Duration;

use super::{
    Channel, Counts, Milestone, Period, Stage, Summary,
    history::{Ended, History, Standing},
};
use crate::time::Time;

/// The figures of a period from milestones grouped by dossier and, within one, in order of time.
pub fn summarise(
    milestones: impl IntoIterator<Item = Milestone>,
    period: Period,
    cut_off: Time,
) -> Summary {
    let mut fold = Fold::new(period, cut_off);
    for milestone in milestones {
        fold.push(&milestone);
    }
    fold.finish()
}

/// Takes milestones one at a time and keeps only the present dossier in memory.
#[derive(Debug)]
pub struct Fold {
    period: Period,
    cut_off: Time,
    /// The first instant that is not counted: the end of the period, or just after the cut-off.
    end: Time,
    counts: Counts,
    present: Option<History>,
}

impl Fold {
    /// Nothing counted yet. Milestones after `cut_off` will be ignored.
    pub fn new(period: Period, cut_off: Time) -> Self {
        Self {
            period,
            cut_off,
            end: period.to().min(cut_off.plus(Duration::microseconds(1))),
            counts: Counts::default(),
            present: None,
        }
    }

    /// Takes the next milestone. Those of one dossier come together and in order of time.
    pub fn push(&mut self, milestone: &Milestone) {
        if milestone.at > self.cut_off {
            return;
        }
        let mut history = match self.present.take() {
            Some(history) if history.dossier == milestone.dossier => history,
            Some(history) => {
                self.count(&history);
                History::new(milestone)
            }
            None => History::new(milestone),
        };
        if history.asks_for_supplement(milestone) && self.covers(milestone.at) {
            self.counts.supplement_requests += 1;
            self.counts.later_supplement_requests += u64::from(history.asked_before);
        }
        history.push(milestone, self.end);
        self.present = Some(history);
    }

    /// The figures.
    pub fn finish(mut self) -> Summary {
        if let Some(history) = self.present.take() {
            self.count(&history);
        }
        Summary {
            period: self.period,
            cut_off: self.cut_off,
            counts: self.counts,
            rates: self.counts.rates(),
        }
    }

    fn covers(&self, at: Time) -> bool {
        self.period.from() <= at && at < self.end
    }

    fn count(&mut self, history: &History) {
        if history.refused_at.is_some_and(|at| self.covers(at)) {
            self.counts.refused += 1;
        }
        self.count_answer(history);
        let Some(accepted_at) = history.accepted_at.filter(|at| *at < self.end) else {
            return;
        };
        let ended_before = |instant| history.ended.is_some_and(|ended| ended.at < instant);
        if ended_before(self.period.from()) {
            return;
        }
        if accepted_at < self.period.from() {
            self.counts.carried_over += 1;
        } else {
            self.count_new(history.channel);
        }
        match history.ended.filter(|ended| ended.at < self.end) {
            Some(ended) => self.count_finished(ended),
            None => self.count_open(history.at_end),
        }
    }

    /// By instant: the desk's clock counts working hours. What was withdrawn before an answer is
    /// counted nowhere.
    fn count_answer(&mut self, history: &History) {
        let Some(due_at) = history.answer_due_at else {
            return;
        };
        match history.answered_at.filter(|at| *at < self.end) {
            Some(at) if !self.covers(at) => {}
            Some(at) if at <= due_at => self.counts.answered_on_time += 1,
            Some(_) => self.counts.answered_late += 1,
            None if history.at_end.stage != Stage::Filed => {}
            None if due_at < self.period.to().min(self.cut_off) => {
                self.counts.unanswered_overdue += 1;
            }
            None => {}
        }
    }

    fn count_new(&mut self, channel: Channel) {
        match channel {
            Channel::Online => self.counts.new_online += 1,
            Channel::Direct => self.counts.new_direct += 1,
            Channel::Post => self.counts.new_post += 1,
        }
    }

    /// By local date, as the law words due dates in reports.
    fn count_finished(&mut self, ended: Ended) {
        let Some(due_at) = ended.due_at else {
            self.counts.finished_on_time += 1;
            self.counts.finished_without_due_date += 1;
            return;
        };
        match ended.at.date().cmp(&due_at.date()) {
            std::cmp::Ordering::Less => self.counts.finished_early += 1,
            std::cmp::Ordering::Equal => self.counts.finished_on_time += 1,
            std::cmp::Ordering::Greater => self.counts.finished_late += 1,
        }
    }

    /// By instant, at the end of the period or at the cut-off if that comes first.
    fn count_open(&mut self, standing: Standing) {
        let counts = &mut self.counts;
        match standing.stage {
            Stage::PausedForSupplement => counts.paused_for_supplement += 1,
            Stage::PausedForPayment => counts.paused_for_payment += 1,
            Stage::PausedOtherwise => counts.paused_otherwise += 1,
            Stage::Draft
            | Stage::Filed
            | Stage::Refused
            | Stage::Accepted
            | Stage::InProgress
            | Stage::WithdrawalRequested
            | Stage::Finished
            | Stage::HandedOver
            | Stage::Stopped
            | Stage::Withdrawn => match standing.due_at {
                None => {
                    counts.open_within += 1;
                    counts.open_without_due_date += 1;
                }
                Some(due_at) if due_at < self.period.to().min(self.cut_off) => {
                    counts.open_overdue += 1;
                }
                Some(_) => counts.open_within += 1,
            },
        }
    }
}
