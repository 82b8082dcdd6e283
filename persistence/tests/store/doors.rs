//! The four doors: isolation, durability of what was said, and who is refused.

use diesel::{QueryDsl, RunQueryDsl};
use persistence::{Store, StoreError, disclosures::Reading, people, schema::people as table};

use crate::{add, at, both, event, id, person, trace, wait, wait_all};

pub fn count(store: &Store) -> i64 {
    wait(store.read(|tx| {
        table::table
            .count()
            .get_result(tx.conn())
            .map_err(StoreError::from)
    }))
    .unwrap()
}

#[test]
fn a_failing_member_of_a_group_undoes_only_itself() {
    for it in both() {
        let writes = (0..200).map(|n| {
            let store = it.store.clone();
            async move {
                store
                    .write(move |tx| {
                        add(tx, &person(id(), at(n)))?;
                        if n % 3 == 0 {
                            return Err(StoreError::Absent);
                        }
                        Ok(())
                    })
                    .await
            }
        });
        let outcomes = wait_all(writes);
        for (n, outcome) in outcomes.into_iter().enumerate() {
            let expected = if n % 3 == 0 {
                Err(StoreError::Absent)
            } else {
                Ok(())
            };
            assert_eq!(outcome, expected, "{} {n}", it.engine);
        }
        assert_eq!(count(&it.store), 133, "{}", it.engine);
    }
}

#[test]
fn a_panicking_closure_is_told_as_an_error_and_the_lane_lives_on() {
    for it in both() {
        let outcome: Result<(), StoreError> = wait(it.store.write(|_| panic!("on purpose")));
        assert!(
            matches!(outcome, Err(StoreError::Corrupt(_))),
            "{}",
            it.engine
        );
        wait(it.store.write(|tx| add(tx, &person(id(), at(0))))).unwrap();
        assert_eq!(count(&it.store), 1, "{}", it.engine);
    }
}

#[test]
fn a_caller_that_hangs_up_does_not_stop_its_write() {
    for it in both() {
        let who = person(id(), at(0));
        let (store, someone) = (it.store.clone(), who.clone());
        wait(async move {
            let write = Box::pin(store.write(move |tx| add(tx, &someone)));
            let now = Box::pin(std::future::ready(()));
            // Polls the write once, which sends it off, and drops it.
            tokio::select! { biased; _ = write => {}, () = now => {} }
        });
        // One lane or several: a write of the same row waits for the first.
        let id = who.id;
        let found = || {
            wait(
                it.store
                    .write(move |tx| people::find(tx, id, &Reading::House)),
            )
        };
        assert!((0..1000).any(|_| found().is_ok()), "{}", it.engine);
    }
}

#[test]
fn a_change_without_its_event_is_not_committed() {
    for it in both() {
        for (saves, events) in [(1, 0), (0, 1), (2, 1), (1, 2)] {
            let outcome = wait(it.store.write(move |tx| {
                for n in 0..saves {
                    people::insert(tx, &person(id(), at(n)))?;
                }
                for n in 0..events {
                    persistence::events::append(tx, event(None, n, at(n), None))?;
                }
                Ok::<_, StoreError>(())
            }));
            let untraced = StoreError::Untraced {
                saves: u32::try_from(saves).unwrap(),
                events: u32::try_from(events).unwrap(),
            };
            assert_eq!(outcome, Err(untraced), "{}", it.engine);
        }
        assert_eq!(count(&it.store), 0, "{}", it.engine);
    }
}

#[test]
fn a_closure_that_goes_on_after_a_failed_statement_is_refused_unless_it_said_so() {
    for it in both() {
        let who = person(id(), at(0));
        let twice = |attempt: bool| {
            let who = who.clone();
            wait(it.store.write(move |tx| {
                let other = person(id(), at(1));
                add(tx, &other)?;
                let again = if attempt {
                    tx.attempt(|tx| {
                        add(tx, &who)?;
                        add(tx, &who)
                    })
                } else {
                    add(tx, &who)?;
                    people::insert(tx, &who)
                };
                assert!(matches!(again, Err(StoreError::Duplicate { .. })));
                Ok(())
            }))
        };
        assert!(
            matches!(twice(false), Err(StoreError::Corrupt(_))),
            "{}",
            it.engine
        );
        assert_eq!(count(&it.store), 0, "{}", it.engine);
        assert_eq!(twice(true), Ok(()), "{}", it.engine);
        assert_eq!(count(&it.store), 1, "{}", it.engine);
    }
}

#[test]
fn a_read_sees_one_snapshot_over_several_statements() {
    for it in both() {
        let (inside, wrote) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
        let (told, ask) = (std::sync::Mutex::new(inside.0), inside.1);
        let (done, waits) = (wrote.0, std::sync::Mutex::new(wrote.1));
        let store = it.store.clone();
        let reader = std::thread::spawn(move || {
            wait(store.read(move |tx| {
                let before: i64 = table::table.count().get_result(tx.conn())?;
                told.lock().unwrap().send(()).unwrap();
                waits.lock().unwrap().recv().unwrap();
                let after: i64 = table::table.count().get_result(tx.conn())?;
                Ok::<_, StoreError>((before, after))
            }))
        });
        ask.recv().unwrap();
        wait(it.store.write(|tx| add(tx, &person(id(), at(0))))).unwrap();
        done.send(()).unwrap();
        assert_eq!(reader.join().unwrap(), Ok((0, 0)), "{}", it.engine);
        assert_eq!(count(&it.store), 1, "{}", it.engine);
    }
}

#[test]
fn reading_doors_cannot_write() {
    for it in both() {
        let insert = |tx: &mut persistence::Tx| add(tx, &person(id(), at(0)));
        wait(it.store.read(insert)).unwrap_err();
        wait(it.store.report(insert)).unwrap_err();
        assert_eq!(count(&it.store), 0, "{}", it.engine);
    }
}

#[test]
fn of_two_changes_of_one_version_the_second_is_stale() {
    for it in both() {
        let who = person(id(), at(0));
        let (first, id) = (who.clone(), who.id);
        wait(it.store.write(move |tx| add(tx, &first))).unwrap();
        let changed = persistence::people::Person {
            version: 2,
            updated_at: at(1),
            ..who
        };
        for expected in [Ok(()), Err(StoreError::Stale { current_version: 2 })] {
            let changed = changed.clone();
            let outcome = wait(it.store.write(move |tx| {
                people::save(tx, &changed)?;
                trace(tx, &changed)
            }));
            assert_eq!(outcome, expected, "{}", it.engine);
        }
        let gone = persistence::people::Person {
            id: crate::id(),
            ..changed.clone()
        };
        let outcome = wait(it.store.write(move |tx| people::save(tx, &gone)));
        assert_eq!(outcome, Err(StoreError::Absent), "{}", it.engine);
        let found = wait(
            it.store
                .read(move |tx| people::find(tx, id, &Reading::Own(id))),
        );
        assert_eq!(found, Ok(changed), "{}", it.engine);
    }
}

#[test]
fn a_locked_row_is_changed_by_one_at_a_time() {
    for it in both() {
        let who = person(id(), at(0));
        let id = who.id;
        wait(it.store.write(move |tx| add(tx, &who))).unwrap();
        let writes = (0..100).map(|_| {
            let store = it.store.clone();
            async move {
                store
                    .write(move |tx| {
                        let mut person = people::lock(tx, id, &Reading::House)?;
                        person.version += 1;
                        people::save(tx, &person)?;
                        trace(tx, &person)
                    })
                    .await
            }
        });
        for outcome in wait_all(writes) {
            assert_eq!(outcome, Ok(()), "{}", it.engine);
        }
        let found = wait(
            it.store
                .read(move |tx| people::find(tx, id, &Reading::House)),
        );
        assert_eq!(found.unwrap().version, 101, "{}", it.engine);
    }
}
