//! What each engine does by itself: conflicts, lost connections, unsafe settings, its log file.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, connection::SimpleConnection};
use persistence::{
    OpenError, Store, StoreError, StoreSettings,
    schema::people as table,
    sql::{Sql, for_update},
};

use crate::{
    add, at, doors::count, id, keys, on_postgres, person, postgres, sqlite, wait, wait_all,
};

#[test]
fn what_postgresql_gives_up_for_another_is_run_again() {
    let it = on_postgres();
    let (one, two) = (person(id(), at(0)), person(id(), at(0)));
    let ids = [one.id, two.id];
    wait(it.store.write(move |tx| {
        add(tx, &one)?;
        add(tx, &two)
    }))
    .unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    // Locks two rows in opposite orders until a deadlock has been seen and survived.
    for _ in 0..50 {
        let writes = [ids, [ids[1], ids[0]]].map(|order| {
            let (store, runs) = (it.store.clone(), Arc::clone(&runs));
            async move {
                store
                    .write(move |tx| {
                        runs.fetch_add(1, Ordering::Relaxed);
                        for id in order {
                            let row = table::table.find(Sql(id)).select(table::version);
                            for_update(row).get_result::<i64>(tx.conn())?;
                            tx.conn().batch_execute("SELECT pg_sleep(0.02)")?;
                        }
                        Ok::<_, StoreError>(())
                    })
                    .await
            }
        });
        assert_eq!(wait_all(writes), [Ok(()), Ok(())]);
        if runs.swap(0, Ordering::Relaxed) > 2 {
            return;
        }
    }
    panic!("no deadlock in 50 attempts");
}

#[test]
fn a_serialization_failure_is_run_again() {
    let it = on_postgres();
    let who = person(id(), at(0));
    let id = who.id;
    wait(it.store.write(move |tx| add(tx, &who))).unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    let (counted, other) = (Arc::clone(&runs), it.store.clone());
    let outcome = wait(it.store.write(move |tx| {
        tx.conn()
            .batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
        let version: i64 = table::table
            .find(Sql(id))
            .select(table::version)
            .first(tx.conn())?;
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            let other = other.clone();
            std::thread::spawn(move || {
                wait(other.write(move |tx| {
                    diesel::update(table::table.find(Sql(id)))
                        .set(table::version.eq(7))
                        .execute(tx.conn())
                        .map_err(StoreError::from)
                }))
            })
            .join()
            .unwrap()?;
        }
        diesel::update(table::table.find(Sql(id)))
            .set(table::version.eq(version + 1))
            .execute(tx.conn())?;
        Ok::<_, StoreError>(version)
    }));
    assert_eq!(outcome, Ok(7));
    assert_eq!(runs.load(Ordering::Relaxed), 2);
}

#[test]
fn a_lost_connection_is_replaced() {
    let it = on_postgres();
    let cut = |tx: &mut persistence::Tx| {
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        tx.conn().batch_execute(others).map_err(StoreError::from)
    };
    wait(it.store.write(cut)).unwrap();
    for n in 0..20 {
        wait(it.store.write(move |tx| add(tx, &person(id(), at(n))))).unwrap();
        assert_eq!(count(&it.store), n + 1);
    }
}

#[test]
fn a_schema_behind_the_program_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("db").to_str().unwrap().to_owned();
    for url in [path, postgres::database()] {
        let opened = Store::open(&StoreSettings::new(&url, keys())).map(|_| ());
        assert_eq!(opened, Err(OpenError::PendingMigrations));
        assert_eq!(Store::migrate(&url).map(|run| run.is_empty()), Ok(false));
        assert_eq!(Store::migrate(&url).map(|run| run.is_empty()), Ok(true));
        Store::open(&StoreSettings::new(&url, keys()))
            .map(|_| ())
            .unwrap();
    }
}

#[test]
fn an_unsafe_postgresql_is_refused() {
    let it = on_postgres();
    for (setting, value) in [
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("session_replication_role", "replica"),
    ] {
        let settings = StoreSettings::new(
            format!("{}&options=-c%20{setting}%3D{value}", it.url),
            keys(),
        );
        match Store::open(&settings).map(|_| ()) {
            Err(OpenError::Unsafe { name, found, .. }) => {
                assert_eq!((name, found.as_str()), (setting, value));
            }
            other => panic!("{setting}={value}: {other:?}"),
        }
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_fatal_at_the_start() {
    let it = sqlite();
    for url in [
        "/nowhere/store.db",
        ":memory:",
        "postgres://localhost:1/none",
    ] {
        assert!(
            Store::open(&StoreSettings::new(url, keys())).is_err(),
            "{url}"
        );
    }
    let none = StoreSettings {
        sqlite_readers: 0,
        ..StoreSettings::new(&it.url, keys())
    };
    assert!(matches!(
        Store::open(&none).map(|_| ()),
        Err(OpenError::Setting(_))
    ));
}

#[test]
fn the_log_of_the_embedded_engine_stays_short_under_steady_writing() {
    let it = sqlite();
    for n in 0..3000 {
        wait(it.store.write(move |tx| add(tx, &person(id(), at(n))))).unwrap();
    }
    let log = std::fs::metadata(format!("{}-wal", it.url)).unwrap().len();
    // Without checkpoints these writes leave 148 MB.
    assert!(log <= 64 << 20, "{log} bytes");
}

#[test]
fn the_embedded_engine_is_built_without_memory_statistics() {
    // Their mutex more than halves what two reading lanes reach; see .cargo/config.toml.
    let asked = diesel::dsl::sql::<diesel::sql_types::Integer>(
        "sqlite_compileoption_used('DEFAULT_MEMSTATUS=0')",
    );
    let used = wait(sqlite().store.read(move |tx| {
        diesel::select(asked.clone())
            .get_result::<i32>(tx.conn())
            .map_err(StoreError::from)
    }));
    assert_eq!(used, Ok(1));
}
