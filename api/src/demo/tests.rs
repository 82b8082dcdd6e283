//! The demonstration, played on a real store: what it shows, and what time makes of it.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use std::collections::BTreeMap;

use domain::{
    actor::Actor, dossiers::State, ids::Id, payments::ObligationState, personal::Personal,
};
use persistence::{
    Tx,
    disclosures::Reading,
    dossiers::{self, Filter},
    payments,
};

use super::seed;
use crate::{
    extract::Language,
    failure::Failure,
    fixture::Fixture,
    procedures::importing::{Import, import_catalogue},
    tracking::use_cases::track,
    worker::run_once,
};

async fn seeded() -> Fixture {
    let fixture = Fixture::new();
    let app = &fixture.app;
    let now = app.clock.now();
    let shipped = Import::of_shipped(now, Id::from_uuid(app.ids.uuid(now)));
    let import = move |tx: &mut Tx| import_catalogue(tx, &shipped).map(|taken| taken.is_ok());
    assert!(app.store.write(import).await.unwrap());
    assert!(seed(app).await.unwrap());
    fixture
}

/// How many filed dossiers stand in each state.
async fn states(fixture: &Fixture) -> BTreeMap<State, i64> {
    let count = |tx: &mut Tx| dossiers::counts_by_state(tx, Actor::System.sight(), None);
    let counts = fixture.app.store.read(count).await.unwrap();
    counts.into_iter().collect()
}

#[actix_web::test]
async fn it_is_played_once_and_its_dossiers_stand_where_they_should() {
    let fixture = seeded().await;
    assert!(!seed(&fixture.app).await.unwrap(), "there are officers now");
    let expected = [
        (State::Registered, 2),
        (State::Accepted, 1),
        (State::NotAccepted, 1),
        (State::Processing, 1),
        (State::SupplementRequested, 1),
    ];
    assert_eq!(states(&fixture).await, expected.into());
}

#[actix_web::test]
async fn what_nobody_answers_is_closed_once_and_owes_nothing() {
    let fixture = seeded().await;
    let app = &fixture.app;
    assert_eq!(run_once(app).await.closed, 0);
    fixture.clock.pass(60 * 86_400);
    let work = run_once(app).await;
    assert_eq!((work.closed, work.failed), (1, 0));
    let again = run_once(app).await;
    assert_eq!((again.closed, again.sequenced), (0, 1), "its one event");
    let states = states(&fixture).await;
    assert_eq!(states.get(&State::SupplementRequested), None);
    assert_eq!(states.get(&State::Stopped), Some(&1));
    let owed = |tx: &mut Tx| {
        let filter = Filter {
            state: Some(State::Stopped),
            ..Filter::default()
        };
        let stopped = dossiers::list(
            tx,
            &Reading::House,
            &filter,
            (None, dossiers::Order::NewestFirst),
            10,
        )?;
        let mut owed = Vec::new();
        for dossier in stopped {
            owed.extend(payments::obligations_of(tx, dossier.row.id)?);
        }
        Ok::<_, Failure>(owed)
    };
    let owed = app.store.read(owed).await.unwrap();
    assert!(owed.iter().all(|one| one.state != ObligationState::Due));
}

#[actix_web::test]
async fn tracking_needs_both_halves_and_refuses_each_alike() {
    let fixture = seeded().await;
    let app = &fixture.app;
    let printed = |tx: &mut Tx| {
        let filter = Filter {
            state: Some(State::Accepted),
            ..Filter::default()
        };
        let found = dossiers::list(
            tx,
            &Reading::House,
            &filter,
            (None, dossiers::Order::NewestFirst),
            1,
        )?;
        let id = found.first().map(|dossier| dossier.row.id);
        let id = id.ok_or(persistence::StoreError::Absent)?;
        dossiers::find(tx, id, &Reading::House)
    };
    let dossier = app.store.read(printed).await.unwrap();
    let code = dossier.code.unwrap().to_string();
    let secret = dossier.tracking_secret.unwrap().into_revealed();
    let ask = |code: &str, secret: &str| {
        let (code, secret) = (code.to_owned(), Personal::new(secret.to_owned()));
        app.look(Actor::System, move |tx, call| {
            track(tx, call, Language::Vi, (&code, &secret))
        })
    };
    for (code, secret) in [
        (code.clone(), secret.clone()),
        (format!(" {} ", code.to_lowercase()), secret.to_lowercase()),
    ] {
        let view = ask(&code, &secret).await.unwrap();
        assert_eq!((view.state, view.steps.len()), (State::Accepted, 2));
        let told = serde_json::to_string(&view).unwrap();
        assert!(!told.contains("Đào") && !told.contains("Sen"), "{told}");
    }
    let mut refusals = Vec::new();
    for (code, secret) in [
        (code.as_str(), "AAAAAAAA"),
        (code.as_str(), ""),
        (code.as_str(), "UUUUUUUU"),
        ("H01.30.38-20200101-0000001", secret.as_str()),
        ("X00-00000000-0000000", "UUUUUUUU"),
        ("no code at all", "UUUUUUUU"),
    ] {
        refusals.push(format!(
            "{:?}",
            ask(code, secret).await.map(drop).unwrap_err()
        ));
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    assert!(refusals.concat().contains("NotFound"));
}
