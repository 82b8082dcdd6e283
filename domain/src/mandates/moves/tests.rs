//! Every state, command and side: what may be done, and what it leaves.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use chrono::Duration;

use super::Side;
use crate::{
    ids::Id,
    mandates::{Act, Ending, Evidence, Ground, Mandate, MandateState, Mandator, Scope, Term},
    personal::Personal,
    rejection::Code,
    time::Time,
};

fn id<K>(number: u128) -> Id<K> {
    Id::from_uuid(uuid::Uuid::from_u128(number))
}

fn now() -> Time {
    Time::from_micros(1_795_000_000_000_000).unwrap()
}

fn mandate(mandator: Mandator, state: MandateState) -> Mandate {
    let ground = match mandator {
        Mandator::Person(_) => Ground::NotarisedAuthorisation,
        Mandator::Ward(_) => Ground::ParentOfMinor,
        Mandator::Organisation(_) => Ground::LegalRepresentative,
    };
    Mandate {
        id: id(1),
        version: 3,
        mandator,
        delegate: id(2),
        ground,
        scope: Scope {
            procedures: None,
            acts: [Act::Submit].into(),
        },
        term: Term {
            from: now().date(),
            until: Some(now().date()),
        },
        evidence: Evidence {
            number: Personal::new("12/2026".to_owned()),
            issued_on: now().date(),
            issuer: "UBND xã Mỹ Thuận".to_owned(),
        },
        agency: None,
        state,
        ending: None,
        proposed_by: id(2),
        agreed: None,
        confirmed: None,
        ended_at: None,
        created_at: now(),
        updated_at: now(),
    }
}

type Move = fn(&Mandate, Side, Time) -> Result<Mandate, Code>;

const MOVES: [(&str, Move); 5] = [
    ("accept", Mandate::accept),
    ("confirm", Mandate::confirm),
    ("refuse", |mandate, _, now| mandate.refuse(now)),
    ("revoke", Mandate::revoke),
    ("give_back", Mandate::give_back),
];

/// The policy, written down a second time: where it leads, for whom.
fn leads(
    command: &str,
    mandator: Mandator,
    state: MandateState,
    by: Side,
) -> Option<(MandateState, Option<Ending>)> {
    let person = matches!(mandator, Mandator::Person(_));
    let (waits, stands) = (
        state == MandateState::Proposed,
        state == MandateState::Active,
    );
    match (command, by) {
        // The delegate proposed it.
        ("accept", Side::Mandator(_)) if person && waits => Some((MandateState::Active, None)),
        ("confirm", Side::Desk(_)) if !person && waits => Some((MandateState::Active, None)),
        ("refuse", _) if waits => Some((MandateState::Ended, Some(Ending::Refused))),
        ("revoke", Side::Mandator(_)) if stands => {
            Some((MandateState::Ended, Some(Ending::Revoked)))
        }
        ("revoke", Side::Desk(_)) if stands && !person => {
            Some((MandateState::Ended, Some(Ending::Revoked)))
        }
        ("give_back", Side::Delegate(_)) if stands => {
            Some((MandateState::Ended, Some(Ending::GivenBack)))
        }
        _ => None,
    }
}

#[test]
fn each_move_is_whose_it_is_and_from_where_it_starts() {
    let mandators = [
        Mandator::Person(id(3)),
        Mandator::Ward(id(4)),
        Mandator::Organisation(id(5)),
    ];
    let sides = [
        Side::Mandator(id(3)),
        Side::Delegate(id(2)),
        Side::Desk(id(6)),
    ];
    for mandator in mandators {
        for state in MandateState::ALL.iter().copied() {
            for side in sides {
                for (name, command) in MOVES {
                    let before = mandate(mandator, state);
                    let after = command(&before, side, now());
                    let cell = format!("{name} of {mandator:?} {state:?} by {side:?}");
                    let led = after.as_ref().ok().map(|after| (after.state, after.ending));
                    assert_eq!(led, leads(name, mandator, state, side), "{cell}");
                    if let Ok(after) = after {
                        assert_eq!(after.version, 4, "{cell}");
                        assert_eq!(after.ended_at.is_some(), after.ending.is_some(), "{cell}");
                    }
                }
            }
        }
    }
}

#[test]
fn nobody_agrees_to_what_they_proposed_themself() {
    let waiting = mandate(Mandator::Person(id(3)), MandateState::Proposed);
    let by_delegate = waiting.accept(Side::Delegate(id(2)), now());
    assert_eq!(by_delegate, Err(Code::NotToOneself));
    let offered = Mandate {
        proposed_by: id(3),
        ..waiting
    };
    let by_mandator = offered.accept(Side::Mandator(id(3)), now());
    assert_eq!(by_mandator, Err(Code::NotToOneself));
    assert!(offered.accept(Side::Delegate(id(2)), now()).is_ok());
}

#[test]
fn what_is_over_neither_begins_nor_stands() {
    let tomorrow = now().plus(Duration::days(1));
    let waiting = mandate(Mandator::Person(id(3)), MandateState::Proposed);
    let late = waiting.accept(Side::Mandator(id(3)), tomorrow);
    assert_eq!(late, Err(Code::MandateStateForbids));
    let active = mandate(Mandator::Person(id(3)), MandateState::Active);
    assert!(active.stands(now().date()) && !active.stands(tomorrow.date()));
    assert!(!active.stands(now().plus(Duration::days(-1)).date()));
    assert_eq!(active.expire(now()), Err(Code::MandateStateForbids));
    let expired = active.expire(tomorrow).unwrap();
    assert_eq!(expired.ending, Some(Ending::Expired));
    assert!(!expired.stands(now().date()));
    assert_eq!(expired.expire(tomorrow), Err(Code::MandateStateForbids));
}

#[test]
fn a_scope_holds_its_acts_and_procedures_and_always_reading() {
    let code = |text: &str| crate::procedures::ProcedureCode::parse(text).unwrap();
    let (listed, other) = (code("2.000635"), code("1.004194"));
    let scope = |procedures: Option<&str>| Scope {
        procedures: procedures.map(|text| [code(text)].into()),
        acts: [Act::Answer].into(),
    };
    assert!(scope(None).covers(&other, Act::Answer));
    assert!(!scope(None).covers(&other, Act::Submit));
    assert!(scope(Some("2.000635")).covers(&listed, Act::Read));
    assert!(!scope(Some("2.000635")).covers(&other, Act::Read));
}
