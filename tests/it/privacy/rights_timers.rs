//! A thousand requests over two months, most of them forgotten by somebody: every one is closed or
//! escalated before its legal time.

use std::collections::HashMap;

use api::call::Call;
use api::data_requests::fulfilling::{Fulfilment, fulfil_data_request};
use api::data_requests::use_cases::{
    Target, acknowledge_data_request, create_data_request, extend_data_request, refuse_data_request,
};
use api::failure::Failure;
use api::people::use_cases::Changes;
use api::worker::run_once;
use chrono::TimeDelta;
use domain::actor::{Actor, Role, Roles, Sight};
use domain::data_requests::{
    CorrectableField, DataRequest, DataRequestKind, NewRequest, RefusalGround,
};
use domain::ids::{DataRequestId, PersonId};
use domain::personal::Personal;
use domain::time::Time;
use persistence::sessions::step_ups;
use persistence::{StoreError, Tx, data_requests, events};
use serde_json::Value;
use tests::accounts::{MY_THUAN, PROVINCE};
use tests::on_both_engines;
use tests::server::TestServer;

/// With seven requests each: a little over a thousand.
const PEOPLE: usize = 143;

/// How many hours go by between two looks: short while answers fall due, then longer.
const STEPS: [(i64, i64); 2] = [(2, 17 * 12), (12, 55 * 2)];

fn words() -> Personal<String> {
    Personal::new("Đã xem xét.".to_owned())
}

fn new(call: &Call, person: PersonId, kind: DataRequestKind) -> NewRequest {
    let corrects = kind == DataRequestKind::Correction;
    NewRequest {
        id: call.id(),
        person,
        controller: MY_THUAN,
        kind,
        fields: corrects
            .then_some(CorrectableField::FiledDossier)
            .into_iter()
            .collect(),
        details: Some(words()),
    }
}

/// What happens to the request of this number by itself, so many days after it came.
fn handled(
    tx: &mut Tx,
    call: &Call,
    (id, number, day): (DataRequestId, usize, i64),
) -> Result<(), Failure> {
    let version = data_requests::find(tx, id, Sight::Province)?.version;
    let target = Target { id, version };
    let done = Fulfilment {
        note: words(),
        changes: Changes::default(),
        changed: Vec::new(),
    };
    match (number % 5, day) {
        // 0 is forgotten from the first day on, 4 once it was answered late.
        (1 | 2, 1) | (4, 4) => acknowledge_data_request(tx, call, target).map(drop),
        (1, 5) | (2, 12) => fulfil_data_request(tx, call, target, &done).map(drop),
        (2, 8) => extend_data_request(tx, call, target, &words()).map(drop),
        (3, 1) => {
            let ground = (RefusalGround::NotHeld, &words());
            refuse_data_request(tx, call, target, ground).map(drop)
        }
        _ => Ok(()),
    }
}

/// When each request was escalated, by which alarm.
async fn escalations(server: &TestServer) -> HashMap<(String, String), Time> {
    let mut found = HashMap::new();
    let mut seq = 0;
    loop {
        let page = move |tx: &mut Tx| events::after(tx, seq, 1000);
        let page = server.store().read(page).await.unwrap();
        let Some(last) = page.last() else {
            return found;
        };
        seq = last.seq.unwrap();
        for event in page {
            if event.kind == "data_request_escalated" {
                let payload: Value = event.payload.parse().unwrap();
                let word = |name: &str| payload[name].as_str().unwrap().to_owned();
                found.insert((word("data_request_id"), word("alarm")), event.at);
            }
        }
    }
}

/// Every request of these people.
async fn everything(server: &TestServer, people: &[Actor]) -> Vec<DataRequest> {
    let mut all = Vec::new();
    for actor in people {
        let Actor::Citizen { person } = *actor else {
            panic!("a citizen")
        };
        let own = move |tx: &mut Tx| data_requests::of_person(tx, person);
        all.extend(server.store().read(own).await.unwrap());
    }
    all
}

/// Everything there is, asked by each of these people; the ids.
async fn ask_for_all(server: &TestServer, people: &[Actor]) -> Vec<DataRequestId> {
    let mut ids = Vec::new();
    for actor in people.iter().copied() {
        let call = server.app().call(actor);
        let Actor::Citizen { person } = actor else {
            panic!("a citizen")
        };
        let ask = move |tx: &mut Tx| -> Result<Vec<DataRequestId>, Failure> {
            let kinds = DataRequestKind::ALL.iter().copied();
            kinds
                .map(|kind| Ok(create_data_request(tx, &call, new(&call, person, kind))?.id))
                .collect()
        };
        ids.extend(server.store().write(ask).await.unwrap());
    }
    ids
}

struct Came {
    id: DataRequestId,
    number: usize,
    at: Time,
}

on_both_engines! {
    async fn a_thousand_requests_are_closed_or_escalated_before_their_legal_time(server: &TestServer) {
        let chief = server.hire(&[Role::ProvinceAdministrator], PROVINCE).await;
        let chief_id = chief.id;
        let chief = Actor::Officer {
            officer: chief_id,
            agency: PROVINCE,
            roles: Roles::of(&[Role::ProvinceAdministrator]),
        };
        // Whoever fulfils has proved who they are, in a session.
        let (session, officer, now) = (server.app().call(chief).id(), chief_id, server.app().clock.now());
        let prove = move |tx: &mut Tx| step_ups::put(tx, session, officer, now);
        server.store().write::<_, StoreError>(prove).await.unwrap();
        let (mut people, mut came) = (Vec::new(), Vec::<Came>::new());
        for number in 0..PEOPLE {
            people.push(server.account(number).await);
        }
        let steps = STEPS.iter().flat_map(|(hours, times)| (0..*times).map(|_| TimeDelta::hours(*hours)));
        let mut last = server.app().clock.now();
        for (step, hours) in steps.enumerate() {
            let now = server.app().clock.now();
            // Two people a step ask for everything there is.
            let askers: Vec<Actor> = people.iter().skip(step * 2).take(2).copied().collect();
            for id in ask_for_all(server, &askers).await {
                came.push(Came { id, number: came.len(), at: now });
            }
            let due: Vec<_> = came.iter().filter_map(|it| {
                let before = last.since(it.at).num_days();
                let day = now.since(it.at).num_days();
                (day > before || (day == 0 && it.at == now)).then_some((it.id, it.number, day))
            }).collect();
            let call = Call { session: Some(session), ..server.app().call(chief) };
            let handle = move |tx: &mut Tx| due.iter().try_for_each(|one| handled(tx, &call, *one));
            server.store().write(handle).await.unwrap();
            assert_eq!(run_once(server.app()).await.failed, 0);
            last = now;
            server.clock().advance(hours);
        }
        run_once(server.app()).await;
        let escalated = escalations(server).await;
        let all = everything(server, &people).await;
        assert!(all.len() >= 1000, "{}", all.len());
        let (mut in_time, mut told) = (0, 0);
        for request in &all {
            let warned = |alarm: &str| escalated.get(&(request.id.to_string(), alarm.to_owned())).copied();
            for (done, alarm, legal) in [
                (request.acknowledged_at, "answer_soon", request.answer_by),
                (request.closed_at, "due_soon", request.due_at),
            ] {
                let met = done.is_some_and(|at| at <= legal);
                let escalated = warned(alarm).is_some_and(|at| at < legal);
                assert!(met || escalated, "{alarm}: {request:?}");
                in_time += usize::from(met);
                told += usize::from(!met);
            }
        }
        println!("rights timers on {}: {} requests, {in_time} dates met, {told} escalated in time",
            server.site().engine(), all.len());
        assert!(in_time > 500 && told > 500);
    }
}
