//! Who may let whom stand in, and when it holds.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use uuid::Uuid;

use super::*;
use crate::{actor::Roles, ids::Id};

const HOME: AgencyId = Id::from_uuid(Uuid::from_u128(1));
const OTHER: AgencyId = Id::from_uuid(Uuid::from_u128(2));

fn account(n: u128) -> Account {
    Account {
        officer: Id::from_uuid(Uuid::from_u128(100 + n)),
        home: HOME,
    }
}

fn actor(n: u128, agency: AgencyId, roles: &[Role]) -> Actor {
    Actor::Officer {
        officer: account(n).officer,
        agency,
        roles: Roles::of(roles),
    }
}

fn at(local: &str) -> Time {
    Time::from_local(local.parse().unwrap())
}

fn now() -> Time {
    at("2026-11-23T08:00:00")
}

fn held(n: u128, role: Role) -> Grant {
    Grant {
        id: Id::from_uuid(Uuid::nil()),
        officer: account(n).officer,
        agency: HOME,
        role,
        from: now().date(),
        until: None,
        reason: "Phân công.".to_owned(),
        granted_by: None,
        approved_by: None,
        granted_at: now(),
        revoked: None,
    }
}

fn deputy() -> Deputy {
    Deputy {
        id: Id::from_uuid(Uuid::nil()),
        agency: HOME,
        officer: account(1).officer,
        deputy: account(2).officer,
        role: Role::Approver,
        from: "2026-11-23".parse().unwrap(),
        until: "2026-11-25".parse().unwrap(),
        reason: "Nghỉ phép.".to_owned(),
        made_by: account(1).officer,
        made_at: now(),
        ended: None,
    }
}

#[test]
fn the_officer_or_who_gives_the_role_lets_somebody_stand_in() {
    let grants = [held(1, Role::Approver), held(1, Role::AgencyAdministrator)];
    let make =
        |by: &Actor, to: u128, role| may_make(by, (account(1), &grants), account(to), role, now());
    let chief = actor(3, HOME, &[Role::AgencyAdministrator]);
    let own = actor(1, HOME, &[Role::Approver]);
    for (by, to, role, expected) in [
        (&own, 2, Role::Approver, Ok(())),
        (&chief, 2, Role::Approver, Ok(())),
        // Not held, not to be handed on, not to oneself, nobody's business.
        (&own, 2, Role::Cashier, Err(Code::RoleForbids)),
        (&chief, 2, Role::Cashier, Err(Code::RoleForbids)),
        (&own, 2, Role::AgencyAdministrator, Err(Code::RoleForbids)),
        (&own, 1, Role::Approver, Err(Code::NotToOneself)),
        (&chief, 3, Role::Approver, Err(Code::NotToOneself)),
        (
            &actor(2, HOME, &[Role::Approver]),
            3,
            Role::Approver,
            Err(Code::RoleForbids),
        ),
        (
            &actor(4, OTHER, &[Role::AgencyAdministrator]),
            2,
            Role::Approver,
            Err(Code::RoleForbids),
        ),
    ] {
        assert_eq!(make(by, to, role), expected, "{by:?} {to} {role:?}");
    }
}

#[test]
fn it_holds_for_its_days_until_ended_and_never_beyond_the_others_grants() {
    let own = [held(1, Role::Approver)];
    for (when, holds) in [
        ("2026-11-22T23:59:59.999999", false),
        ("2026-11-23T08:00:00", true),
        ("2026-11-25T23:59:59.999999", true),
        ("2026-11-26T00:00:00", false),
    ] {
        assert_eq!(deputy().acts(&own, at(when)), holds, "{when}");
        assert!(!deputy().acts(&[held(1, Role::Cashier)], at(when)));
        assert!(!deputy().acts(&[], at(when)));
    }
    let ended = Deputy {
        ended: Some(Revocation {
            at: at("2026-11-24T09:00:00"),
            by: None,
        }),
        ..deputy()
    };
    assert!(ended.acts(&own, at("2026-11-24T08:59:59.999999")));
    assert!(!ended.acts(&own, at("2026-11-24T09:00:00")));
}

#[test]
fn either_of_the_two_ends_it_and_who_looks_after_them() {
    for (by, ends) in [
        (actor(1, HOME, &[]), true),
        (actor(2, HOME, &[]), true),
        (actor(3, HOME, &[Role::Approver]), false),
        (actor(3, HOME, &[Role::AgencyAdministrator]), true),
        (actor(3, OTHER, &[Role::AgencyAdministrator]), false),
        (actor(3, OTHER, &[Role::ProvinceAdministrator]), true),
    ] {
        assert_eq!(deputy().may_end(&by), ends, "{by:?}");
    }
}
