//! The inbox, and what somebody has chosen.

use std::collections::BTreeMap;

use domain::{
    actor::Actor,
    ids::{NoticeId, PersonId},
    mandates::Act,
    notices::{Notice, NoticeChannel, NoticeGroup, NoticePreferences},
    personal::Personal,
    rejection::Code,
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    notices::{
        self, Key,
        deliveries::{self, Delivery},
        preferences,
    },
    page::{Limit, Page},
};
use serde_json::{Value, json};

use crate::{call::Call, failure::Failure};

/// A page of an inbox.
pub struct Inbox {
    /// The notices.
    pub page: Page<Notice, Key>,
    /// How they were sent.
    pub deliveries: Vec<Delivery>,
    /// How many of all are unread.
    pub unread: i64,
}

fn citizen(call: &Call) -> Result<PersonId, Failure> {
    match call.actor {
        Actor::Citizen { person } => Ok(person),
        Actor::Officer { .. } | Actor::System => Err(Code::RoleForbids.into()),
    }
}

/// The notices of the citizen who asks, newest first.
///
/// # Errors
/// `role-forbids` for anybody but a citizen.
pub fn list_my_notices(
    tx: &mut Tx,
    call: &Call,
    only_unread: bool,
    place: (Option<Key>, Limit),
) -> Result<Inbox, Failure> {
    let reach = call.reach(citizen(call)?, Act::Read);
    let page = notices::list(tx, reach, only_unread, place)?;
    let ids: Vec<NoticeId> = page.items.iter().map(|notice| notice.id).collect();
    Ok(Inbox {
        deliveries: deliveries::of_notices(tx, &ids)?,
        unread: notices::unread(tx, reach)?,
        page,
    })
}

/// Notes that a notice was read, or it and every older one. What was read stays so.
///
/// # Errors
/// `not-found`, also for somebody else's.
pub fn read(tx: &mut Tx, call: &Call, id: NoticeId, and_older: bool) -> Result<(), Failure> {
    let person = citizen(call)?;
    let notice = notices::find(tx, id, call.reach(person, Act::Read))?;
    if notices::mark_read(tx, &notice, and_older, call.now)? == 0 {
        return Ok(());
    }
    let kind = if and_older {
        "notices_read"
    } else {
        "notice_read"
    };
    trace(tx, call, (person, 1), (kind, json!({ "notice_id": id })))
}

/// What the citizen who asks has chosen.
///
/// # Errors
/// `role-forbids` for anybody but a citizen.
pub fn get_preferences(tx: &mut Tx, call: &Call) -> Result<NoticePreferences, Failure> {
    let person = citizen(call)?;
    Ok(preferences::find(tx, person)?)
}

/// What is chosen: by which ways what goes, and where e-mail goes.
#[derive(Debug, Clone)]
pub struct Wish {
    /// By which ways what goes.
    pub chosen: BTreeMap<(NoticeChannel, NoticeGroup), bool>,
    /// Where e-mail goes.
    pub email: Option<Personal<String>>,
}

/// Puts another choice in the place of the one of this version.
///
/// # Errors
/// `unauthenticated` when the account is gone; `version-mismatch`.
pub fn set_preferences(
    tx: &mut Tx,
    call: &Call,
    seen: i64,
    wish: &Wish,
) -> Result<NoticePreferences, Failure> {
    let person = citizen(call)?;
    call.account_stands(tx)?;
    let loaded = preferences::lock(tx, person)?;
    if loaded.version != seen {
        return Err(StoreError::Stale {
            current_version: loaded.version,
        }
        .into());
    }
    let next = NoticePreferences {
        person,
        version: seen.saturating_add(1),
        chosen: wish.chosen.clone(),
        email: wish.email.clone(),
        updated_at: Some(call.now),
    };
    preferences::save(tx, &next, call.now)?;
    let told = ("notice_preferences_changed", json!({}));
    trace(tx, call, (person, next.version), told)?;
    Ok(next)
}

fn trace(
    tx: &mut Tx,
    call: &Call,
    (person, version): (PersonId, i64),
    (kind, payload): (&str, Value),
) -> Result<(), Failure> {
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(person),
        version,
        kind,
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&payload)?,
    };
    Ok(events::append(tx, event)?)
}
