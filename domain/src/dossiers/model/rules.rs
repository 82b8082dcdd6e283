//! The model's rules, told once more and in prose's order: who, when, under which condition, and
//! what changes.

use std::collections::BTreeSet;

use chrono::Duration;

use super::{Action, Model, Round, Step};
use crate::{
    actor::{
        Role::{Approver, Cashier, Processor, Receiver, Returner},
        Who::{self, Citizen, Officer, System},
    },
    dossiers::State::{
        self, Accepted, Completed, Draft, NotAccepted, PaymentRequested, Processing, Registered,
        Returned, Stopped, SupplementRequested, WithdrawalRequested,
    },
    rejection::Code,
    time::Time,
};

impl Action {
    /// Who may ever do it.
    pub(super) const fn who(&self) -> &'static [Who] {
        match self {
            Self::Edit | Self::Discard | Self::RemovePaper(_) | Self::Submit | Self::Withdraw => {
                &[Citizen]
            }
            Self::AttachPaper(_) | Self::AnswerSupplement => &[Citizen, Officer(Receiver)],
            Self::Accept
            | Self::Refuse
            | Self::Forward
            | Self::RequestSupplement { .. }
            | Self::Resume
            | Self::GrantWithdrawal
            | Self::DeclineWithdrawal => &[Officer(Receiver)],
            Self::ConsentSupplement | Self::Decide | Self::Apologise { .. } => &[Officer(Approver)],
            Self::CloseUnanswered | Self::ReleaseUnaccepted => &[System],
            Self::RequestPayment => &[Officer(Receiver), Officer(Processor)],
            Self::Pay => &[Officer(Cashier), System],
            Self::Stop | Self::IssueResult => &[Officer(Processor), Officer(Approver)],
            Self::Recall => &[Officer(Returner), Officer(Approver)],
            Self::HandOver => &[Officer(Returner)],
        }
    }

    /// When anybody may do it.
    const fn when(&self) -> &'static [State] {
        match self {
            Self::Edit | Self::Discard | Self::RemovePaper(_) | Self::Submit => &[Draft],
            Self::AttachPaper(_) => &[Draft, Registered, SupplementRequested],
            Self::Accept | Self::Refuse => &[Registered],
            Self::Forward => &[Accepted],
            Self::RequestSupplement { .. } | Self::ConsentSupplement => {
                &[Registered, Accepted, Processing, SupplementRequested]
            }
            Self::AnswerSupplement | Self::Resume | Self::CloseUnanswered => &[SupplementRequested],
            Self::RequestPayment | Self::Apologise { .. } => &[Accepted, Processing],
            Self::Pay => &[
                Accepted,
                Processing,
                SupplementRequested,
                PaymentRequested,
                WithdrawalRequested,
                Completed,
            ],
            Self::Withdraw => &[
                Registered,
                Accepted,
                Processing,
                SupplementRequested,
                PaymentRequested,
            ],
            Self::GrantWithdrawal | Self::ReleaseUnaccepted | Self::DeclineWithdrawal => {
                &[WithdrawalRequested]
            }
            Self::Stop => &[Accepted, Processing, PaymentRequested],
            Self::Decide | Self::IssueResult => &[Processing],
            Self::Recall | Self::HandOver => &[Completed],
        }
    }
}

fn unless(obstacle: bool, code: Code) -> Result<(), Code> {
    if obstacle { Err(code) } else { Ok(()) }
}

impl Model {
    /// Whether the step would be taken.
    pub(super) fn judge(&self, step: &Step) -> Result<(), Code> {
        let Step {
            by,
            action,
            advance,
        } = step;
        unless(self.gone, Code::NotFound)?;
        unless(!action.who().contains(by), Code::RoleForbids)?;
        unless(!action.when().contains(&self.state), Code::StateForbids)?;
        self.judge_condition(*by, action, self.now.plus(*advance))
    }

    fn judge_condition(&self, by: Who, action: &Action, now: Time) -> Result<(), Code> {
        match action {
            Action::AttachPaper(_) if self.state == SupplementRequested => self.may_answer(now),
            // A draft is the citizen's; what is filed is the desk's.
            Action::AttachPaper(_) => {
                unless((by == Citizen) != (self.state == Draft), Code::RoleForbids)
            }
            Action::Submit | Action::Accept => {
                let required = self.papers.iter().take(self.terms.required);
                let absent = required.copied().any(|paper| paper.is_none());
                unless(absent, Code::PaperMissing)
            }
            Action::Forward => unless(self.due_at_intake > 0, Code::FeesOpen),
            Action::ConsentSupplement if self.state == SupplementRequested => {
                unless(self.waits_for_answer(), Code::SupplementOpen)
            }
            Action::RequestSupplement { papers, reply_in } => self.judge_request(papers, *reply_in),
            Action::AnswerSupplement => {
                self.may_answer(now)?;
                unless(!self.is_answered_in_full(), Code::AnswerIncomplete)
            }
            Action::Resume => unless(self.waits_for_answer(), Code::SupplementOpen),
            Action::CloseUnanswered => {
                let lapsed = self.waits_for_answer() && self.has_lapsed(now);
                unless(!lapsed, Code::SupplementOpen)
            }
            Action::RequestPayment | Action::Pay => unless(self.fees_due() == 0, Code::NothingOwed),
            Action::ReleaseUnaccepted => unless(self.accepted, Code::StateForbids),
            Action::IssueResult => unless(!self.decided, Code::DecisionMissing),
            Action::HandOver => {
                unless(!self.result, Code::ResultMissing)?;
                unless(self.fees_due() > 0, Code::FeesOpen)
            }
            Action::Apologise { later } => {
                unless(self.extended, Code::AlreadyExtended)?;
                unless(!later, Code::InvalidContent)
            }
            // A draft owes nothing yet, so nothing can have been paid for it.
            Action::Edit
            | Action::Discard
            | Action::RemovePaper(_)
            | Action::Refuse
            | Action::ConsentSupplement
            | Action::Withdraw
            | Action::GrantWithdrawal
            | Action::DeclineWithdrawal
            | Action::Stop
            | Action::Decide
            | Action::Recall => Ok(()),
        }
    }

    fn judge_request(&self, papers: &[usize], reply_in: Duration) -> Result<(), Code> {
        unless(self.waits_for_answer(), Code::SupplementOpen)?;
        let needs_consent = self.rounds > 0 && !self.consent;
        unless(needs_consent, Code::SecondRoundNeedsConsent)?;
        let different: BTreeSet<_> = papers.iter().collect();
        let faulty = papers.is_empty() || different.len() < papers.len();
        unless(faulty || reply_in <= Duration::zero(), Code::InvalidContent)
    }

    fn waits_for_answer(&self) -> bool {
        self.round.as_ref().is_some_and(|round| !round.answered)
    }

    fn has_lapsed(&self, now: Time) -> bool {
        self.round
            .as_ref()
            .is_some_and(|round| now > round.reply_by)
    }

    fn may_answer(&self, now: Time) -> Result<(), Code> {
        unless(!self.waits_for_answer(), Code::StateForbids)?;
        unless(self.has_lapsed(now), Code::SupplementLapsed)
    }

    fn is_answered_in_full(&self) -> bool {
        self.round.as_ref().is_some_and(|round| {
            let fresh = |n: &usize| {
                let attached = self.papers.get(*n).copied().flatten();
                attached.is_some_and(|at| at > round.asked_at)
            };
            round.papers.iter().all(fresh)
        })
    }

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
            Action::Withdraw => {
                (self.before_withdrawal, self.state) = (self.state, WithdrawalRequested);
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
        let fees = if self.due_at_intake > 0 {
            &mut self.due_at_intake
        } else {
            &mut self.due_later
        };
        *fees = fees.saturating_sub(1);
        if self.state == PaymentRequested && self.fees_due() == 0 {
            (self.state, self.paused) = (Processing, false);
        }
    }

    fn end(&mut self, state: State) {
        (self.state, self.paused) = (state, false);
    }
}
