//! The table itself: who may do what about whom.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed set-up is a failed test"
)]

use uuid::Uuid;

use super::*;
use crate::{actor::Roles, ids::Id, officers::Revocation};

pub(super) const AGENCIES: [AgencyId; 2] = [agency(1), agency(2)];
/// Officers 0 to 2 belong to the first agency, 3 to 5 to the second.
pub(super) const OFFICERS: usize = 6;

const fn agency(n: u128) -> AgencyId {
    Id::from_uuid(Uuid::from_u128(n))
}

pub(super) fn account(n: usize) -> Account {
    Account {
        officer: Id::from_uuid(Uuid::from_u128(100 + u128::try_from(n).unwrap())),
        home: AGENCIES[n / 3],
    }
}

pub(super) fn now() -> Time {
    Time::from_micros(1_790_000_000_000_000).unwrap()
}

fn actor(n: usize, roles: &[Role]) -> Actor {
    let Account { officer, home } = account(n);
    Actor::Officer {
        officer,
        agency: home,
        roles: Roles::of(roles),
    }
}

#[test]
fn no_role_gives_itself_or_the_provinces_administration() {
    for power in &POWERS {
        assert!(!power.gives.contains(&power.held), "{power:?}");
        assert!(
            !power.gives.contains(&Role::ProvinceAdministrator),
            "{power:?}"
        );
    }
}

/// Every role, role to give, person and place: what the table says and nothing else.
#[test]
fn who_gives_what_to_whom() {
    let case_work = &Role::ALL[..6];
    for held in Role::ALL {
        for given in Role::ALL {
            for to in 0..OFFICERS {
                for at in AGENCIES {
                    let of_agency = held == Role::AgencyAdministrator
                        && to < 3
                        && at == AGENCIES[0]
                        && case_work.contains(&given);
                    let of_province =
                        held == Role::ProvinceAdministrator && given != Role::ProvinceAdministrator;
                    let expected = if to == 0 {
                        Err(Code::NotToOneself)
                    } else if of_agency || of_province {
                        Ok(())
                    } else {
                        Err(Code::RoleForbids)
                    };
                    let found = may_give(&actor(0, &[held]), account(to), at, given);
                    assert_eq!(found, expected, "{held:?} gives {given:?} to {to} at {at}");
                }
            }
        }
    }
    for nobody in [
        Actor::System,
        Actor::Citizen {
            person: Id::from_uuid(Uuid::nil()),
        },
    ] {
        let given = may_give(&nobody, account(1), AGENCIES[0], Role::Receiver);
        assert_eq!(given, Err(Code::RoleForbids));
    }
}

pub(super) fn held(n: usize, role: Role) -> Grant {
    let Account { officer, home } = account(n);
    Grant {
        id: Id::from_uuid(Uuid::nil()),
        officer,
        agency: home,
        role,
        from: now().date(),
        until: None,
        reason: String::new(),
        granted_by: None,
        approved_by: None,
        granted_at: now(),
        revoked: None,
    }
}

#[test]
fn an_account_is_changed_by_whoever_could_take_all_its_roles() {
    use Role::{
        AgencyAdministrator as Agency, Auditor, ProvinceAdministrator as Province, Receiver,
    };
    let (ok, two) = (Ok(()), Err(Code::SecondPersonNeeded));
    let (no, own) = (Err(Code::RoleForbids), Err(Code::NotToOneself));
    for (by, of, roles, change, reset) in [
        (Agency, 1, &[Receiver][..], ok, ok),
        (Agency, 1, &[], ok, ok),
        (Agency, 1, &[Receiver, Agency], no, no),
        (Agency, 1, &[Auditor], no, no),
        (Agency, 1, &[Province], no, no),
        (Agency, 3, &[Receiver], no, no),
        (Agency, 0, &[Receiver], own, own),
        (Province, 3, &[Receiver, Auditor], ok, ok),
        (Province, 3, &[Agency], ok, two),
        (Province, 3, &[Province], ok, two),
        (Province, 0, &[Receiver], own, own),
        (Receiver, 1, &[Receiver], no, no),
    ] {
        let grants: Vec<_> = roles.iter().map(|role| held(of, *role)).collect();
        let by = actor(0, &[by]);
        let found = may_change(&by, account(of), &grants, now());
        assert_eq!(found, change, "{by:?} changes {of} with {roles:?}");
        let found = may_reset_password(&by, account(of), &grants, now());
        assert_eq!(found, reset, "{by:?} resets {of} with {roles:?}");
    }
    // What has ended does not count; what begins later does.
    let ended = Grant {
        from: now().date() - chrono::Duration::days(2),
        until: Some(now().date() - chrono::Duration::days(1)),
        ..held(1, Role::Auditor)
    };
    let later = Grant {
        from: now().date() + chrono::Duration::days(1),
        ..held(1, Role::Auditor)
    };
    let revoked = Grant {
        revoked: Some(Revocation {
            at: now(),
            by: None,
        }),
        ..held(1, Role::Auditor)
    };
    let by = actor(0, &[Role::AgencyAdministrator]);
    for (grant, expected) in [(ended, ok), (revoked, ok), (later, no)] {
        assert_eq!(may_change(&by, account(1), &[grant], now()), expected);
    }
}
