//! Making notices, in the transaction of the change they tell of.

use domain::{
    actor::Actor,
    data_requests::DataRequest,
    dossiers::{Dossier, Event},
    ids::{EventId, NoticeId, PersonId},
    mandates::Mandate,
    notices::{
        Facts, Notice, NoticeAuthor, NoticeKind, of_data_request as told_of_request,
        of_event as told_of_event, of_mandate as told_of_mandate,
    },
    supplements::Supplement,
};
use persistence::{
    Json, Tx, mandates, notices,
    outbox::{self, NewEntry},
    people,
};
use serde::{Deserialize, Serialize};

use crate::{call::Call, failure::Failure};

/// The outbox's topic for notices whose ways are to be planned.
pub const NOTICE: &str = "notice";

/// What the outbox holds of a notice: which, and what for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Waiting {
    /// The notice.
    pub notice_id: NoticeId,
    /// Its kind, for the log.
    pub kind: NoticeKind,
}

const fn author(actor: &Actor) -> NoticeAuthor {
    match actor {
        Actor::Citizen { person: _ } => NoticeAuthor::Citizen,
        Actor::Officer {
            officer: _,
            agency: _,
            roles: _,
        } => NoticeAuthor::Officer,
        Actor::System => NoticeAuthor::System,
    }
}

/// Puts a notice into the inbox of each of these, and has its ways planned.
///
/// # Errors
/// As the store reports them.
pub(super) fn tell(
    tx: &mut Tx,
    call: &Call,
    people: &[PersonId],
    about: &Notice,
) -> Result<(), Failure> {
    for person in people {
        let notice = Notice {
            id: call.id(),
            person: *person,
            ..about.clone()
        };
        notices::insert(tx, &notice)?;
        let waiting = Waiting {
            notice_id: notice.id,
            kind: notice.kind,
        };
        let entry = NewEntry {
            id: call.id(),
            topic: NOTICE,
            key: &person.to_string(),
            payload: Json::of(&waiting)?,
            now: call.now,
        };
        outbox::put(tx, entry)?;
    }
    Ok(())
}

/// Who is told of a dossier: whose account it belongs to, unless it was erased, and to whom mandates of today
/// open what was drafted under one.
pub(super) fn recipients(
    tx: &mut Tx,
    call: &Call,
    dossier: &Dossier,
) -> Result<Vec<PersonId>, Failure> {
    let mut told = Vec::new();
    if let Some(owner) = dossier.owner
        && people::is_known(tx, owner)?
    {
        told.push(owner);
    }
    if let Some(mandate) = dossier.mandate {
        let today = call.now.date();
        for delegate in mandates::delegates_on(tx, mandate, &dossier.procedure, today)? {
            if !told.contains(&delegate) {
                told.push(delegate);
            }
        }
    }
    Ok(told)
}

/// Tells of what happened to a dossier.
///
/// # Errors
/// As the store reports them.
pub fn of_dossier(
    tx: &mut Tx,
    call: &Call,
    (dossier, event, touched): (&Dossier, &Event, &[Supplement]),
    id: EventId,
) -> Result<(), Failure> {
    let Some(kind) = told_of_event(event.kind).kind() else {
        return Ok(());
    };
    let request = touched.iter().max_by_key(|request| request.round);
    let asks = kind == NoticeKind::SupplementRequested;
    let about = Notice {
        id: call.id(),
        person: PersonId::from_uuid(uuid::Uuid::nil()),
        kind,
        event: id,
        agency: Some(dossier.filed_with),
        dossier: Some(dossier.id),
        about: request.map(|request| request.id.uuid()),
        facts: Facts {
            by: author(&call.actor),
            agency: Some(dossier.agency),
            code: dossier.code.as_ref().map(ToString::to_string),
            round: event.note.round,
            due_at: event.due_at,
            amount: event.note.amount,
        },
        act_by: request.filter(|_| asks).map(|request| request.reply_by),
        created_at: event.at,
        read_at: None,
    };
    let told = recipients(tx, call, dossier)?;
    tell(tx, call, &told, &about)
}

/// A notice that is about no dossier, to be addressed.
fn beside(call: &Call, kind: NoticeKind, event: EventId) -> Notice {
    Notice {
        id: call.id(),
        person: PersonId::from_uuid(uuid::Uuid::nil()),
        kind,
        event,
        agency: None,
        dossier: None,
        about: None,
        facts: Facts {
            by: author(&call.actor),
            ..Facts::default()
        },
        act_by: None,
        created_at: call.now,
        read_at: None,
    }
}

/// Tells either side of a mandate what the other one, the desk or the calendar has done.
///
/// # Errors
/// As the store reports them.
pub fn of_mandate(
    tx: &mut Tx,
    call: &Call,
    (event, mandate): (&str, &Mandate),
    id: EventId,
) -> Result<(), Failure> {
    let Some(kind) = told_of_mandate(event).and_then(domain::notices::Telling::kind) else {
        return Ok(());
    };
    let by = match call.actor {
        Actor::Citizen { person } => Some(person),
        Actor::Officer { .. } | Actor::System => None,
    };
    let sides = mandate
        .mandator
        .person()
        .into_iter()
        .chain([mandate.delegate]);
    let mut told = Vec::new();
    for side in sides.filter(|side| Some(*side) != by) {
        // One side may have been erased since.
        if people::is_known(tx, side)? {
            told.push(side);
        }
    }
    let plain = beside(call, kind, id);
    let about = Notice {
        about: Some(mandate.id.uuid()),
        facts: Facts {
            agency: mandate.agency,
            ..plain.facts.clone()
        },
        ..plain
    };
    tell(tx, call, &told, &about)
}

/// Tells whoever asked about their data how far it has come. Nobody is told of their erasure: nothing of
/// them is there any more.
///
/// # Errors
/// As the store reports them.
pub fn of_data_request(
    tx: &mut Tx,
    call: &Call,
    (event, request): (&str, &DataRequest),
    id: EventId,
) -> Result<(), Failure> {
    let kind = told_of_request(event).and_then(domain::notices::Telling::kind);
    let Some(kind) = kind else {
        return Ok(());
    };
    if !people::is_known(tx, request.person)? {
        return Ok(());
    }
    let plain = beside(call, kind, id);
    let about = Notice {
        about: Some(request.id.uuid()),
        facts: Facts {
            agency: Some(request.controller),
            due_at: Some(request.due_at),
            ..plain.facts.clone()
        },
        ..plain
    };
    tell(tx, call, &[request.person], &about)
}
