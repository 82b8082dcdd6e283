//! The model's rules, told once more and in prose's order: who, when, under which condition.

use std::collections::BTreeSet;

use chrono::Duration;

use super::{Action, Model, Step};
use crate::{
    actor::{
        Role::{Approver, Cashier, Processor, Receiver, Returner},
        Who::{self, Citizen, Officer, System},
    },
    dossiers::{
        Channel,
        State::{
            self, Accepted, Completed, Draft, PaymentRequested, Processing, Registered,
            SupplementRequested, WithdrawalRequested,
        },
    },
    rejection::Code,
    time::Time,
};

impl Action {
    /// Who may ever do it.
    pub const fn who(&self) -> &'static [Who] {
        match self {
            Self::Edit | Self::Discard | Self::RemovePaper(_) | Self::Submit => &[Citizen],
            Self::AttachPaper(_) | Self::AnswerSupplement | Self::Withdraw => {
                &[Citizen, Officer(Receiver)]
            }
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
        unless(self.gone || !self.is_seen_by(*by), Code::NotFound)?;
        unless(!action.who().contains(by), Code::RoleForbids)?;
        unless(!action.when().contains(&self.state), Code::StateForbids)?;
        self.judge_condition(*by, action, self.now.plus(*advance))
    }

    /// A draft is its author's alone, and what the desk filed belongs to no account.
    fn is_seen_by(&self, by: Who) -> bool {
        match by {
            Citizen => self.terms.channel == Channel::Online,
            Officer(_) | System => self.state != Draft,
        }
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
            Action::RemovePaper(paper) => {
                let there = self.papers.get(*paper).copied().flatten();
                unless(there.is_none(), Code::NotFound)
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
            Action::Withdraw => self.judge_withdrawal(by),
            // A draft owes nothing yet, so nothing can have been paid for it.
            Action::Edit
            | Action::Discard
            | Action::Refuse
            | Action::ConsentSupplement
            | Action::GrantWithdrawal
            | Action::DeclineWithdrawal
            | Action::Stop
            | Action::Decide
            | Action::Recall => Ok(()),
        }
    }

    /// Whoever filed online has an account to withdraw from.
    fn judge_withdrawal(&self, by: Who) -> Result<(), Code> {
        let has_owner = self.terms.channel == Channel::Online;
        unless(by != Citizen && has_owner, Code::DossierHasOwner)
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
}
