//! Fills a database with a register, through the store and as fast as it goes.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{
    actor::{Actor, Role, Roles},
    identities::AssuranceLevel,
    ids::Id,
    officers::Grant,
    personal::Personal,
};
use persistence::{
    Json, Store, StoreError, StoreSettings, Tx, dossiers, events, files,
    officers::{self, Officer, grants},
    papers, payments,
    people::{self, Person},
    results, sequencer, supplements,
};

use crate::ids::{Family, id};
use crate::register::Register;
use crate::rows::{self, Rows, name, officer_of, personal_number};

/// Dossiers in one transaction.
const BATCH: u64 = 500;
/// Transactions under way at once: PostgreSQL has as many lanes.
const AT_ONCE: usize = 4;

/// Loads accounts and dossiers; gives how long it took. The schema and the catalogue are there.
pub(crate) fn fill(settings: &StoreSettings, register: &Arc<Register>) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let store = Store::open(settings)?;
        let accounts = Arc::clone(register);
        store.write(move |tx| fill_accounts(tx, &accounts)).await?;
        let last = register.dossiers + register.drafts;
        let mut under_way = std::collections::VecDeque::new();
        let mut first = 0;
        while first < last {
            let batch = first..(first + BATCH).min(last);
            first = batch.end;
            let (store, register) = (store.clone(), Arc::clone(register));
            let write = async move {
                store
                    .write(move |tx| fill_batch(tx, &register, batch.clone()))
                    .await
            };
            under_way.push_back(tokio::spawn(write));
            if under_way.len() >= AT_ONCE
                && let Some(oldest) = under_way.pop_front()
            {
                oldest.await??;
            }
        }
        for write in under_way {
            write.await??;
        }
        // In one go: PostgreSQL reads everything that waits for each batch.
        while store
            .write(|tx| sequencer::run_once(tx, 10_000_000))
            .await?
            > 0
        {}
        anyhow::Ok(())
    })?;
    Ok(began.elapsed())
}

fn fill_accounts(tx: &mut Tx, register: &Register) -> Result<(), StoreError> {
    for (place, agency) in (0..).zip(&register.agencies) {
        let officer = Officer {
            id: officer_of(register, *agency),
            login: format!("desk-{agency}"),
            password_hash: Personal::new("no password opens this account".to_owned()),
            full_name: Personal::new("Lê Thị Thu".to_owned()),
            agency: *agency,
            active: true,
            must_change_password: false,
            version: 1,
            created_at: register.now,
            updated_at: register.now,
        };
        officers::insert(tx, &officer)?;
        event_of_account(tx, register, officer.id.uuid())?;
        fill_grants(tx, register, (place, &officer))?;
    }
    let citizens = (0..register.citizens()).map(|n| (Family::Citizen, n, n));
    let drafters = (0..register.drafters()).map(|n| (Family::Drafter, n, n + register.citizens()));
    for (family, n, number) in citizens.chain(drafters) {
        let person = Person {
            id: id(family, n),
            phone: Some(Personal::new(format!("+849{number:08}"))),
            full_name: Personal::new(name(n)),
            personal_number: Some(personal_number(number)),
            birth_date: None,
            address: None,
            assurance: AssuranceLevel::Phone,
            language: "vi".to_owned(),
            version: 1,
            created_at: register.now,
            updated_at: register.now,
        };
        people::insert(tx, &person)?;
        event_of_account(tx, register, person.id.uuid())?;
    }
    Ok(())
}

fn fill_grants(
    tx: &mut Tx,
    register: &Register,
    (place, officer): (u64, &Officer),
) -> Result<(), StoreError> {
    for (n, role) in [(0, Role::Receiver), (1, Role::Processor)] {
        let grant = Grant {
            id: id(Family::Grant, 2 * place + n),
            officer: officer.id,
            agency: officer.agency,
            role,
            from: register.now.date(),
            until: None,
            reason: "Phân công.".to_owned(),
            granted_by: None,
            approved_by: None,
            granted_at: register.now,
            revoked: None,
        };
        grants::insert(tx, &grant)?;
        event_of_account(tx, register, grant.id.uuid())?;
    }
    Ok(())
}

fn event_of_account(
    tx: &mut Tx,
    register: &Register,
    account: uuid::Uuid,
) -> Result<(), StoreError> {
    let event = events::NewEvent {
        id: Id::from_uuid(account),
        dossier: None,
        agency: None,
        person: None,
        version: 1,
        kind: "account_created",
        actor: &Actor::System,
        at: register.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event)
}

fn fill_batch(tx: &mut Tx, register: &Register, batch: Range<u64>) -> Result<(), StoreError> {
    for n in batch {
        fill_dossier(tx, register, n)?;
    }
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "one step per table of the dossier")]
fn fill_dossier(tx: &mut Tx, register: &Register, n: u64) -> Result<(), StoreError> {
    let Rows {
        dossier,
        papers: attached,
        supplement,
        obligation,
        result,
        events: history,
    } = rows::of(register, n);
    dossiers::insert(tx, &dossier)?;
    for paper in &attached {
        papers::attach(tx, dossier.agency, paper)?;
    }
    if let Some(supplement) = &supplement {
        supplements::save(tx, dossier.agency, supplement)?;
    }
    if let Some(obligation) = &obligation {
        payments::insert_obligations(tx, dossier.agency, std::slice::from_ref(obligation))?;
    }
    if let Some(result) = &result {
        files::insert(tx, &result.file)?;
        let of = (dossier.agency, dossier.agency);
        results::insert(tx, of, dossier.owner, result)?;
    }
    let citizen = dossier
        .owner
        .map_or(Actor::System, |person| Actor::Citizen { person });
    let officer = Actor::Officer {
        officer: officer_of(register, dossier.agency),
        agency: dossier.agency,
        roles: Roles::of(&[Role::Receiver]),
    };
    for (version, (kind, state, at)) in (1_u64..).zip(history) {
        let event = events::NewEvent {
            id: id(Family::Event, n * 8 + version),
            dossier: Some(dossier.id),
            agency: Some(dossier.agency),
            person: dossier.owner,
            version: i64::try_from(version).unwrap_or(1),
            kind: kind.as_str(),
            actor: if version < 3 { &citizen } else { &officer },
            at,
            state: Some(state.as_str()),
            due_at: dossier.due_at.filter(|_| version >= 3),
            channel: Some(dossier.channel.as_str()),
            payload: Json::empty(),
        };
        events::append(tx, event)?;
        // The dossier was saved once, but changed as often as it has events.
        if version > 1 {
            tx.note_save();
        }
    }
    Ok(())
}
