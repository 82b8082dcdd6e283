//! What a step changes once it was judged to be in order.

use chrono::Duration;

use super::{Action, Model, Round};
use crate::{
    dossiers::State::{
        self, Accepted, Completed, NotAccepted, PaymentRequested, Processing, Registered, Returned,
        Stopped, SupplementRequested, WithdrawalRequested,
    },
    time::Time,
};

impl Model {
    /// Does what was judged to be in order.
    pub(super) fn perform(&mut self, action: &Action) {
        self.version = self.version.saturating_add(1);
        self.changed_at = self
            .now
            .max(self.changed_at.plus(Duration::microseconds(1)));
        match action {
            Action::Discard => self.gone = true,
            Action::AttachPaper(paper) => self.put(*paper, Some(self.changed_at)),
            Action::RemovePaper(paper) => self.put(*paper, None),
            Action::Submit => self.state = Registered,
            Action::Accept => {
                (self.state, self.accepted) = (Accepted, true);
                self.due_at_intake = self.terms.fees_at_intake;
                self.due_later = self.terms.fees_later;
            }
            Action::Refuse => self.state = NotAccepted,
            Action::Forward => self.state = Processing,
            Action::ConsentSupplement => self.consent = true,
            Action::RequestSupplement { papers, reply_in } => self.ask(papers, *reply_in),
            Action::AnswerSupplement => {
                self.paused = false;
                if let Some(round) = &mut self.round {
                    round.answered = true;
                }
            }
            Action::Resume => (self.state, self.round) = (self.before_supplement, None),
            Action::CloseUnanswered if self.accepted => self.end(Stopped),
            Action::CloseUnanswered => self.end(NotAccepted),
            Action::RequestPayment => (self.state, self.paused) = (PaymentRequested, true),
            Action::Pay => self.pay(),
            Action::Withdraw if self.accepted => {
                (self.before_withdrawal, self.state) = (self.state, WithdrawalRequested);
            }
            Action::Withdraw => {
                self.tick();
                self.end(Stopped);
            }
            Action::DeclineWithdrawal => self.state = self.before_withdrawal,
            Action::GrantWithdrawal | Action::ReleaseUnaccepted | Action::Stop => self.end(Stopped),
            Action::Decide => self.decided = true,
            Action::IssueResult => (self.state, self.result) = (Completed, true),
            Action::Recall => {
                (self.state, self.result, self.decided) = (Processing, false, false);
            }
            Action::HandOver => self.state = Returned,
            Action::Apologise { .. } => self.extended = true,
            Action::Edit => {}
        }
    }

    fn tick(&mut self) {
        self.version = self.version.saturating_add(1);
        self.changed_at = self
            .now
            .max(self.changed_at.plus(Duration::microseconds(1)));
    }

    fn put(&mut self, paper: usize, attached_at: Option<Time>) {
        if let Some(place) = self.papers.get_mut(paper) {
            *place = attached_at;
        }
    }

    fn ask(&mut self, papers: &[usize], reply_in: Duration) {
        if self.state != SupplementRequested {
            self.before_supplement = self.state;
        }
        self.state = SupplementRequested;
        self.rounds = self.rounds.saturating_add(1);
        self.consent = false;
        self.decided = false;
        self.paused = self.accepted;
        self.round = Some(Round {
            papers: papers.to_vec(),
            asked_at: self.changed_at,
            reply_by: self.now.plus(reply_in),
            answered: false,
        });
    }

    fn pay(&mut self) {
        if self.terms.paid_at_once {
            (self.due_at_intake, self.due_later) = (0, 0);
        } else if self.due_at_intake > 0 {
            self.due_at_intake = self.due_at_intake.saturating_sub(1);
        } else {
            self.due_later = self.due_later.saturating_sub(1);
        }
        if self.state == PaymentRequested && self.fees_due() == 0 {
            (self.state, self.paused) = (Processing, false);
        }
    }

    /// What was not paid is owed no more.
    fn end(&mut self, state: State) {
        (self.state, self.paused) = (state, false);
        (self.due_at_intake, self.due_later) = (0, 0);
    }
}
