//! How far a delivery has come, when it is tried again, and when nobody needs it any more.

use chrono::Duration;

use super::NoticeKind;
use crate::{dossiers::State, time::Time, vocabulary};

vocabulary! {
    /// How far the delivery of a notice by one channel has come.
    DeliveryState {
        /// It waits, for the first or the next attempt.
        Pending = "pending",
        /// The provider has taken it.
        Sent = "sent",
        /// The provider says that it has arrived.
        Delivered = "delivered",
        /// It was refused, did not arrive, or was tried as often as it may be.
        Failed = "failed",
        /// It was not sent, for a reason.
        Skipped = "skipped",
    }
}

/// How many working days before the end of a reply's time the citizen is reminded.
pub const REMIND_DAYS: u16 = 3;

/// How old a notice may be that still goes out by a channel: later the inbox alone tells.
const SENT_WITHIN: Duration = Duration::days(3);

/// How long after it was taken a message may be without report before another way is tried.
const REPORT_WITHIN: Duration = Duration::minutes(15);

/// What a notice is held against before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moot {
    /// When it was made.
    pub created_at: Time,
    /// By when something must be done.
    pub act_by: Option<Time>,
    /// Where its dossier stands now.
    pub state: Option<State>,
}

/// Whether nobody needs a notice any more: it is old, its time has passed, or what it asks for was done.
pub fn moot(kind: NoticeKind, notice: Moot, now: Time) -> bool {
    let Moot {
        created_at,
        act_by,
        state,
    } = notice;
    let waits_in = match kind {
        NoticeKind::SupplementRequested | NoticeKind::SupplementDueSoon => {
            Some(State::SupplementRequested)
        }
        NoticeKind::PaymentRequested => Some(State::PaymentRequested),
        NoticeKind::ResultIssued => Some(State::Completed),
        NoticeKind::Submitted
        | NoticeKind::Filed
        | NoticeKind::Accepted
        | NoticeKind::Refused
        | NoticeKind::Forwarded
        | NoticeKind::SupplementAnswered
        | NoticeKind::Resumed
        | NoticeKind::SupplementLapsed
        | NoticeKind::PaymentRecorded
        | NoticeKind::WithdrawalRequested
        | NoticeKind::WithdrawalGranted
        | NoticeKind::WithdrawalDeclined
        | NoticeKind::Stopped
        | NoticeKind::Decided
        | NoticeKind::Recalled
        | NoticeKind::HandedOver
        | NoticeKind::Apologised
        | NoticeKind::Transferred
        | NoticeKind::DeadlineExtended
        | NoticeKind::Reopened
        | NoticeKind::DueDateRecomputed
        | NoticeKind::MandateProposed
        | NoticeKind::MandateAccepted
        | NoticeKind::MandateConfirmed
        | NoticeKind::MandateRefused
        | NoticeKind::MandateRevoked
        | NoticeKind::MandateGivenBack
        | NoticeKind::MandateExpired
        | NoticeKind::DataRequestAcknowledged
        | NoticeKind::DataRequestExtended
        | NoticeKind::DataRequestFulfilled
        | NoticeKind::DataRequestRefused => None,
    };
    now >= created_at.plus(SENT_WITHIN)
        || act_by.is_some_and(|by| now >= by)
        || waits_in.is_some_and(|waits| state.is_some_and(|state| state != waits))
}

/// A wait, up to a fifth longer: `jitter` of 256 parts of that fifth, so that what failed together is not
/// tried together again.
pub fn jittered(wait: Duration, jitter: u8) -> Duration {
    let fifth = wait.num_milliseconds() / 5;
    wait + Duration::milliseconds(fifth.saturating_mul(jitter.into()) / 256)
}

/// When the provider is asked next what became of a message it has taken: soon at first, then seldom,
/// and after a day no more.
pub fn next_look(taken_at: Time, now: Time) -> Option<Time> {
    let passed = now.since(taken_at);
    let pause = if passed < REPORT_WITHIN {
        Duration::minutes(1)
    } else if passed < Duration::days(1) {
        Duration::hours(2)
    } else {
        return None;
    };
    Some(now.plus(pause))
}

/// Whether a message that was taken should have arrived by now.
pub fn report_is_overdue(taken_at: Time, now: Time) -> bool {
    now.since(taken_at) >= REPORT_WITHIN
}
