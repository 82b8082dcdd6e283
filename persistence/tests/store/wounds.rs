//! The tests would notice: the same checks against a store broken on purpose.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use diesel::connection::SimpleConnection;
use persistence::{Seams, Store, StoreError, StoreSettings};

use crate::{add, at, id, keys, person, sqlite, wait, wait_all};

/// How many of many writes were acknowledged though the engine threw their transaction away.
fn acknowledged_and_lost(seams: Seams) -> (u32, i64) {
    let it = sqlite();
    let crate::Fixture {
        store,
        url,
        engine: _,
        _dir,
    } = it;
    drop(store);
    let store = Store::open_with(&StoreSettings::new(&url, keys()), seams).unwrap();
    let told = Arc::new(AtomicU32::new(0));
    let writes = (0..200).map(|n| {
        let (store, told) = (store.clone(), Arc::clone(&told));
        async move {
            let outcome = store
                .write(move |tx| {
                    add(tx, &person(id(), at(n)))?;
                    if n % 20 == 7 {
                        // What a full disk does: the whole transaction is gone.
                        tx.conn()
                            .batch_execute("ROLLBACK")
                            .map_err(StoreError::from)?;
                    }
                    Ok::<_, StoreError>(())
                })
                .await;
            if outcome.is_ok() {
                told.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    wait_all(writes);
    let kept = wait(store.read(|tx| {
        use diesel::{QueryDsl, RunQueryDsl};
        persistence::schema::people::table
            .count()
            .get_result::<i64>(tx.conn())
            .map_err(StoreError::from)
    }));
    (told.load(Ordering::Relaxed), kept.unwrap())
}

#[test]
fn a_group_that_the_engine_throws_away_is_told_so_to_every_member() {
    let (told, kept) = acknowledged_and_lost(Seams::default());
    assert_eq!(i64::from(told), kept);
    assert!(kept < 200);
}

#[test]
fn answering_before_the_commit_loses_acknowledged_writes() {
    let seams = Seams {
        answer_before_commit: true,
        ..Seams::default()
    };
    let (told, kept) = acknowledged_and_lost(seams);
    assert!(
        i64::from(told) > kept,
        "{told} told, {kept} kept: the wound was not noticed"
    );
}

#[test]
fn the_control_of_the_disk_trace_opens_below_full() {
    let it = sqlite();
    let seams = Seams {
        synchronous_normal: true,
        ..Seams::default()
    };
    let store = Store::open_with(&StoreSettings::new(&it.url, keys()), seams).unwrap();
    wait(store.write(|tx| add(tx, &person(id(), at(0))))).unwrap();
}
