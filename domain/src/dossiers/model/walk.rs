//! Random walks: mostly what somebody may do next, sometimes what nobody may.

use chrono::Duration;

use super::{Action, Expected, Model, Step, Terms};
use crate::{
    actor::{Role, Who},
    deadlines::oracle::random::Random,
    dossiers::{Channel, State},
    time::Time,
};

/// Steps after which a walk is left where it is.
const LONGEST: u32 = 120;
/// Steps tried on a dossier that has ended.
const AFTER_THE_END: u32 = 3;
/// Draws for a step that is permitted.
const DRAWS: u32 = 200;

/// A reproducible walk: steps, each with how the dossier must stand after it.
#[derive(Debug, Clone)]
pub struct Walk {
    random: Random,
    model: Model,
    steps: u32,
    after_the_end: u32,
    clock_may_step_back: bool,
}

impl Walk {
    /// The walk of this seed from these terms.
    pub fn new(seed: u64, terms: Terms, start: Time) -> Self {
        Self {
            random: Random::new(seed),
            model: Model::new(terms, start),
            steps: 0,
            after_the_end: 0,
            clock_may_step_back: false,
        }
    }

    /// The same, on a machine whose clock is set back by up to an hour now and then.
    #[must_use]
    pub const fn with_unsteady_clock(mut self) -> Self {
        self.clock_may_step_back = true;
        self
    }

    /// Terms of this seed: any channel, up to four papers, up to two fees of each kind.
    pub fn terms(seed: u64) -> Terms {
        let mut random = Random::new(seed ^ 0x7e72_6d73);
        let papers = random.within(1, 4);
        let number = |n: u32| usize::try_from(n).unwrap_or(0);
        Terms {
            channel: random.one_of(Channel::ALL).unwrap_or(Channel::Online),
            papers: number(papers),
            required: number(random.below(papers.min(2).saturating_add(1))),
            fees_at_intake: random.below(3),
            fees_later: random.below(3),
            paid_at_once: random.once_in(2),
        }
    }

    /// The model as it stands now.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    fn step(&mut self) -> Step {
        let advance = self.advance();
        if self.random.once_in(5) {
            return self.any(advance);
        }
        for _ in 0..DRAWS {
            let step = self.plausible(advance);
            if self.model.judge(&step).is_ok() {
                return step;
            }
        }
        self.any(advance)
    }

    fn advance(&mut self) -> Duration {
        if self.clock_may_step_back && self.random.once_in(8) {
            return Duration::minutes(-i64::from(self.random.within(1, 60)));
        }
        let most = if self.random.once_in(8) {
            4 * 1440
        } else {
            600
        };
        Duration::minutes(i64::from(self.random.within(1, most)))
    }

    /// An action by somebody who may do it in some state; ends are rarer than what leads on.
    fn plausible(&mut self, advance: Duration) -> Step {
        let mut action = self.action();
        let is_end = matches!(
            action,
            Action::Discard
                | Action::Refuse
                | Action::Withdraw
                | Action::Stop
                | Action::GrantWithdrawal
                | Action::HandOver
        );
        if is_end && !self.random.once_in(4) {
            action = self.action();
        }
        let by = self.random.one_of(action.who()).unwrap_or(Who::System);
        Step {
            by,
            action,
            advance,
        }
    }

    /// Any action, half the time by anybody. What only the worker does nobody else can ask for.
    fn any(&mut self, advance: Duration) -> Step {
        let action = self.action();
        let anybody = match self.random.below(11) {
            0 => Who::Citizen,
            1 => Who::System,
            _ => Who::Officer(self.random.one_of(&Role::ALL).unwrap_or(Role::Auditor)),
        };
        let somebody = self.random.one_of(action.who()).unwrap_or(anybody);
        let by = if somebody == Who::System || self.random.once_in(2) {
            somebody
        } else {
            anybody
        };
        Step {
            by,
            action,
            advance,
        }
    }

    fn action(&mut self) -> Action {
        match self.random.below(28) {
            0 => Action::Edit,
            1 => Action::Discard,
            2 | 3 => Action::AttachPaper(self.paper()),
            4 => Action::RemovePaper(self.paper()),
            5 => Action::Submit,
            6 => Action::Accept,
            7 => Action::Refuse,
            8 => Action::Forward,
            9 => Action::ConsentSupplement,
            10 => self.request_supplement(),
            11 | 12 => Action::AnswerSupplement,
            13 => Action::Resume,
            14 => Action::CloseUnanswered,
            15 => Action::RequestPayment,
            16 => Action::Pay,
            17 => Action::Withdraw,
            18 => Action::GrantWithdrawal,
            19 => Action::ReleaseUnaccepted,
            20 => Action::DeclineWithdrawal,
            21 => Action::Stop,
            22 => Action::Decide,
            23 => Action::IssueResult,
            24 => Action::Recall,
            25 => Action::HandOver,
            _ => Action::Apologise {
                later: !self.random.once_in(4),
            },
        }
    }

    fn paper(&mut self) -> usize {
        let papers = u32::try_from(self.model.terms().papers).unwrap_or(1);
        usize::try_from(self.random.below(papers)).unwrap_or(0)
    }

    fn request_supplement(&mut self) -> Action {
        let number = if self.random.once_in(12) {
            0
        } else {
            self.random.within(1, 2)
        };
        let minutes = match self.random.below(12) {
            0 => 0,
            1..4 => self.random.within(1, 120),
            _ => self.random.within(1, 14 * 1440),
        };
        Action::RequestSupplement {
            papers: (0..number).map(|_| self.paper()).collect(),
            reply_in: Duration::minutes(i64::from(minutes)),
        }
    }
}

impl Iterator for Walk {
    type Item = (Step, Expected);

    fn next(&mut self) -> Option<Self::Item> {
        let ends = [State::NotAccepted, State::Stopped, State::Returned];
        self.after_the_end = self
            .after_the_end
            .saturating_add(u32::from(ends.contains(&self.model.state)));
        let is_over = self.model.gone || self.steps >= LONGEST;
        (!is_over && self.after_the_end <= AFTER_THE_END).then(|| self.take_step())
    }
}

impl Walk {
    fn take_step(&mut self) -> (Step, Expected) {
        self.steps = self.steps.saturating_add(1);
        let step = self.step();
        let expected = self.model.apply(&step);
        (step, expected)
    }
}
