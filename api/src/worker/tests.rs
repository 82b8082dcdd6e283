//! The worker against a real store, with a clock that stands still.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::Duration;
use domain::{
    actor::{Actor, Role, Roles},
    ids::Id,
    personal::Personal,
    time::Time,
};
use persistence::{
    Json, Tx,
    outbox::{self, Backoff, Entry, NewEntry},
};

use super::{
    Round, Work, Worker,
    deliver::{Deliver, Delivery, LoggedCodes, Undelivered},
};
use crate::{
    admin::use_cases::{list_dead_letters, requeue_dead_letter},
    failure::Failure,
    fixture::Fixture,
    officers::hiring::{NewOfficer, hire},
    sessions::{
        codes::DELIVERY,
        tests::{request, verify},
    },
};

async fn ask_for_code(fixture: &Fixture) -> String {
    let (_, code) = request(fixture).await.unwrap();
    code
}

/// What would be due after that time, read under a lease that ends at once.
async fn entries(fixture: &Fixture, after: Duration) -> Vec<Entry> {
    let now = fixture.app.clock.now().plus(after);
    let lease = outbox::Lease {
        owner: uuid::Uuid::from_u128(9),
        duration: Duration::zero(),
    };
    let read = move |tx: &mut Tx| outbox::lease(tx, DELIVERY, now, lease, 10);
    fixture.app.store.write(read).await.unwrap()
}

fn codes(fixture: &Fixture, reveal: bool) -> Worker {
    Worker::new(&fixture.app, vec![Arc::new(LoggedCodes { reveal })])
}

#[actix_web::test]
async fn a_code_is_delivered_once_and_forgotten() {
    let fixture = Fixture::new();
    ask_for_code(&fixture).await;
    let worker = codes(&fixture, true);
    assert_eq!(worker.round(&fixture.app, Round::FULL).await.tried, 1);
    assert_eq!(worker.round(&fixture.app, Round::FULL).await.tried, 0);
    assert!(entries(&fixture, Duration::hours(1)).await.is_empty());
    let blank = move |tx: &mut Tx| outbox::payloads(tx, DELIVERY);
    let kept: Vec<Json> = fixture.app.store.read(blank).await.unwrap();
    assert_eq!(kept, [Json::empty()]);
}

#[actix_web::test]
async fn a_code_nobody_can_deliver_is_forgotten_when_it_expires() {
    let fixture = Fixture::new();
    ask_for_code(&fixture).await;
    let worker = codes(&fixture, false);
    assert_eq!(worker.round(&fixture.app, Round::FULL).await.tried, 1);
    assert_eq!(
        worker.round(&fixture.app, Round::FULL).await.tried,
        0,
        "it waits"
    );
    fixture.clock.pass(301);
    assert_eq!(worker.round(&fixture.app, Round::FULL).await.tried, 1);
    let blank = move |tx: &mut Tx| outbox::payloads(tx, DELIVERY);
    let kept: Vec<Json> = fixture.app.store.read(blank).await.unwrap();
    assert_eq!(kept, [Json::empty()]);
}

/// Says no as often as it is asked.
#[derive(Default)]
struct Refusing(AtomicUsize);

impl Deliver for Refusing {
    fn topic(&self) -> &'static str {
        "refused"
    }

    fn backoff(&self) -> Backoff {
        Backoff {
            first: Duration::seconds(1),
            longest: Duration::seconds(4),
            attempts: 3,
        }
    }

    fn is_secret(&self) -> bool {
        false
    }

    fn deliver<'a>(&'a self, _: &'a Entry, _: Time) -> Delivery<'a> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(Undelivered::because("the other side says no")) })
    }
}

#[actix_web::test]
async fn what_is_refused_too_often_waits_for_an_administrator() {
    let fixture = Fixture::new();
    let app = &fixture.app;
    let (id, now) = (
        Id::from_uuid(app.ids.uuid(app.clock.now())),
        app.clock.now(),
    );
    let put = move |tx: &mut Tx| {
        let entry = NewEntry {
            id,
            topic: "refused",
            key: "a",
            payload: Json::empty(),
            now,
        };
        outbox::put(tx, entry)
    };
    app.store.write(put).await.unwrap();
    let refusing = Arc::new(Refusing::default());
    let way: Arc<dyn Deliver> = Arc::<Refusing>::clone(&refusing);
    let worker = Worker::new(app, vec![way]);
    for _ in 0..10 {
        worker.round(app, Round::FULL).await;
        fixture.clock.pass(10);
    }
    assert_eq!(refusing.0.load(Ordering::Relaxed), 3);
    let agency = Id::from_uuid(uuid::Uuid::from_u128(
        0x0198_0000_0000_7000_8000_0000_0000_0091,
    ));
    let roles = [Role::AgencyAdministrator, Role::ProvinceAdministrator];
    let new = NewOfficer {
        login: "tinh.quantri".to_owned(),
        full_name: Personal::new("Lý Minh Đức".to_owned()),
        password_hash: Personal::new("no password opens this account".to_owned()),
        agency,
    };
    let roles = Roles::of(&roles);
    let call = app.call(Actor::System);
    let hired = app
        .store
        .write(move |tx: &mut Tx| hire(tx, &call, &new, roles));
    let hired = hired.await.unwrap().id;
    let officer = |role| Actor::Officer {
        officer: hired,
        agency,
        roles: Roles::of(&[role]),
    };
    let refused = app
        .look(officer(Role::AgencyAdministrator), list_dead_letters)
        .await;
    assert_eq!(
        refused.map(drop).map_err(|no| no.code()),
        Err("role-forbids")
    );
    let province = officer(Role::ProvinceAdministrator);
    let dead = app.look(province, list_dead_letters).await.unwrap().items;
    let seen: Vec<_> = dead.iter().map(|it| (it.id, it.attempts)).collect();
    assert_eq!(seen, [(id, 3)]);
    for expected in [Ok(()), Err("not-found")] {
        let call = app.call(province);
        let requeue = move |tx: &mut Tx| requeue_dead_letter(tx, &call, id);
        let requeued: Result<(), Failure> = app.store.write(requeue).await;
        assert_eq!(requeued.map_err(|no| no.code()), expected);
    }
    worker.round(app, Round::FULL).await;
    assert_eq!(refusing.0.load(Ordering::Relaxed), 4);
}

#[actix_web::test]
async fn a_round_numbers_events_and_says_what_it_did() {
    let fixture = Fixture::new();
    let (id, code) = request(&fixture).await.unwrap();
    verify(&fixture, (id, &code)).await;
    let app = fixture.app.clone();
    let worker = Worker::new(&app, Vec::new());
    let first = worker.round(&app, Round::FULL).await;
    assert_eq!(
        first,
        Work {
            sequenced: 1,
            ..Work::default()
        }
    );
    assert!(first.is_busy());
    assert_eq!(worker.round(&app, Round::FULL).await, Work::default());
    fixture.clock.pass(3 * 86_400);
    assert_eq!(
        worker.round(&app, Round::FULL).await.purged,
        3,
        "code and limits"
    );
}
