//! How a dossier's states are counted in the figures.

use crate::{
    dossiers::{self, EventKind, State},
    statistics::{Channel, Stage},
};

/// The stage a dossier is in, for the figures, once this event left it in this state; `accepted`
/// says whether its clock ever started, `answered` whether its latest supplement request has been
/// answered, by this event or before it.
///
/// A dossier whose supplement was answered waits for the desk, not for the citizen: its clock runs,
/// so it is not counted as paused although its national state is still 5.
pub fn stage(kind: EventKind, state: State, accepted: bool, answered: bool) -> Stage {
    match state {
        State::Draft => Stage::Draft,
        State::Registered => Stage::Filed,
        State::NotAccepted => Stage::Refused,
        State::Accepted => Stage::Accepted,
        State::Processing => Stage::InProgress,
        State::SupplementRequested if answered && accepted => Stage::InProgress,
        State::SupplementRequested if answered => Stage::Filed,
        State::SupplementRequested => Stage::PausedForSupplement,
        State::PaymentRequested => Stage::PausedForPayment,
        State::WithdrawalRequested => Stage::WithdrawalRequested,
        State::Completed => Stage::Finished,
        State::Returned => Stage::HandedOver,
        State::Stopped if kind == EventKind::WithdrawalGranted => Stage::Withdrawn,
        State::Stopped => Stage::Stopped,
    }
}

/// The channel, as the figures name it.
pub const fn channel(channel: dossiers::Channel) -> Channel {
    match channel {
        dossiers::Channel::Online => Channel::Online,
        dossiers::Channel::Counter => Channel::Direct,
        dossiers::Channel::Post => Channel::Post,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declined_withdrawal_does_not_make_an_answered_request_wait_for_the_citizen_again() {
        let stage = |answered| {
            let (kind, state) = (EventKind::WithdrawalDeclined, State::SupplementRequested);
            stage(kind, state, true, answered)
        };
        assert_eq!(stage(true), Stage::InProgress);
        assert_eq!(stage(false), Stage::PausedForSupplement);
    }
}
