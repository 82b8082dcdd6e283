//! The event log and its order.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Roles},
    ids::{DossierId, Id},
};
use persistence::{
    Json, Store, StoreError, Tx,
    events::{self, Event, NewEvent},
    people, sequencer,
};
use uuid::Uuid;

use crate::{at, both, event, id, person, wait, wait_all};

/// Events owe a save each; these tests are about the log alone.
fn append(tx: &mut Tx, event: NewEvent<'_>) -> Result<(), StoreError> {
    people::insert(tx, &person(id(), event.at))?;
    events::append(tx, event)
}

#[test]
fn an_event_comes_back_as_it_was_written() {
    for it in both() {
        let actor = Actor::Officer {
            officer: id(),
            agency: id(),
            roles: Roles::default(),
        };
        let raw = r#"{"z":1, "a":[true,null,"Đà Nẵng"],"n":1.10}"#;
        let payload: Box<serde_json::value::RawValue> = serde_json::from_str(raw).unwrap();
        let (dossier, person, agency, event_id) = (id(), id(), id(), id());
        let written = NewEvent {
            id: event_id,
            dossier: Some(dossier),
            agency: Some(agency),
            person: Some(person),
            version: 3,
            kind: "dossier_accepted",
            actor: Box::leak(Box::new(actor)),
            at: at(1),
            state: Some("accepted"),
            due_at: Some(at(2)),
            channel: Some("online"),
            payload: Json::of(&payload).unwrap(),
        };
        let event = written.clone();
        wait(it.store.write(move |tx| append(tx, event.clone()))).unwrap();
        let read = wait(it.store.read(move |tx| events::of_dossier(tx, dossier))).unwrap();
        let Actor::Officer { officer, .. } = actor else {
            panic!()
        };
        let expected = Event {
            id: event_id,
            seq: None,
            dossier_id: Some(dossier),
            agency_id: Some(agency),
            person_id: Some(person),
            version: 3,
            kind: "dossier_accepted".to_owned(),
            actor_kind: "officer".to_owned(),
            actor_id: Some(officer.uuid()),
            at: at(1),
            state: Some("accepted".to_owned()),
            due_at: Some(at(2)),
            channel: Some("online".to_owned()),
            payload: written.payload.clone(),
        };
        assert_eq!(read, [expected], "{}", it.engine);
        assert_eq!(read[0].payload.as_str(), raw, "{}", it.engine);
        assert_eq!(serde_json::to_string(&read[0].payload).unwrap(), raw);
    }
}

#[test]
fn a_dossier_has_one_event_of_a_version() {
    for it in both() {
        let dossier: DossierId = id();
        let write = || {
            wait(
                it.store
                    .write(move |tx| append(tx, event(Some(dossier), 1, at(0), None))),
            )
        };
        assert_eq!(write(), Ok(()));
        let constraint = "events_dossier_id_version_key".to_owned();
        assert_eq!(
            write(),
            Err(StoreError::Duplicate { constraint }),
            "{}",
            it.engine
        );
    }
}

#[test]
fn a_dossiers_order_holds_though_clocks_disagree_and_the_limit_cuts() {
    for it in both() {
        let dossier: DossierId = Id::from_uuid(Uuid::from_u128(9));
        // Version 2 was stamped by a clock three seconds behind that of versions 1 and 3.
        wait(it.store.write(move |tx| {
            for (version, second) in [(1, 10), (2, 7), (3, 11), (4, 11)] {
                append(tx, event(Some(dossier), version, at(second), None))?;
            }
            append(tx, event(None, 1, at(8), None))
        }))
        .unwrap();
        let mut rounds = Vec::new();
        loop {
            let given = wait(it.store.write(|tx| sequencer::run_once(tx, 2))).unwrap();
            rounds.push(given);
            if given == 0 {
                break;
            }
        }
        let log = wait(it.store.read(|tx| events::after(tx, 0, 100))).unwrap();
        let versions: Vec<i64> = log
            .iter()
            .filter(|e| e.dossier_id.is_some())
            .map(|e| e.version)
            .collect();
        assert_eq!(versions, [1, 2, 3, 4], "{} {rounds:?}", it.engine);
        let seqs: Vec<_> = log.iter().map(|e| e.seq).collect();
        assert_eq!(seqs, (1..=5).map(Some).collect::<Vec<_>>(), "{}", it.engine);
        assert_eq!(
            wait(it.store.read(|tx| events::after(tx, 3, 1))).unwrap()[0].seq,
            Some(4)
        );
    }
}

/// Appends fifteen times to one dossier, every fourth time in vain, and lets a sequencer run in
/// between; returns how many events the dossier has.
async fn fifteen_rounds(store: Store, dossier: DossierId, shift: i64) -> i64 {
    let mut version = 0;
    for round in 0..15_i64 {
        let fails = (round + shift) % 4 == 0;
        let next = version + 1;
        let wrote: Result<(), StoreError> = store
            .write(move |tx| {
                append(tx, event(Some(dossier), next, at(round), None))?;
                if fails {
                    Err(StoreError::Absent)
                } else {
                    Ok(())
                }
            })
            .await;
        assert_eq!(wrote.is_err(), fails);
        version += i64::from(!fails);
        if round % 3 == 0 {
            store.write(|tx| sequencer::run_once(tx, 7)).await.unwrap();
        }
    }
    version
}

#[test]
fn the_order_is_gapless_under_writers_that_fail_and_many_sequencers() {
    for it in both() {
        let writers = (0..20).map(|n| fifteen_rounds(it.store.clone(), id(), n));
        let written: i64 = wait_all(writers).into_iter().sum();
        while wait(it.store.write(|tx| sequencer::run_once(tx, 50))).unwrap() > 0 {}
        let log = wait(it.store.read(|tx| events::after(tx, 0, 10_000))).unwrap();
        let seqs: Vec<_> = log.iter().map(|e| e.seq).collect();
        assert_eq!(
            seqs,
            (1..=written).map(Some).collect::<Vec<_>>(),
            "{}",
            it.engine
        );
        assert_eq!(
            wait(it.store.read(sequencer::last)),
            Ok(written),
            "{}",
            it.engine
        );
        let mut versions: HashMap<_, i64> = HashMap::new();
        for event in log {
            let before = versions
                .insert(event.dossier_id, event.version)
                .unwrap_or(0);
            assert_eq!(
                event.version,
                before + 1,
                "{} {:?}",
                it.engine,
                event.dossier_id
            );
        }
    }
}
