//! How a dossier stands for its citizen, in words: deduced from the facts, never from the state alone.

use crate::{
    dossiers::{Case, State},
    payments::{ObligationState, fees::CollectedAt},
    supplements::{Supplement, SupplementStatus},
    time::Time,
};

/// How the newest supplement request stands while the dossier is in `supplement_requested`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// It may be answered.
    Open,
    /// Its reply-by date has passed without an answer; the house will close the dossier.
    Lapsed,
    /// It was answered, and the desk has not confirmed yet; or no request waits at all.
    NothingAwaited,
}

impl Round {
    /// Of the date until which an unanswered request may be answered, if there is such a request.
    pub fn at(now: Time, unanswered_until: Option<Time>) -> Self {
        match unanswered_until {
            None => Self::NothingAwaited,
            Some(until) if now <= until => Self::Open,
            Some(_) => Self::Lapsed,
        }
    }
}

/// What is still to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owed {
    /// Nothing.
    Nothing,
    /// Something that is collected before the specialist unit begins.
    AtIntake,
    /// Something, but nothing that is collected at intake.
    Later,
}

impl Owed {
    /// Of a moment at which something unpaid is collected: intake, if anything is collected then.
    pub const fn of(moment: Option<CollectedAt>) -> Self {
        match moment {
            None => Self::Nothing,
            Some(CollectedAt::Intake) => Self::AtIntake,
            Some(CollectedAt::Supplement | CollectedAt::Result) => Self::Later,
        }
    }
}

/// The facts that decide what a citizen is told and must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// How the newest supplement request stands.
    pub round: Round,
    /// What is still to be paid.
    pub owed: Owed,
}

type Words = (&'static str, &'static str);

impl Standing {
    /// Of a dossier with everything around it.
    pub fn of(case: &Case) -> Self {
        let open = |request: &&Supplement| request.status == SupplementStatus::Open;
        let due = case
            .obligations
            .iter()
            .filter(|one| one.state == ObligationState::Due);
        Self {
            state: case.dossier.state,
            round: Round::at(
                case.now,
                case.latest_supplement()
                    .filter(open)
                    .map(|request| request.reply_by),
            ),
            owed: Owed::of(due.map(|one| one.collected).min()),
        }
    }

    /// Where it stands, in words a citizen understands: Vietnamese, English.
    pub const fn sentence(self) -> Words {
        match (self.state, self.round, self.owed) {
            (State::SupplementRequested, Round::NothingAwaited, _) => (
                "Bạn đã gửi bổ sung, chờ cán bộ kiểm tra.",
                "You sent what was asked; an officer will check it.",
            ),
            (State::SupplementRequested, Round::Lapsed, _) => (
                "Đã quá hạn bổ sung giấy tờ, hồ sơ sắp được đóng.",
                "The date for sending papers has passed; the dossier will be closed.",
            ),
            (State::PaymentRequested, _, Owed::Nothing) => (
                "Đã nộp đủ phí, lệ phí.",
                "Everything that was owed is paid.",
            ),
            (State::Completed, _, Owed::AtIntake | Owed::Later) => (
                "Đã có kết quả, chờ nộp phí, lệ phí.",
                "The result is ready; a fee has to be paid first.",
            ),
            (state, _, _) => state.sentence(),
        }
    }

    /// What the citizen must do now, if anything: Vietnamese, English.
    pub const fn citizen_must(self) -> Option<Words> {
        match self.state {
            State::Draft => Some((
                "Hoàn thiện và nộp hồ sơ.",
                "Finish the dossier and submit it.",
            )),
            State::SupplementRequested => match self.round {
                Round::Open => Some((
                    "Xem danh sách giấy tờ còn thiếu và gửi bổ sung trước hạn.",
                    "See which papers are missing and send them before the date given.",
                )),
                Round::Lapsed | Round::NothingAwaited => None,
            },
            State::Accepted => match self.owed {
                Owed::AtIntake => Some((
                    "Nộp phí, lệ phí để hồ sơ được chuyển giải quyết.",
                    "Pay the fee, so that the dossier can be processed.",
                )),
                Owed::Nothing | Owed::Later => None,
            },
            State::PaymentRequested => match self.owed {
                Owed::Nothing => None,
                Owed::AtIntake | Owed::Later => Some((
                    "Nộp phí, lệ phí theo thông báo.",
                    "Pay the fee you were told about.",
                )),
            },
            State::Completed => Some(match self.owed {
                Owed::Nothing => (
                    "Nhận kết quả theo hình thức bạn đã chọn.",
                    "Collect the result the way you chose.",
                ),
                Owed::AtIntake | Owed::Later => (
                    "Nộp phí, lệ phí còn thiếu rồi nhận kết quả.",
                    "Pay the fee that is still due, then collect the result.",
                ),
            }),
            State::NotAccepted => Some((
                "Xem lý do; bạn có thể nộp hồ sơ mới.",
                "Read the reason; you may file again.",
            )),
            State::Registered
            | State::Processing
            | State::WithdrawalRequested
            | State::Stopped
            | State::Returned => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossiers::specimen::{at, now};

    const ROUNDS: [Round; 3] = [Round::Open, Round::Lapsed, Round::NothingAwaited];
    const OWED: [Owed; 3] = [Owed::Nothing, Owed::AtIntake, Owed::Later];

    /// The state, the round and what is owed; a word of the sentence and one of the duty, if any.
    #[test]
    fn what_is_told_follows_the_facts() {
        #[rustfmt::skip]
        let rows = [
            (State::SupplementRequested, Round::Open, Owed::Later, "More papers", Some("send them")),
            (State::SupplementRequested, Round::NothingAwaited, Owed::Later, "You sent", None),
            (State::SupplementRequested, Round::Lapsed, Owed::Later, "has passed", None),
            (State::PaymentRequested, Round::NothingAwaited, Owed::Later, "has to be paid", Some("Pay")),
            (State::PaymentRequested, Round::NothingAwaited, Owed::Nothing, "is paid", None),
            (State::Accepted, Round::NothingAwaited, Owed::AtIntake, "Accepted", Some("Pay")),
            (State::Accepted, Round::NothingAwaited, Owed::Later, "Accepted", None),
            (State::Processing, Round::NothingAwaited, Owed::Later, "being processed", None),
            (State::Completed, Round::NothingAwaited, Owed::Nothing, "is ready", Some("Collect")),
            (State::Completed, Round::NothingAwaited, Owed::Later, "paid first", Some("Pay")),
            (State::Returned, Round::NothingAwaited, Owed::Nothing, "handed over", None),
        ];
        for (state, round, owed, told, must) in rows {
            let standing = Standing { state, round, owed };
            let (_, sentence) = standing.sentence();
            assert!(sentence.contains(told), "{standing:?}: {sentence}");
            let duty = standing.citizen_must().map(|(_, english)| english);
            assert_eq!(duty.is_some(), must.is_some(), "{standing:?}: {duty:?}");
            let found = duty
                .zip(must)
                .is_none_or(|(duty, word)| duty.contains(word));
            assert!(found, "{standing:?}: {duty:?}");
        }
    }

    #[test]
    fn an_end_asks_for_nothing_but_a_refusal_for_reading() {
        for state in State::ALL.iter().copied().filter(|one| one.is_terminal()) {
            for (round, owed) in ROUNDS
                .into_iter()
                .flat_map(|it| OWED.map(|owed| (it, owed)))
            {
                let standing = Standing { state, round, owed };
                let asks = standing.citizen_must().is_some();
                assert_eq!(asks, state == State::NotAccepted, "{standing:?}");
                assert_eq!(standing.sentence(), state.sentence());
            }
        }
    }

    #[test]
    fn the_last_instant_to_answer_belongs_to_the_citizen() {
        assert_eq!(Round::at(now(), None), Round::NothingAwaited);
        assert_eq!(Round::at(now(), Some(now())), Round::Open);
        assert_eq!(
            Round::at(now(), Some(at("2026-03-04 08:59"))),
            Round::Lapsed
        );
    }
}
