//! How a dossier's states are counted in the figures.

use crate::{
    dossiers::{self, EventKind, State},
    statistics::{Channel, Stage},
};

/// The stage a dossier is in, for the figures, once this event left it in this state; `accepted`
/// says whether its clock ever started.
///
/// A dossier whose supplement was answered waits for the desk, not for the citizen: its clock runs,
/// so it is not counted as paused although its national state is still 5.
pub fn stage(kind: EventKind, state: State, accepted: bool) -> Stage {
    let answered = matches!(
        kind,
        EventKind::SupplementAnswered | EventKind::SupplementConsented
    );
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
