//! By which channels one notice goes out.

use super::{DeliveryState, NoticeChannel, NoticeKind, NoticePreferences};
use crate::vocabulary;

vocabulary! {
    /// Why a notice does not go a way.
    SkipReason {
        /// There is no device, number or address to send it to.
        NoAddress = "no_address",
        /// It was switched off.
        SwitchedOff = "switched_off",
        /// It goes by Zalo; this way waits in case that fails.
        ZaloFirst = "zalo_first",
        /// Its time has passed: nobody needs it any more.
        Moot = "moot",
    }
}

/// What becomes of a notice on one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// It is sent.
    Send,
    /// It is not, and why.
    Skip(SkipReason),
}

/// Where somebody can be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reachable {
    /// On a device that is registered.
    pub device: bool,
    /// By telephone number.
    pub phone: bool,
    /// By e-mail.
    pub email: bool,
}

impl Reachable {
    const fn by(self, channel: NoticeChannel) -> bool {
        match channel {
            NoticeChannel::Push => self.device,
            NoticeChannel::Zalo | NoticeChannel::Sms => self.phone,
            NoticeChannel::Email => self.email,
        }
    }
}

/// What becomes of a notice on each channel that is connected, in this order. One that the law has told
/// goes out by the first that reaches its citizen, if all of those were switched off.
pub fn plan(
    kind: NoticeKind,
    preferences: &NoticePreferences,
    connected: &[NoticeChannel],
    reachable: Reachable,
) -> Vec<(NoticeChannel, Planned)> {
    let wanted = |channel: NoticeChannel| {
        if !reachable.by(channel) {
            Planned::Skip(SkipReason::NoAddress)
        } else if preferences.wants(channel, kind.group()) {
            Planned::Send
        } else {
            Planned::Skip(SkipReason::SwitchedOff)
        }
    };
    let mut plan: Vec<_> = connected.iter().map(|it| (*it, wanted(*it))).collect();
    let goes = |plan: &[(NoticeChannel, Planned)], channel: Option<NoticeChannel>| {
        let mut rows = plan.iter();
        rows.any(|row| row.1 == Planned::Send && channel.is_none_or(|it| it == row.0))
    };
    if kind.is_mandatory() && !goes(&plan, None) {
        let mut off = plan.iter_mut();
        if let Some(row) = off.find(|row| row.1 == Planned::Skip(SkipReason::SwitchedOff)) {
            row.1 = Planned::Send;
        }
    }
    if goes(&plan, Some(NoticeChannel::Zalo)) {
        for row in &mut plan {
            if row.0 == NoticeChannel::Sms && row.1 == Planned::Send {
                row.1 = Planned::Skip(SkipReason::ZaloFirst);
            }
        }
    }
    plan
}

/// What is tried when a channel fails for good: a text message instead of one in Zalo.
pub const fn instead_of(channel: NoticeChannel) -> Option<NoticeChannel> {
    match channel {
        NoticeChannel::Zalo => Some(NoticeChannel::Sms),
        NoticeChannel::Push | NoticeChannel::Sms | NoticeChannel::Email => None,
    }
}

/// How a notice stands on one of its ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The channel.
    pub channel: NoticeChannel,
    /// How far it has come there.
    pub state: DeliveryState,
    /// Why it was skipped there, if it was.
    pub skipped: Option<SkipReason>,
}

/// By which channel a notice goes when it has failed for good on one: a text message that waited for Zalo,
/// and where the law has it told and nothing else is on its way, whatever reaches its citizen.
pub fn next_way(kind: NoticeKind, failed: NoticeChannel, ways: &[Way]) -> Option<NoticeChannel> {
    let waits = |channel: NoticeChannel, why: SkipReason| {
        let mut of_it = ways.iter().filter(|way| way.channel == channel);
        of_it.any(|way| way.state == DeliveryState::Skipped && way.skipped == Some(why))
    };
    if let Some(next) = instead_of(failed)
        && waits(next, SkipReason::ZaloFirst)
    {
        return Some(next);
    }
    let is_told = ways.iter().any(|way| {
        matches!(
            way.state,
            DeliveryState::Pending | DeliveryState::Sent | DeliveryState::Delivered
        )
    });
    if is_told || !kind.is_mandatory() {
        return None;
    }
    let mut off = ways.iter().map(|way| way.channel);
    off.find(|channel| waits(*channel, SkipReason::SwitchedOff))
}
