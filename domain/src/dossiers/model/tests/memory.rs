//! The real rules in memory, driven by the steps of a walk.

use uuid::Uuid;

use chrono::Duration;

use crate::{
    actor::{Actor, Who},
    dossiers::{
        Case, Channel, Event, State, decide,
        decide::{Acceptance, Apology, Decision, Request},
        filing::Contents,
        model::{Action, Step, Terms},
        specimen::{self, Office},
    },
    ids::{DossierId, Id},
    money::Dong,
    payments::{Obligation, fees::CollectedAt, fees_are_settled},
    personal::Personal,
    rejection::Code,
    results::Outcome,
    supplements::SecondRoundReason,
    time::Time,
};

/// A dossier in memory with its history.
pub(super) struct Memory<'a> {
    office: &'a Office,
    terms: Terms,
    pub(super) case: Case,
    pub(super) history: Vec<Remembered>,
    pub(super) gone: bool,
}

/// An event, whether the dossier was accepted by then, and its latest request answered.
pub(super) struct Remembered {
    pub(super) event: Event,
    pub(super) accepted: bool,
    pub(super) answered: bool,
}

fn key(paper: usize) -> String {
    format!("paper_{paper}")
}

impl<'a> Memory<'a> {
    pub(super) fn new(terms: Terms, number: u128, start: Time, office: &'a Office) -> Self {
        let mut case = specimen::draft();
        case.now = start;
        case.dossier.id = DossierId::from_uuid(Uuid::from_u128(number));
        case.dossier.channel = terms.channel;
        (case.dossier.created_at, case.dossier.updated_at) = (start, start);
        case.required_papers = (0..terms.required).map(key).collect();
        let decision = if terms.channel == Channel::Online {
            decide::draft(case.dossier.clone())
        } else {
            case.dossier.state = State::Registered;
            case.dossier.owner = None;
            case.dossier.code = Some(specimen::code());
            decide::file_for(case.dossier.clone())
        };
        let mut memory = Self {
            office,
            terms,
            case,
            history: Vec::new(),
            gone: false,
        };
        memory.keep(decision);
        memory
    }

    /// Takes the step.
    pub(super) fn act(&mut self, step: &Step) -> Result<State, Code> {
        let Step {
            by,
            action,
            advance,
        } = step;
        self.case.now = self.case.now.plus(*advance);
        if self.gone || !self.is_seen_by(*by) {
            return Err(Code::NotFound);
        }
        let actor = match by {
            Who::Citizen => specimen::citizen(),
            Who::Officer(role) => specimen::officer(&[*role]),
            Who::System => Actor::System,
        };
        let decision = self
            .decide(action, &actor)
            .map_err(|rejection| rejection.code)?;
        if let Action::RemovePaper(paper) = action
            && self.case.papers.iter().all(|one| one.key != key(*paper))
        {
            return Err(Code::NotFound);
        }
        let at = decision.event.at;
        self.keep(decision);
        if *action == Action::Withdraw && self.case.dossier.accepted_at.is_none() {
            self.keep(decide::release_unaccepted(&self.case).unwrap());
        }
        self.follow(action, at);
        Ok(self.case.dossier.state)
    }

    /// What the store shows to whom.
    fn is_seen_by(&self, by: Who) -> bool {
        match by {
            Who::Citizen => self.terms.channel == Channel::Online,
            Who::Officer(_) | Who::System => self.case.dossier.state != State::Draft,
        }
    }

    fn decide(
        &self,
        action: &Action,
        actor: &Actor,
    ) -> Result<Decision, crate::rejection::Rejection> {
        let (case, working) = (&self.case, &self.office.working());
        let (reason, ground) = ("Lý do.".to_owned(), "118/2025/NĐ-CP".to_owned());
        match action {
            Action::Edit => decide::edit(case, actor, self.contents()),
            Action::Discard => decide::discard(case, actor),
            Action::AttachPaper(paper) => decide::attach_paper(case, actor, &key(*paper)),
            Action::RemovePaper(paper) => decide::remove_paper(case, actor, &key(*paper)),
            Action::Submit => decide::submit(
                case,
                actor,
                specimen::code(),
                Personal::new("bí mật".to_owned()),
                None,
            ),
            Action::Accept => decide::accept(case, actor, &self.acceptance()),
            Action::Refuse => decide::refuse(case, actor, reason, ground),
            Action::Forward => decide::forward(case, actor),
            Action::ConsentSupplement => decide::consent(
                case,
                actor,
                specimen::leader(),
                SecondRoundReason::LawChanged,
            ),
            Action::RequestSupplement { papers, reply_in } => {
                decide::request(case, actor, self.request(papers, *reply_in))
            }
            Action::AnswerSupplement => decide::answer(case, actor, None, working),
            Action::Resume => decide::resume(case, actor),
            Action::CloseUnanswered => decide::close_unanswered(case, working),
            Action::RequestPayment => decide::request_payment(case, actor, Dong::new(8_000)),
            Action::Pay => {
                let settled = fees_are_settled(&self.after_paying());
                decide::record_payment(case, actor, Dong::new(8_000), None, settled, working)
            }
            Action::Withdraw => decide::withdraw(case, actor, None),
            Action::GrantWithdrawal => decide::grant_withdrawal(case, actor, None, working),
            Action::ReleaseUnaccepted => decide::release_unaccepted(case),
            Action::DeclineWithdrawal => decide::decline_withdrawal(case, actor, reason),
            Action::Stop => decide::stop(case, actor, reason, ground, working),
            Action::Decide => decide::decide(case, actor, specimen::leader(), Outcome::Approved),
            Action::IssueResult => decide::issue_result(case, actor, "12/TLKS"),
            Action::Recall => decide::recall(case, actor, reason),
            Action::HandOver => {
                let recipient = Personal::new("Trần Thị Mẫu".to_owned());
                decide::hand_over(case, actor, recipient, Vec::new())
            }
            Action::Apologise { later } => {
                decide::apologise(case, actor, self.apology(*later), working)
            }
        }
    }

    fn acceptance(&self) -> Acceptance<'_> {
        Acceptance {
            procedure: &self.office.procedure,
            working: self.office.working(),
            claims: Vec::new(),
        }
    }

    fn contents(&self) -> Contents {
        Contents::of(&self.case.dossier)
    }

    fn request(&self, papers: &[usize], reply_in: Duration) -> Request {
        Request {
            id: Id::from_uuid(Uuid::from_u128(self.history.len().try_into().unwrap())),
            asked_by: specimen::leader(),
            items: papers.iter().map(|n| specimen::item(&key(*n))).collect(),
            legal_ground: "118/2025/NĐ-CP".to_owned(),
            reply_by: self.case.now.plus(reply_in),
        }
    }

    fn apology(&self, later: bool) -> Apology {
        let latest = self.case.dossier.due_at.unwrap_or(self.case.now);
        let by = Duration::days(if later { 3 } else { 0 });
        Apology {
            reason: "Chờ ý kiến.".to_owned(),
            new_due_at: latest.max(self.case.now).plus(by),
        }
    }

    /// What an accepted dossier owes.
    fn owed(&self) -> Vec<Obligation> {
        let at_intake = (0..self.terms.fees_at_intake).map(|_| CollectedAt::Intake);
        let later = (0..self.terms.fees_later).map(|_| CollectedAt::Result);
        (100..)
            .zip(at_intake.chain(later))
            .map(|(n, collected)| specimen::fee(n, 8_000, collected))
            .collect()
    }

    fn after_paying(&self) -> Vec<Obligation> {
        let mut obligations = self.case.obligations.clone();
        let number = if self.terms.paid_at_once {
            usize::MAX
        } else {
            1
        };
        for due in obligations
            .iter_mut()
            .filter(|one| one.is_due())
            .take(number)
        {
            *due = due.settle(specimen::id(80), self.case.now).unwrap();
        }
        obligations
    }

    fn keep(&mut self, decision: Decision) {
        let Decision {
            dossier,
            event,
            supplements,
        } = decision;
        for touched in supplements {
            self.case.supplements.retain(|one| one.id != touched.id);
            self.case.supplements.push(touched);
        }
        let accepted = dossier.accepted_at.is_some();
        self.case.dossier = dossier;
        let latest = self.case.latest_supplement();
        let answered = latest.is_some_and(|one| one.answer.is_some());
        self.history.push(Remembered {
            event,
            accepted,
            answered,
        });
    }

    /// What a use case writes beside the dossier.
    fn follow(&mut self, action: &Action, at: Time) {
        let paid = self.after_paying();
        let owed = self.owed();
        let case = &mut self.case;
        if case.dossier.state == State::Stopped {
            let dropped = |one: &Obligation| one.cancel().unwrap_or_else(|_| one.clone());
            case.obligations = case.obligations.iter().map(dropped).collect();
        }
        match action {
            Action::Accept => case.obligations = owed,
            Action::AttachPaper(paper) => {
                case.papers.retain(|one| one.key != key(*paper));
                case.papers.push(specimen::paper(&key(*paper), at));
            }
            Action::RemovePaper(paper) => case.papers.retain(|one| one.key != key(*paper)),
            Action::Pay => case.obligations = paid,
            Action::IssueResult => case.results = vec![specimen::result()],
            Action::Recall => case.results.clear(),
            Action::Discard => self.gone = true,
            Action::Edit
            | Action::Submit
            | Action::Refuse
            | Action::Forward
            | Action::ConsentSupplement
            | Action::RequestSupplement { .. }
            | Action::AnswerSupplement
            | Action::Resume
            | Action::CloseUnanswered
            | Action::RequestPayment
            | Action::Withdraw
            | Action::GrantWithdrawal
            | Action::ReleaseUnaccepted
            | Action::DeclineWithdrawal
            | Action::Stop
            | Action::Decide
            | Action::HandOver
            | Action::Apologise { .. } => {}
        }
    }
}
