//! The store on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    missing_docs,
    unreachable_pub,
    reason = "a failing step fails the test"
)]

mod accounts;
mod classes;
mod consents;
mod copies;
mod doors;
mod engines;
mod grants;
mod identities;
mod log;
mod numbers;
mod once;
mod postgres;
mod quiet;
mod schema;
mod sealed;
mod work;
#[cfg(feature = "seeded-bugs")]
mod wounds;

use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    actor::Actor,
    identities::AssuranceLevel,
    ids::{DossierId, Id, PersonId},
    personal::Personal,
    time::Time,
};
use persistence::{
    Json, Store, StoreError, StoreSettings, Tx,
    events::{self, NewEvent},
    people::{self, Person},
    sealing::{FieldKeys, IndexColumn, KeyMaterial, KeySource, NamedKey},
};
use uuid::Uuid;

/// A store of its own for one test.
pub struct Fixture {
    pub store: Store,
    pub url: String,
    pub engine: &'static str,
    _dir: tempfile::TempDir,
}

/// An empty store on each engine.
pub fn both() -> [Fixture; 2] {
    [sqlite(), on_postgres()]
}

pub fn sqlite() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let url = dir.path().join("store.db").to_str().unwrap().to_owned();
    fixture(url, "SQLite", dir)
}

pub fn on_postgres() -> Fixture {
    fixture(
        postgres::database(),
        "PostgreSQL",
        tempfile::tempdir().unwrap(),
    )
}

fn fixture(url: String, engine: &'static str, dir: tempfile::TempDir) -> Fixture {
    Store::migrate(&url).unwrap();
    let store = Store::open(&StoreSettings::new(&url, keys())).unwrap();
    Fixture {
        store,
        url,
        engine,
        _dir: dir,
    }
}

/// The keys of every store of these tests: the same each time, as those of one installation are.
pub fn keys() -> FieldKeys {
    FieldKeys::open(Keys).unwrap()
}

struct Keys;

impl KeySource for Keys {
    fn load(&self) -> Result<KeyMaterial, String> {
        Ok(KeyMaterial {
            wrapping: vec![NamedKey {
                name: "k1".to_owned(),
                key: vec![7; 32].into(),
            }],
            index: vec![(IndexColumn::One, vec![8; 32].into())],
        })
    }
}

/// Waits for a future on a runtime of its own.
pub fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

/// Waits for many futures that run at the same time.
pub fn wait_all<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    wait(async move {
        let tasks: Vec<_> = futures.into_iter().collect();
        let mut set = tokio::task::JoinSet::new();
        let count = tasks.len();
        for (place, task) in tasks.into_iter().enumerate() {
            set.spawn(async move { (place, task.await) });
        }
        let mut outcomes: Vec<_> = (0..count).map(|_| None).collect();
        while let Some(joined) = set.join_next().await {
            let (place, outcome) = joined.unwrap();
            outcomes[place] = Some(outcome);
        }
        outcomes.into_iter().map(Option::unwrap).collect()
    })
}

pub fn id<K>() -> Id<K> {
    Id::from_uuid(Uuid::now_v7())
}

/// The n-th second of the test's own time.
pub fn at(second: i64) -> Time {
    Time::from_micros(1_790_000_000_000_000 + second * 1_000_000 + 123_456).unwrap()
}

pub fn person(id: PersonId, now: Time) -> Person {
    static PHONES: AtomicI64 = AtomicI64::new(0);
    let number = PHONES.fetch_add(1, Ordering::Relaxed);
    Person {
        id,
        phone: Some(Personal::new(format!("+8490{number:07}"))),
        full_name: Personal::new("Nguyễn Thị Hồng Đào".to_owned()),
        personal_number: None,
        birth_date: None,
        address: None,
        assurance: AssuranceLevel::Phone,
        language: "vi".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// A citizen with the event that belongs to it.
pub fn add(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    people::insert(tx, person)?;
    trace(tx, person)
}

pub fn trace(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    events::append(
        tx,
        event(None, person.version, person.updated_at, Some(person.id)),
    )
}

pub fn event(
    dossier: Option<DossierId>,
    version: i64,
    at: Time,
    person: Option<PersonId>,
) -> NewEvent<'static> {
    NewEvent {
        id: id(),
        dossier,
        agency: None,
        person,
        version,
        kind: "changed",
        actor: &Actor::System,
        at,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    }
}
