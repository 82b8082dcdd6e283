//! Sealed fields and the keys they stand on, while keys come and go.

use std::sync::{Arc, Mutex};

use domain::{ids::PersonId, personal::Personal};
use persistence::{
    Json, Store, StoreError, StoreSettings, Tx,
    disclosures::Reading,
    outbox::{self, Lease, NewEntry},
    people::{self, Person},
    sealing::{self, FieldKeys, IndexColumn, KeyMaterial, KeySource, NamedKey},
};

use crate::{Fixture, add, at, both, id, person, wait};

/// The keys that wrap, and those of the index, each by the byte it is made of.
type Holding = (Vec<u8>, Vec<(IndexColumn, u8)>);

/// Keys as a file holds them that another process changes.
#[derive(Clone)]
pub(crate) struct Shelf(Arc<Mutex<Holding>>);

impl Shelf {
    pub(crate) fn holding(wrapping: &[u8], index: &[(IndexColumn, u8)]) -> Self {
        Self(Arc::new(Mutex::new((wrapping.to_vec(), index.to_vec()))))
    }

    pub(crate) fn hold(&self, wrapping: &[u8], index: &[(IndexColumn, u8)]) {
        *self.0.lock().unwrap() = (wrapping.to_vec(), index.to_vec());
    }

    pub(crate) fn store(&self, it: &Fixture) -> Store {
        let keys = FieldKeys::open(self.clone()).unwrap();
        Store::open(&StoreSettings::new(&it.url, keys)).unwrap()
    }
}

impl KeySource for Shelf {
    fn load(&self) -> Result<KeyMaterial, String> {
        let (wrapping, index) = self.0.lock().unwrap().clone();
        let named = |key: u8| NamedKey {
            name: format!("k{key}"),
            key: vec![key; 32].into(),
        };
        Ok(KeyMaterial {
            wrapping: wrapping.into_iter().map(named).collect(),
            index: index
                .into_iter()
                .map(|(column, key)| (column, vec![key; 32].into()))
                .collect(),
        })
    }
}

pub(crate) const ONE: (IndexColumn, u8) = (IndexColumn::One, 8);
pub(crate) const OTHER: (IndexColumn, u8) = (IndexColumn::Other, 9);

fn full(second: i64) -> Person {
    Person {
        personal_number: Some(Personal::new("089204000123".to_owned())),
        address: Some(Personal::new("Ấp Mỹ Thuận".to_owned())),
        ..person(id(), at(second))
    }
}

fn added(store: &Store, second: i64) -> Person {
    let someone = full(second);
    let written = someone.clone();
    wait(store.write(move |tx| add(tx, &written))).unwrap();
    someone
}

fn found(store: &Store, id: PersonId) -> Result<Person, StoreError> {
    wait(store.read(move |tx| people::find(tx, id, &Reading::Own(id))))
}

fn rewrapped(store: &Store) -> Result<usize, StoreError> {
    wait(store.write(|tx| sealing::rewrap(tx, 100)))
}

#[test]
fn a_key_that_wraps_comes_and_goes_beside_running_stores() {
    for it in both() {
        let shelf = Shelf::holding(&[1], &[ONE]);
        let (server, command) = (shelf.store(&it), shelf.store(&it));
        let old = added(&server, 0);
        shelf.hold(&[1, 2], &[ONE]);
        let new = added(&server, 1);
        let by = |name: &'static str| wait(command.read(move |tx| sealing::wrapped_by(tx, name)));
        assert_eq!((by("k1"), by("k2")), (Ok(1), Ok(1)), "{}", it.engine);
        assert_eq!(rewrapped(&command), Ok(1), "{}", it.engine);
        assert_eq!(rewrapped(&command), Ok(0), "{}", it.engine);
        shelf.hold(&[2], &[ONE]);
        for store in [&server, &command, &shelf.store(&it)] {
            for person in [&old, &new] {
                assert_eq!(
                    found(store, person.id).as_ref(),
                    Ok(person),
                    "{}",
                    it.engine
                );
            }
        }
        // Taken away too early, a key takes its data keys with it.
        shelf.hold(&[3], &[ONE]);
        let late = shelf.store(&it);
        assert!(
            matches!(found(&late, old.id), Err(StoreError::Corrupt(_))),
            "{}",
            it.engine
        );
        assert!(
            matches!(rewrapped(&late), Err(StoreError::Corrupt(_))),
            "{}",
            it.engine
        );
    }
}

fn by_phone(store: &Store, someone: &Person) -> Option<PersonId> {
    let phone = someone.phone.clone().unwrap();
    let found = wait(store.read(move |tx| people::by_phone(tx, &phone)));
    found.unwrap().map(|person| person.id)
}

fn again(store: &Store, someone: &Person) -> Result<(), StoreError> {
    let twin = Person {
        phone: someone.phone.clone(),
        ..person(id(), at(9))
    };
    wait(store.write(move |tx| add(tx, &twin)))
}

#[test]
fn the_blind_index_moves_and_a_number_stays_one_account() {
    for it in both() {
        let shelf = Shelf::holding(&[1], &[ONE]);
        let (server, command) = (shelf.store(&it), shelf.store(&it));
        let someone = added(&server, 0);
        let reindexed = || {
            wait(command.write(|tx| sealing::reindex(tx, None, 100)))
                .unwrap()
                .1
        };
        for index in [&[ONE, OTHER][..], &[OTHER], &[OTHER, ONE], &[ONE]] {
            let case = format!("{} {index:?}", it.engine);
            shelf.hold(&[1], index);
            assert_eq!(by_phone(&server, &someone), Some(someone.id), "{case}");
            assert_eq!(reindexed(), 1, "{case}");
            assert_eq!(reindexed(), 0, "{case}");
            assert_eq!(by_phone(&server, &someone), Some(someone.id), "{case}");
            let Err(StoreError::Duplicate { constraint }) = again(&server, &someone) else {
                panic!("{case}: a second account");
            };
            assert!(constraint.starts_with("people_phone_index"), "{constraint}");
            assert_eq!(found(&server, someone.id).as_ref(), Ok(&someone), "{case}");
        }
    }
}

#[test]
fn an_erased_citizen_is_nobody_from_the_next_statement_on() {
    for it in both() {
        let someone = added(&it.store, 0);
        let (who, phone) = (someone.id, someone.phone.clone().unwrap());
        let inside = wait(it.store.write(move |tx| {
            // It was opened in this very transaction.
            people::find(tx, who, &Reading::Own(who))?;
            people::erase(tx, who)?;
            let after = people::find(tx, who, &Reading::Own(who));
            let changed = people::save(
                tx,
                &Person {
                    version: 3,
                    ..someone.clone()
                },
            );
            persistence::events::append(tx, crate::event(None, 2, at(1), Some(who)))?;
            Ok::<_, StoreError>((after, changed))
        }));
        let (after, changed) = inside.unwrap();
        assert_eq!(after, Err(StoreError::Absent), "{}", it.engine);
        assert_eq!(changed, Err(StoreError::Absent), "{}", it.engine);
        assert_eq!(
            found(&it.store, who),
            Err(StoreError::Absent),
            "{}",
            it.engine
        );
        let known = wait(it.store.read(move |tx| people::is_known(tx, who)));
        assert_eq!(known, Ok(false), "{}", it.engine);
        let by_phone = wait(it.store.read(move |tx| people::by_phone(tx, &phone)));
        assert_eq!(by_phone, Ok(None), "{}", it.engine);
    }
}

fn code() -> Json {
    Json::of(&["+84987601234"]).unwrap()
}

fn put(store: &Store, key: &'static str) {
    let work = move |tx: &mut Tx| {
        let entry = NewEntry {
            id: id(),
            topic: "code",
            key,
            payload: code(),
            now: at(0),
        };
        outbox::put(tx, entry)
    };
    wait(store.write(work)).unwrap();
}

fn stored(store: &Store) -> String {
    use diesel::{QueryDsl, RunQueryDsl};
    let rows = wait(store.read(|tx| {
        persistence::schema::outbox::table
            .select(persistence::schema::outbox::payload)
            .load::<Json>(tx.conn())
            .map_err(StoreError::from)
    }));
    let rows = rows.unwrap();
    rows.iter().map(|json| json.as_str().to_owned()).collect()
}

#[test]
fn what_waits_in_the_outbox_is_sealed_and_one_that_does_not_open_holds_up_no_other() {
    for it in both() {
        let shelf = Shelf::holding(&[1], &[ONE]);
        let before = shelf.store(&it);
        put(&before, "first");
        assert!(!stored(&before).contains("987601234"), "{}", it.engine);
        shelf.hold(&[2], &[ONE]);
        let server = shelf.store(&it);
        put(&server, "second");
        let lease = Lease {
            owner: uuid::Uuid::now_v7(),
            duration: chrono::Duration::seconds(1),
        };
        let taken = wait(server.write(move |tx| outbox::lease(tx, "code", at(1), lease, 10)));
        let taken = taken.unwrap();
        let of = |key: &str| taken.iter().find(|entry| entry.key == key);
        assert_eq!(of("second").unwrap().payload, code(), "{}", it.engine);
        assert_ne!(of("first").unwrap().payload, code(), "{}", it.engine);
    }
}
