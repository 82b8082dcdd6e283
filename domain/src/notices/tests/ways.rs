//! By which ways a notice goes.

use uuid::Uuid;

use crate::{
    ids::Id,
    notices::{
        DeliveryState, NoticeChannel, NoticeGroup, NoticeKind, NoticePreferences, Planned,
        Reachable, SkipReason, Way, next_way, plan,
    },
};

const EVERY: [NoticeChannel; 4] = [
    NoticeChannel::Push,
    NoticeChannel::Zalo,
    NoticeChannel::Sms,
    NoticeChannel::Email,
];
const ANYWHERE: Reachable = Reachable {
    device: true,
    phone: true,
    email: true,
};

fn untouched() -> NoticePreferences {
    NoticePreferences::untouched(Id::from_uuid(Uuid::nil()))
}

fn nothing() -> NoticePreferences {
    let mut off = untouched();
    for channel in EVERY {
        for group in NoticeGroup::ALL.iter().copied() {
            off.chosen.insert((channel, group), false);
        }
    }
    off
}

fn sent(plan: &[(NoticeChannel, Planned)]) -> Vec<NoticeChannel> {
    let sent = plan.iter().filter(|row| row.1 == Planned::Send);
    sent.map(|row| row.0).collect()
}

/// Over every kind, every set of connected channels and every way to reach somebody: what the law has told
/// goes out if there is any way at all, and what was switched off does not otherwise.
#[test]
fn the_law_is_told_by_at_least_one_channel() {
    for kind in NoticeKind::ALL.iter().copied() {
        for set in 0..16_u8 {
            let has = |set: u8, place: usize| set >> place & 1 == 1;
            let every = EVERY.iter().enumerate();
            let connected: Vec<NoticeChannel> = every
                .filter(|(place, _)| has(set, *place))
                .map(|(_, it)| *it)
                .collect();
            for way in 0..8_u8 {
                let reachable = Reachable {
                    device: has(way, 0),
                    phone: has(way, 1),
                    email: has(way, 2),
                };
                let plan = plan(kind, &nothing(), &connected, reachable);
                assert_eq!(plan.len(), connected.len());
                let by = |channel: &NoticeChannel| match channel {
                    NoticeChannel::Push => reachable.device,
                    NoticeChannel::Zalo | NoticeChannel::Sms => reachable.phone,
                    NoticeChannel::Email => reachable.email,
                };
                let due = kind.is_mandatory() && connected.iter().any(by);
                assert_eq!(
                    sent(&plan).len(),
                    usize::from(due),
                    "{kind:?} {connected:?}"
                );
            }
        }
    }
}

#[test]
fn a_text_message_waits_for_zalo() {
    let plan = plan(NoticeKind::ResultIssued, &untouched(), &EVERY, ANYWHERE);
    let expected = [
        NoticeChannel::Push,
        NoticeChannel::Zalo,
        NoticeChannel::Email,
    ];
    assert_eq!(sent(&plan), expected);
    let sms = plan.get(2).map(|row| row.1);
    assert_eq!(sms, Some(Planned::Skip(SkipReason::ZaloFirst)));
    let way = |channel, state, skipped| Way {
        channel,
        state,
        skipped,
    };
    let zalo = way(NoticeChannel::Zalo, DeliveryState::Failed, None);
    let waits = way(
        NoticeChannel::Sms,
        DeliveryState::Skipped,
        Some(SkipReason::ZaloFirst),
    );
    let off = way(
        NoticeChannel::Sms,
        DeliveryState::Skipped,
        Some(SkipReason::SwitchedOff),
    );
    let push = way(NoticeChannel::Push, DeliveryState::Sent, None);
    for (kind, ways, expected) in [
        (
            NoticeKind::Submitted,
            vec![zalo, waits],
            Some(NoticeChannel::Sms),
        ),
        (NoticeKind::Submitted, vec![zalo, off], None),
        (
            NoticeKind::ResultIssued,
            vec![zalo, off],
            Some(NoticeChannel::Sms),
        ),
        (NoticeKind::ResultIssued, vec![push, zalo, off], None),
        (NoticeKind::ResultIssued, vec![zalo], None),
    ] {
        assert_eq!(
            next_way(kind, NoticeChannel::Zalo, &ways),
            expected,
            "{kind:?} {ways:?}"
        );
    }
}
