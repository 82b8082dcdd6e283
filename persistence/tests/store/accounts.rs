//! Citizens and officers: every column type there and back, who sees whom, and lists.

use chrono::NaiveDate;
use domain::{
    actor::{Actor, Role, Roles, Sight},
    disclosures::{AccessAction, AccessPurpose},
    ids::{AgencyId, OfficerId},
    personal::Personal,
};
use persistence::{
    Json, StoreError, Tx,
    disclosures::{OfficerReading, Reading},
    events::{self, NewEvent},
    officers::{self, Officer},
    page::Limit,
    people::{self, Person},
};

use crate::{add, at, both, event, id, person, wait};

/// An officer of the agency that dealt with the citizen, who sees the dossiers and no account.
fn by_an_officer(agency: AgencyId) -> Reading {
    Reading::Officer(OfficerReading {
        officer: id(),
        agency,
        roles: Roles::of(&[Role::Receiver]),
        sight: Sight::Agency(agency),
        purpose: AccessPurpose::Handling,
        note: None,
        restricted_until: None,
        action: AccessAction::Open,
        now: at(0),
        line: id(),
        request: None,
    })
}

#[test]
fn a_citizen_comes_back_as_written_and_hides_from_others() {
    for it in both() {
        let full = Person {
            personal_number: Some(Personal::new("089204000123".to_owned())),
            birth_date: NaiveDate::from_ymd_opt(1999, 12, 31).map(Personal::new),
            address: Some(Personal::new("Ấp Mỹ Thuận, xã Mỹ Thuận".to_owned())),
            ..person(id(), at(0))
        };
        let before_epoch = Person {
            birth_date: NaiveDate::from_ymd_opt(1931, 1, 1).map(Personal::new),
            ..person(id(), at(-2_000_000_000))
        };
        for someone in [full, before_epoch, person(id(), at(5))] {
            let agency: AgencyId = id();
            let written = someone.clone();
            wait(it.store.write(move |tx| {
                people::insert(tx, &written)?;
                let event = event(None, 1, at(0), Some(written.id));
                events::append(
                    tx,
                    NewEvent {
                        agency: Some(agency),
                        ..event
                    },
                )
            }))
            .unwrap();
            let key = someone.id;
            for (reading, sees) in [
                (Reading::Own(key), true),
                (Reading::House, true),
                (Reading::Own(id()), false),
                (by_an_officer(agency), false),
            ] {
                let named = format!("{reading:?}");
                let found = wait(it.store.read(move |tx| people::find(tx, key, &reading)));
                let expected = if sees {
                    Ok(someone.clone())
                } else {
                    Err(StoreError::Absent)
                };
                assert_eq!(found, expected, "{} {named}", it.engine);
            }
            let phone = someone.phone.clone().unwrap();
            let found = wait(it.store.read(move |tx| people::by_phone(tx, &phone)));
            assert_eq!(found, Ok(Some(someone)), "{}", it.engine);
        }
    }
}

#[test]
fn both_engines_name_the_same_constraint() {
    for it in both() {
        let one = person(id(), at(0));
        let first = one.clone();
        wait(it.store.write(move |tx| add(tx, &first))).unwrap();
        for (other, constraint) in [
            (
                Person {
                    id: one.id,
                    ..person(id(), at(0))
                },
                // The key of what is theirs is made first.
                "subject_keys_pkey",
            ),
            (
                Person {
                    phone: one.phone.clone(),
                    ..person(id(), at(0))
                },
                "people_phone_index_key",
            ),
        ] {
            let outcome = wait(it.store.write(move |tx| add(tx, &other)));
            let constraint = constraint.to_owned();
            assert_eq!(
                outcome,
                Err(StoreError::Duplicate { constraint }),
                "{}",
                it.engine
            );
        }
    }
}

#[test]
fn a_personal_number_keeps_nobody_out() {
    for it in both() {
        let number = Some(Personal::new("089204000123".to_owned()));
        for n in 0..2 {
            let someone = Person {
                personal_number: number.clone(),
                ..person(id(), at(n))
            };
            let added = wait(it.store.write(move |tx| add(tx, &someone)));
            assert_eq!(added, Ok(()), "{}", it.engine);
        }
    }
}

fn officer(agency: AgencyId, login: &str, second: i64) -> Officer {
    Officer {
        id: id(),
        login: login.to_owned(),
        password_hash: Personal::new("$argon2id$".to_owned()),
        full_name: Personal::new("Trần Văn Bình".to_owned()),
        agency,
        active: true,
        must_change_password: false,
        version: 1,
        created_at: at(second),
        updated_at: at(second),
    }
}

fn register(tx: &mut Tx, officer: &Officer) -> Result<(), StoreError> {
    officers::insert(tx, officer)?;
    let event = NewEvent {
        actor: &Actor::System,
        payload: Json::empty(),
        ..event(None, 1, officer.created_at, None)
    };
    events::append(tx, event)
}

/// An officer of the agency with an account.
pub(crate) fn hired(it: &crate::Fixture, agency: AgencyId, n: i64) -> OfficerId {
    let officer = officer(agency, &id::<()>().to_string(), n);
    let key = officer.id;
    wait(it.store.write(move |tx| register(tx, &officer))).unwrap();
    key
}

#[test]
fn a_list_of_officers_goes_on_where_it_ended() {
    for it in both() {
        let agency: AgencyId = id();
        // Several share an instant: the id decides between them.
        let all: Vec<Officer> = (0..23)
            .map(|n| officer(agency, &format!("cb{n:02}"), n / 4))
            .collect();
        let (written, other) = (all.clone(), officer(id(), "elsewhere", 3));
        wait(it.store.write(move |tx| {
            register(tx, &other)?;
            written.iter().try_for_each(|officer| register(tx, officer))
        }))
        .unwrap();
        let mut expected: Vec<(_, OfficerId)> = all.iter().map(|o| (o.created_at, o.id)).collect();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        let (mut listed, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let limit = Limit::new(5).unwrap();
            let page = wait(
                it.store
                    .read(move |tx| officers::list(tx, agency, after, limit)),
            );
            let page = page.unwrap();
            listed.extend(page.items.iter().map(|o| (o.created_at, o.id)));
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((pages, listed), (5, expected), "{}", it.engine);
    }
}

#[test]
fn an_officer_is_seen_by_their_agency_and_the_province() {
    for it in both() {
        let agency: AgencyId = id();
        let one = officer(agency, "tvbinh", 0);
        let written = one.clone();
        wait(it.store.write(move |tx| register(tx, &written))).unwrap();
        let key = one.id;
        for (sight, sees) in [
            (Sight::Agency(agency), true),
            (Sight::Province, true),
            (Sight::Agency(id()), false),
            (Sight::Own(id()), false),
        ] {
            let found = wait(it.store.read(move |tx| officers::find(tx, key, sight)));
            let expected = if sees {
                Ok(one.clone())
            } else {
                Err(StoreError::Absent)
            };
            assert_eq!(found, expected, "{} {sight:?}", it.engine);
        }
        let found = wait(it.store.read(|tx| officers::by_login(tx, "tvbinh")));
        assert_eq!(found, Ok(Some(one.clone())), "{}", it.engine);
        let changed = Officer {
            active: false,
            version: 2,
            ..one
        };
        for expected in [Ok(()), Err(StoreError::Stale { current_version: 2 })] {
            let changed = changed.clone();
            let saved = wait(it.store.write(move |tx| {
                officers::save(tx, &changed)?;
                events::append(tx, event(None, 2, at(1), None))
            }));
            assert_eq!(saved, expected, "{}", it.engine);
        }
        let found = wait(
            it.store
                .write(move |tx| officers::lock(tx, key, Sight::Province)),
        );
        assert_eq!(found, Ok(changed), "{}", it.engine);
    }
}
