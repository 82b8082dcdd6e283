//! What the fold keeps of one dossier.

use super::{Channel, Milestone, Stage};
use crate::{ids::DossierId, time::Time};

/// When a dossier ended, and the due date in force then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ended {
    pub(super) at: Time,
    pub(super) due_at: Option<Time>,
}

/// Where a dossier stood at the end of the period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) stage: Stage,
    pub(super) due_at: Option<Time>,
}

/// What is known of one dossier so far.
#[derive(Debug)]
pub(super) struct History {
    pub(super) dossier: DossierId,
    pub(super) channel: Channel,
    pub(super) stage: Stage,
    pub(super) accepted_at: Option<Time>,
    pub(super) refused_at: Option<Time>,
    pub(super) answer_due_at: Option<Time>,
    /// When the desk first accepted, refused or asked for papers.
    pub(super) answered_at: Option<Time>,
    pub(super) ended: Option<Ended>,
    pub(super) at_end: Standing,
    pub(super) asked_before: bool,
}

impl History {
    pub(super) fn new(first: &Milestone) -> Self {
        let Milestone {
            dossier,
            at: _,
            stage: _,
            due_at: _,
            channel,
            answer_due_at,
        } = *first;
        Self {
            dossier,
            channel,
            stage: Stage::Draft,
            accepted_at: None,
            refused_at: None,
            answer_due_at,
            answered_at: None,
            ended: None,
            at_end: Standing {
                stage: Stage::Draft,
                due_at: None,
            },
            asked_before: false,
        }
    }

    /// Whether the milestone is a new request. A refused withdrawal leads back to the old one.
    pub(super) fn asks_for_supplement(&self, milestone: &Milestone) -> bool {
        let was_asked = [Stage::PausedForSupplement, Stage::WithdrawalRequested];
        milestone.stage == Stage::PausedForSupplement && !was_asked.contains(&self.stage)
    }

    pub(super) fn push(&mut self, milestone: &Milestone, end: Time) {
        let Milestone {
            dossier: _,
            at,
            stage,
            due_at,
            channel,
            answer_due_at,
        } = *milestone;
        self.asked_before |= self.asks_for_supplement(milestone);
        self.stage = stage;
        self.channel = channel;
        self.answer_due_at = answer_due_at;
        if stage.is_an_answer() {
            self.answered_at = self.answered_at.or(Some(at));
        }
        if stage.implies_acceptance() {
            self.accepted_at = self.accepted_at.or(Some(at));
        }
        if self.accepted_at.is_none() {
            let refused = (stage == Stage::Refused).then_some(at);
            self.refused_at = self.refused_at.or(refused);
        } else if stage.is_end() {
            self.ended = self.ended.or(Some(Ended { at, due_at }));
        } else {
            self.ended = None;
        }
        if at < end {
            self.at_end = Standing { stage, due_at };
        }
    }
}
