//! Role grants: there and back, and what the database itself refuses.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    ids::{AgencyId, OfficerId},
    officers::{Grant, Revocation},
};
use persistence::{StoreError, events, officers::grants};

use crate::{accounts::hired, at, both, event, id, wait};

fn grant(officer: OfficerId, agency: AgencyId) -> Grant {
    Grant {
        id: id(),
        officer,
        agency,
        role: Role::Cashier,
        from: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        until: None,
        reason: "Phân công.".to_owned(),
        granted_by: None,
        approved_by: None,
        granted_at: at(0),
        revoked: None,
    }
}

fn add(it: &crate::Fixture, grant: &Grant) -> Result<(), StoreError> {
    let grant = grant.clone();
    wait(it.store.write(move |tx| {
        grants::insert(tx, &grant)?;
        events::append(tx, event(None, 1, at(0), None))
    }))
}

#[test]
fn a_grant_comes_back_as_written_until_it_is_revoked() {
    for it in both() {
        let agency: AgencyId = id();
        let [officer, one, two] = [0, 1, 2].map(|n| hired(&it, agency, n));
        let full = Grant {
            until: NaiveDate::from_ymd_opt(2026, 12, 31),
            granted_by: Some(one),
            approved_by: Some(two),
            ..grant(officer, agency)
        };
        let elsewhere = Grant {
            granted_at: at(1),
            ..grant(officer, id())
        };
        for grant in [&full, &elsewhere] {
            assert_eq!(add(&it, grant), Ok(()), "{}", it.engine);
        }
        let all = wait(it.store.read(move |tx| grants::of_officer(tx, officer)));
        assert_eq!(
            all,
            Ok(vec![full.clone(), elsewhere.clone()]),
            "{}",
            it.engine
        );
        let here = move |tx: &mut _| grants::of_active(tx, officer, agency);
        assert_eq!(
            wait(it.store.read(here)),
            Ok(vec![full.clone()]),
            "{}",
            it.engine
        );
        let revoked = Revocation {
            at: at(2),
            by: Some(one),
        };
        let key = full.id;
        for expected in [Ok(()), Err(StoreError::Absent)] {
            let done = wait(it.store.write(move |tx| {
                grants::revoke(tx, key, revoked)?;
                events::append(tx, event(None, 2, at(2), None))
            }));
            assert_eq!(done, expected, "{}", it.engine);
        }
        assert_eq!(wait(it.store.read(here)), Ok(vec![]), "{}", it.engine);
        let kept = wait(it.store.write(move |tx| grants::lock(tx, officer, key)));
        let kept = kept.unwrap();
        assert_eq!(kept.revoked, Some(revoked), "{}", it.engine);
        let foreign = wait(it.store.write(move |tx| grants::lock(tx, one, key)));
        assert_eq!(foreign, Err(StoreError::Absent), "{}", it.engine);
    }
}

#[test]
fn the_database_itself_wants_three_different_people() {
    for it in both() {
        let agency: AgencyId = id();
        let [officer, one, two] = [0, 1, 2].map(|n| hired(&it, agency, n));
        for (granted_by, approved_by, refused) in [
            (Some(one), Some(two), None),
            (None, None, None),
            (Some(one), Some(one), Some("role_grants_four_eyes")),
            (Some(one), None, Some("role_grants_four_eyes")),
            (None, Some(two), Some("role_grants_four_eyes")),
            (Some(officer), Some(two), Some("role_grants_not_to_oneself")),
            (Some(one), Some(officer), Some("role_grants_not_to_oneself")),
        ] {
            let grant = Grant {
                granted_by,
                approved_by,
                ..grant(officer, agency)
            };
            let expected = refused.map_or(Ok(()), |constraint| {
                let constraint = constraint.to_owned();
                Err(StoreError::Refused { constraint })
            });
            assert_eq!(add(&it, &grant), expected, "{}", it.engine);
        }
    }
}
