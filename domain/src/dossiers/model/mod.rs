//! A dossier as simply as it can be told, and random walks through it, to run the real one against.
//!
//! The model knows a handful of plain facts and no transition table, clock engine or store. The
//! same steps can be run through the rules in memory and through a database.

mod effects;
mod rules;
mod walk;

#[cfg(test)]
mod tests;

use chrono::Duration;

use crate::{
    actor::Who,
    dossiers::{Channel, State},
    rejection::Code,
    time::Time,
};

pub use walk::Walk;

/// What somebody tries to do, as a use case names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Change the draft.
    Edit,
    /// Throw the draft away.
    Discard,
    /// Attach the paper of that number, counted from 0; the required ones come first.
    AttachPaper(usize),
    /// Take that paper off.
    RemovePaper(usize),
    /// File it.
    Submit,
    /// Accept it.
    Accept,
    /// Refuse it.
    Refuse,
    /// Hand it to the unit.
    Forward,
    /// Consent to one more supplement round.
    ConsentSupplement,
    /// Ask for papers.
    RequestSupplement {
        /// Which.
        papers: Vec<usize>,
        /// The reply-by date, from the time of the step.
        reply_in: Duration,
    },
    /// Answer with what was attached.
    AnswerSupplement,
    /// Confirm the answer.
    Resume,
    /// Close what nobody answered.
    CloseUnanswered,
    /// Ask for the fees.
    RequestPayment,
    /// Pay what is due: at once or, fees of intake first, one of them.
    Pay,
    /// Ask for it back; before acceptance it is let go in the same act.
    Withdraw,
    /// Confirm the withdrawal.
    GrantWithdrawal,
    /// Let go what was withdrawn before acceptance: too late, for it is gone already.
    ReleaseUnaccepted,
    /// Decline the withdrawal.
    DeclineWithdrawal,
    /// Stop it.
    Stop,
    /// Decide on the merits.
    Decide,
    /// Issue the result with its document.
    IssueResult,
    /// Take the result back.
    Recall,
    /// Hand it over.
    HandOver,
    /// Apologise and name a new date.
    Apologise {
        /// Whether the new date is after the due date and the present, as it must be.
        later: bool,
    },
}

/// One attempt: who, what, and how much time went by before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who tries, in exactly one capacity.
    pub by: Who,
    /// What.
    pub action: Action,
    /// What the clock moved since the step before; negative when it was set back.
    pub advance: Duration,
}

/// How the dossier must stand after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "plain facts, each true or not"
)]
pub struct Expected {
    /// The state the step led to, or the refusal that left everything as it was.
    pub outcome: Result<State, Code>,
    /// Where the dossier stands.
    pub state: State,
    /// Its version, which is the number of its events.
    pub version: i64,
    /// Whether it was ever accepted, and so has a due date.
    pub accepted: bool,
    /// Whether the law's clock stands still.
    pub paused: bool,
    /// Whether it ended after acceptance, or its result exists.
    pub finished: bool,
    /// Whether the draft was thrown away.
    pub gone: bool,
    /// How many supplement requests were made.
    pub rounds: u32,
    /// How many fees are due.
    pub fees_due: u32,
}

/// What a walk starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Online it starts as a draft, else as filed by the desk.
    pub channel: Channel,
    /// How many papers the procedure knows, at least one.
    pub papers: usize,
    /// How many of them, the first ones, it requires.
    pub required: usize,
    /// How many fees are collected at intake; all are owed from acceptance on.
    pub fees_at_intake: u32,
    /// How many fees are collected later.
    pub fees_later: u32,
    /// Whether one payment settles everything that is due, as over the counter.
    pub paid_at_once: bool,
}

/// A supplement request that was not confirmed yet.
#[derive(Debug, Clone)]
struct Round {
    papers: Vec<usize>,
    asked_at: Time,
    reply_by: Time,
    answered: bool,
}

/// The model of one dossier.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "plain facts, each true or not"
)]
pub struct Model {
    terms: Terms,
    now: Time,
    changed_at: Time,
    state: State,
    before_supplement: State,
    before_withdrawal: State,
    version: i64,
    papers: Vec<Option<Time>>,
    rounds: u32,
    round: Option<Round>,
    consent: bool,
    accepted: bool,
    paused: bool,
    extended: bool,
    decided: bool,
    result: bool,
    due_at_intake: u32,
    due_later: u32,
    gone: bool,
}

impl Model {
    /// A dossier at its first event.
    pub fn new(terms: Terms, now: Time) -> Self {
        let state = match terms.channel {
            Channel::Online => State::Draft,
            Channel::Counter | Channel::Post => State::Registered,
        };
        Self {
            terms,
            now,
            changed_at: now,
            state,
            before_supplement: state,
            before_withdrawal: state,
            version: 1,
            papers: vec![None; terms.papers],
            rounds: 0,
            round: None,
            consent: false,
            accepted: false,
            paused: false,
            extended: false,
            decided: false,
            result: false,
            due_at_intake: 0,
            due_later: 0,
            gone: false,
        }
    }

    /// What it started from.
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// The time of the latest step.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// Takes a step, and says how the dossier must stand after it.
    pub fn apply(&mut self, step: &Step) -> Expected {
        let verdict = self.judge(step);
        self.now = self.now.plus(step.advance);
        if verdict.is_ok() {
            self.perform(&step.action);
        }
        Expected {
            outcome: verdict.map(|()| self.state),
            ..self.standing()
        }
    }

    /// How the dossier stands.
    pub fn standing(&self) -> Expected {
        let ended = matches!(
            self.state,
            State::Stopped | State::Completed | State::Returned
        );
        Expected {
            outcome: Ok(self.state),
            state: self.state,
            version: self.version,
            accepted: self.accepted,
            paused: self.paused,
            finished: self.accepted && ended,
            gone: self.gone,
            rounds: self.rounds,
            fees_due: self.fees_due(),
        }
    }

    const fn fees_due(&self) -> u32 {
        self.due_at_intake.saturating_add(self.due_later)
    }
}
