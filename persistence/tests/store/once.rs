//! Writes under an idempotency key.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use chrono::Duration;
use domain::ids::Id;
use persistence::{Once, OnceKey, Store, StoreError, disclosures::Reading, idempotency, people};
use uuid::Uuid;

use crate::{add, at, both, id, person, wait, wait_all};

fn key(key: &str, body: u8, second: i64) -> OnceKey {
    OnceKey {
        principal: Uuid::from_u128(7),
        operation: "submit_dossier",
        key: key.to_owned(),
        body_sha256: [body; 32],
        resource: None,
        now: at(second),
    }
}

async fn register(
    store: Store,
    key: OnceKey,
    effects: Arc<AtomicU32>,
) -> Result<Once<Uuid>, StoreError> {
    let now = key.now;
    let effect = move |tx: &mut persistence::Tx| {
        effects.fetch_add(1, Ordering::Relaxed);
        let person = person(id(), now);
        add(tx, &person)?;
        Ok::<_, StoreError>((person.id.uuid(), person.id.uuid()))
    };
    let show_again = |tx: &mut persistence::Tx, id| {
        Ok(people::find(tx, Id::from_uuid(id), &Reading::House)?
            .id
            .uuid())
    };
    store.write_once(key, effect, show_again).await
}

#[test]
fn a_repeated_request_finds_its_outcome() {
    for it in both() {
        let effects = Arc::new(AtomicU32::new(0));
        let run = |key| wait(register(it.store.clone(), key, Arc::clone(&effects)));
        let Once::Fresh(made) = run(key("a", 1, 0)).unwrap() else {
            panic!()
        };
        assert_eq!(
            run(key("a", 1, 5)),
            Ok(Once::Replayed(made)),
            "{}",
            it.engine
        );
        assert_eq!(
            run(key("a", 2, 5)),
            Err(StoreError::KeyReused),
            "{}",
            it.engine
        );
        let other = OnceKey {
            principal: Uuid::from_u128(8),
            ..key("a", 2, 5)
        };
        assert!(matches!(run(other), Ok(Once::Fresh(_))), "{}", it.engine);
        let other = OnceKey {
            operation: "withdraw_dossier",
            ..key("a", 2, 5)
        };
        assert!(matches!(run(other), Ok(Once::Fresh(_))), "{}", it.engine);
        assert_eq!(effects.load(Ordering::Relaxed), 3, "{}", it.engine);
    }
}

#[test]
fn a_key_lives_seven_days() {
    for it in both() {
        let effects = Arc::new(AtomicU32::new(0));
        let run = |key| wait(register(it.store.clone(), key, Arc::clone(&effects)));
        let week = idempotency::RETENTION.num_seconds();
        let Once::Fresh(first) = run(key("a", 1, 0)).unwrap() else {
            panic!()
        };
        assert_eq!(run(key("a", 1, week - 1)), Ok(Once::Replayed(first)));
        let Once::Fresh(second) = run(key("a", 2, week)).unwrap() else {
            panic!()
        };
        assert_eq!(run(key("a", 2, week + 1)), Ok(Once::Replayed(second)));
        run(key("b", 1, 0)).unwrap();
        let purge = |second| {
            wait(
                it.store
                    .write(move |tx| idempotency::purge(tx, at(second), 10)),
            )
            .unwrap()
        };
        assert_eq!(
            [purge(week), purge(week + 1), purge(week * 2 + 1)],
            [0, 1, 1],
            "{}",
            it.engine
        );
    }
}

#[test]
fn a_resource_known_before_needs_no_second_statement() {
    for it in both() {
        for known in [true, false] {
            let made = id();
            let key = OnceKey {
                resource: known.then_some(made.uuid()),
                ..key(if known { "known" } else { "unknown" }, 1, 0)
            };
            let run = || {
                let person = person(made, at(0));
                let effect = move |tx: &mut persistence::Tx| {
                    add(tx, &person)?;
                    Ok::<_, StoreError>((person.id.uuid(), person.id.uuid()))
                };
                wait(it.store.write_once(key.clone(), effect, |_, id| Ok(id)))
            };
            assert_eq!(run(), Ok(Once::Fresh(made.uuid())), "{}", it.engine);
            assert_eq!(run(), Ok(Once::Replayed(made.uuid())), "{}", it.engine);
        }
    }
}

#[test]
fn an_effect_that_fails_leaves_no_key() {
    for it in both() {
        let failed: Result<Once<()>, StoreError> = wait(it.store.write_once(
            key("a", 1, 0),
            |tx| {
                add(tx, &person(id(), at(0)))?;
                Err(StoreError::Absent)
            },
            |_, _| Ok(()),
        ));
        assert_eq!(failed, Err(StoreError::Absent));
        let effects = Arc::new(AtomicU32::new(0));
        let again = wait(register(it.store.clone(), key("a", 2, 0), effects));
        assert!(matches!(again, Ok(Once::Fresh(_))), "{}", it.engine);
    }
}

#[test]
fn a_hundred_twins_have_one_effect() {
    for it in both() {
        let effects = Arc::new(AtomicU32::new(0));
        let twins =
            (0..100).map(|_| register(it.store.clone(), key("a", 1, 0), Arc::clone(&effects)));
        let outcomes = wait_all(twins);
        let fresh: Vec<Uuid> = outcomes
            .iter()
            .filter_map(|outcome| match outcome {
                Ok(Once::Fresh(id)) => Some(*id),
                Ok(Once::Replayed(_)) => None,
                Err(error) => panic!("{}: {error}", it.engine),
            })
            .collect();
        assert_eq!(fresh.len(), 1, "{}", it.engine);
        assert!(outcomes.iter().all(|outcome| match outcome {
            Ok(Once::Fresh(id) | Once::Replayed(id)) => *id == fresh[0],
            Err(_) => false,
        }));
        assert_eq!(effects.load(Ordering::Relaxed), 1, "{}", it.engine);
    }
}

#[test]
fn an_expired_key_raced_for_has_one_effect_too() {
    for it in both() {
        let effects = Arc::new(AtomicU32::new(0));
        // Each round finds the key of the round before expired: a twin that looked before the
        // winner's commit and acts after it must not throw the winner's key away.
        for round in 0..30_u32 {
            let now = i64::from(round) * Duration::days(8).num_seconds();
            let twins =
                (0..20).map(|_| register(it.store.clone(), key("a", 1, now), Arc::clone(&effects)));
            let outcomes = wait_all(twins);
            let fresh = outcomes
                .iter()
                .filter(|outcome| matches!(outcome, Ok(Once::Fresh(_))))
                .count();
            let replayed = outcomes
                .iter()
                .filter(|outcome| matches!(outcome, Ok(Once::Replayed(_))))
                .count();
            assert_eq!((fresh, replayed), (1, 19), "{}: {outcomes:?}", it.engine);
            assert_eq!(effects.load(Ordering::Relaxed), round + 1, "{}", it.engine);
        }
    }
}
