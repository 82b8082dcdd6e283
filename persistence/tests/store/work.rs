//! The outbox.

use std::collections::HashSet;

use chrono::Duration;
use persistence::{
    Json, StoreError,
    outbox::{self, Backoff, Entry, Lease, NewEntry, State},
};
use uuid::Uuid;

use crate::{Fixture, at, both, id, wait, wait_all};

const BACKOFF: Backoff = Backoff {
    first: Duration::seconds(10),
    longest: Duration::seconds(25),
    attempts: 3,
};

fn worker(n: u128) -> Lease {
    Lease {
        owner: Uuid::from_u128(n),
        duration: Duration::seconds(60),
    }
}

fn put(it: &Fixture, keys: &'static [&'static str]) {
    wait(it.store.write(move |tx| {
        for key in keys {
            let payload = Json::empty();
            outbox::put(
                tx,
                NewEntry {
                    id: id(),
                    topic: "webhook",
                    key,
                    payload,
                    now: at(0),
                },
            )?;
        }
        Ok::<_, StoreError>(())
    }))
    .unwrap();
}

fn lease(it: &Fixture, who: Lease, second: i64, n: i64) -> Vec<Entry> {
    wait(
        it.store
            .write(move |tx| outbox::lease(tx, "webhook", at(second), who, n)),
    )
    .unwrap()
}

fn fail(it: &Fixture, entry: &Entry, who: Lease, second: i64) -> Option<State> {
    let entry = entry.clone();
    wait(
        it.store
            .write(move |tx| outbox::fail(tx, &entry, who.owner, at(second), "503", BACKOFF)),
    )
    .unwrap()
}

fn done(it: &Fixture, entry: &Entry, who: Lease, second: i64) -> bool {
    let id = entry.id;
    wait(
        it.store
            .write(move |tx| outbox::done(tx, id, who.owner, at(second))),
    )
    .unwrap()
}

#[test]
fn a_lease_keeps_others_away_until_it_runs_out() {
    for it in both() {
        put(&it, &["a"]);
        let (one, two) = (worker(1), worker(2));
        let taken = lease(&it, one, 1, 10);
        assert_eq!((taken.len(), taken[0].attempts), (1, 1), "{}", it.engine);
        assert_eq!(lease(&it, two, 60, 10).len(), 0, "{}", it.engine);
        let late = lease(&it, two, 61, 10);
        assert_eq!((late.len(), late[0].attempts), (1, 2), "{}", it.engine);
        // The first worker comes back: its hold is gone.
        assert!(!done(&it, &taken[0], one, 62), "{}", it.engine);
        assert_eq!(fail(&it, &taken[0], one, 62), None, "{}", it.engine);
        assert!(done(&it, &late[0], two, 62), "{}", it.engine);
        assert_eq!(lease(&it, one, 1000, 10).len(), 0, "{}", it.engine);
        assert_eq!(
            wait(it.store.read(|tx| outbox::pending(tx, "webhook"))),
            Ok(0)
        );
    }
}

#[test]
fn entries_of_a_key_go_one_after_the_other() {
    for it in both() {
        put(&it, &["a", "a", "b"]);
        let first = lease(&it, worker(1), 1, 10);
        let keys: Vec<_> = first.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["a", "b"], "{}", it.engine);
        assert_eq!(lease(&it, worker(2), 1, 10).len(), 0, "{}", it.engine);
        assert_eq!(fail(&it, &first[0], worker(1), 2), Some(State::Pending));
        assert_eq!(
            lease(&it, worker(2), 3, 10).len(),
            0,
            "the second waits for the first"
        );
        let again = lease(&it, worker(2), 12, 10);
        assert_eq!(again[0].id, first[0].id, "{}", it.engine);
        assert!(done(&it, &again[0], worker(2), 13));
        let second = lease(&it, worker(1), 14, 10);
        assert_eq!(
            (second.len(), second[0].key.as_str()),
            (1, "a"),
            "{}",
            it.engine
        );
    }
}

#[test]
fn failures_wait_longer_each_time_and_end_as_dead_letters() {
    for it in both() {
        put(&it, &["a", "a"]);
        // Tried at 0; again after 10, then after 20 seconds.
        for (second, early, became) in [
            (0, None, State::Pending),
            (10, Some(9), State::Pending),
            (30, Some(29), State::Dead),
        ] {
            if let Some(early) = early {
                assert_eq!(
                    lease(&it, worker(1), early, 1).len(),
                    0,
                    "{} {early}",
                    it.engine
                );
            }
            let taken = lease(&it, worker(1), second, 1);
            assert_eq!(
                fail(&it, &taken[0], worker(1), second),
                Some(became),
                "{}",
                it.engine
            );
        }
        let dead = wait(it.store.read(|tx| outbox::dead_letters(tx, "webhook", 10))).unwrap();
        assert_eq!(
            (dead.len(), dead[0].last_error.as_deref()),
            (1, Some("503"))
        );
        assert_eq!(dead[0].state, State::Dead, "{}", it.engine);
        let next = lease(&it, worker(1), 31, 1);
        assert_ne!(
            next[0].id, dead[0].id,
            "a dead letter does not hold its key up"
        );
        let requeue = |id| wait(it.store.write(move |tx| outbox::requeue(tx, id, at(40))));
        assert_eq!(requeue(dead[0].id), Ok(()));
        assert_eq!(requeue(dead[0].id), Err(StoreError::Absent));
        assert_eq!(lease(&it, worker(2), 40, 1)[0].attempts, 1, "{}", it.engine);
    }
    assert_eq!(
        [1, 2, 3, 60].map(|n| BACKOFF.wait(n).num_seconds()),
        [10, 20, 25, 25]
    );
}

#[test]
fn workers_never_hold_the_same_entry() {
    for it in both() {
        for _ in 0..40 {
            put(&it, &["a", "b", "c", "d", "e"]);
        }
        let workers = (0..16_u128).map(|n| {
            let store = it.store.clone();
            async move {
                let mut mine = Vec::new();
                loop {
                    let who = worker(n);
                    let taken = store
                        .write(move |tx| {
                            let taken = outbox::lease(tx, "webhook", at(1), who, 3)?;
                            for entry in &taken {
                                assert!(outbox::done(tx, entry.id, who.owner, at(1))?);
                            }
                            Ok::<_, StoreError>(taken)
                        })
                        .await
                        .unwrap();
                    if taken.is_empty() {
                        return mine;
                    }
                    mine.extend(taken.into_iter().map(|entry| entry.id));
                }
            }
        });
        let mut all: Vec<_> = wait_all(workers).into_iter().flatten().collect();
        // Workers that found the heads of all keys taken went home; the rest is taken now.
        loop {
            let rest = lease(&it, worker(99), 1, 100);
            if rest.is_empty() {
                break;
            }
            for entry in rest {
                assert!(done(&it, &entry, worker(99), 1));
                all.push(entry.id);
            }
        }
        assert_eq!(all.len(), 200, "{}", it.engine);
        assert_eq!(
            all.iter().collect::<HashSet<_>>().len(),
            200,
            "{}",
            it.engine
        );
    }
}
