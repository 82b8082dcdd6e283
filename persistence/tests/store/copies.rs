//! Backup and restore of the embedded engine.

use diesel::{QueryDsl, RunQueryDsl};
use persistence::{
    Store, StoreError, StoreSettings,
    backup::{BackupError, Summary, backup, restore, verify},
    schema::people as table,
    sequencer,
};

use crate::{add, at, id, keys, on_postgres, person, sqlite, wait};

fn grow(store: &Store, people: i64) {
    for n in 0..people {
        wait(store.write(move |tx| add(tx, &person(id(), at(n))))).unwrap();
    }
    wait(store.write(|tx| sequencer::run_once(tx, 1000))).unwrap();
}

fn count(store: &Store) -> i64 {
    wait(store.read(|tx| {
        table::table
            .count()
            .get_result(tx.conn())
            .map_err(StoreError::from)
    }))
    .unwrap()
}

#[test]
fn a_copy_made_while_in_use_brings_the_store_back() {
    let it = sqlite();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    grow(&it.store, 30);
    let Summary { last_seq, bytes } = backup(&it.url, &copy).unwrap();
    assert_eq!(last_seq, 30);
    assert_eq!(bytes, std::fs::metadata(&copy).unwrap().len());
    assert!(matches!(
        backup(&it.url, &copy),
        Err(BackupError::Exists(_))
    ));
    grow(&it.store, 5);
    assert_eq!(count(&it.store), 35);

    // Not while somebody uses it, not without being told to, and then completely.
    assert!(matches!(
        restore(&copy, &it.url, true),
        Err(BackupError::InUse(_))
    ));
    assert_eq!(count(&it.store), 35);
    let crate::Fixture {
        store,
        url,
        engine: _,
        _dir,
    } = it;
    drop(store);
    assert!(matches!(
        restore(&copy, &url, false),
        Err(BackupError::Exists(_))
    ));
    assert_eq!(restore(&copy, &url, true).unwrap().last_seq, 30);
    let store = Store::open(&StoreSettings::new(&url, keys())).unwrap();
    assert_eq!(count(&store), 30);
    grow(&store, 1);
    assert_eq!(wait(store.read(sequencer::last)), Ok(31));
}

#[test]
fn a_copy_can_be_put_where_no_store_is() {
    let it = sqlite();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    grow(&it.store, 3);
    backup(&it.url, &copy).unwrap();
    let elsewhere = dir.path().join("new.db");
    let url = format!("sqlite:{}", elsewhere.display());
    restore(&copy, &url, false).unwrap();
    assert_eq!(
        count(&Store::open(&StoreSettings::new(&url, keys())).unwrap()),
        3
    );
}

#[test]
fn a_copy_can_be_put_on_a_fresh_machine() {
    let it = sqlite();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    grow(&it.store, 3);
    backup(&it.url, &copy).unwrap();
    let url = dir.path().join("var/lib/data/motcua.db");
    let url = url.to_str().unwrap();
    restore(&copy, url, false).unwrap();
    assert_eq!(
        count(&Store::open(&StoreSettings::new(url, keys())).unwrap()),
        3
    );
}

/// The main file was lost and its log was not: the engine would play the log over the copy.
#[test]
fn a_log_left_behind_is_not_played_over_the_copy() {
    let it = sqlite();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    grow(&it.store, 3);
    backup(&it.url, &copy).unwrap();
    grow(&it.store, 40);
    let left = ["-wal", "-shm"].map(|ending| {
        let bytes = std::fs::read(format!("{}{ending}", it.url)).unwrap();
        assert!(
            ending == "-shm" || !bytes.is_empty(),
            "the log holds writes"
        );
        (ending, bytes)
    });
    let lost = dir.path().join("lost.db");
    let url = lost.to_str().unwrap();
    for (ending, bytes) in left {
        std::fs::write(format!("{url}{ending}"), bytes).unwrap();
    }

    // Not without being told to: the log may be all that is left of the last writes.
    let refused = restore(&copy, url, false);
    assert!(
        matches!(&refused, Err(BackupError::Exists(file)) if file.ends_with("lost.db-wal")),
        "{refused:?}"
    );
    assert!(!lost.exists());
    assert_eq!(restore(&copy, url, true).unwrap().last_seq, 3);
    assert!(!dir.path().join("lost.db-wal").exists());
    assert_eq!(
        count(&Store::open(&StoreSettings::new(url, keys())).unwrap()),
        3
    );
}

/// A copy that is not sound costs nothing of what is left.
#[test]
fn a_log_left_behind_stays_when_the_copy_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let (copy, log) = (dir.path().join("copy.db"), dir.path().join("lost.db-wal"));
    std::fs::write(&copy, b"no database").unwrap();
    std::fs::write(&log, b"writes").unwrap();
    let url = dir.path().join("lost.db");
    let refused = restore(&copy, url.to_str().unwrap(), true);
    assert!(
        matches!(refused, Err(BackupError::Unsound { .. })),
        "{refused:?}"
    );
    assert!(log.exists());
}

#[test]
fn a_damaged_or_foreign_file_is_not_restored() {
    let it = sqlite();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    grow(&it.store, 100);
    backup(&it.url, &copy).unwrap();
    let sound = std::fs::read(&copy).unwrap();
    let mut damaged = sound.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 4096].fill(0xA5);
    let target = dir.path().join("target.db");
    for (name, bytes) in [
        ("damaged", damaged),
        ("cut short", sound[..sound.len() - 8192].to_vec()),
        ("empty", Vec::new()),
        (
            "text",
            b"not a database, but longer than nothing".repeat(200),
        ),
    ] {
        let path = dir.path().join("bad.db");
        std::fs::write(&path, bytes).unwrap();
        assert!(
            matches!(verify(&path), Err(BackupError::Unsound { .. })),
            "{name}"
        );
        let restored = restore(&path, target.to_str().unwrap(), true);
        assert!(
            matches!(restored, Err(BackupError::Unsound { .. })),
            "{name}"
        );
        assert!(!target.exists(), "{name}");
    }
}

#[test]
fn postgresql_is_left_to_its_own_tools() {
    let it = on_postgres();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy.db");
    assert!(matches!(
        backup(&it.url, &copy),
        Err(BackupError::NotEmbedded)
    ));
}
