//! Another telephone number for an account: proved by a code sent to it, and followed by a day in
//! which nothing sensitive changes.

use domain::{
    ids::{Id, SessionId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    sessions::{Account, EndReason, HOLD, refuse_while_held},
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    outbox::{self, NewEntry},
    people::{self, Person},
    sessions::holds,
};
use serde_json::json;
use uuid::Uuid;

use super::use_cases::standing;
use crate::{
    api_code::ApiCode,
    auth::one_time_codes::OneTimeCodes,
    call::Call,
    extract::Citizen,
    failure::Failure,
    sessions::{
        codes::{Looked, ShownCode, look_at},
        ending::revoke_all,
        throttle::{Attempt, Sending},
    },
};

/// The outbox's topic for notices about an account, to the number it had.
pub const ACCOUNT_NOTICE: &str = "account_notice";

/// Another number for an account.
pub struct ChangePhone {
    /// Whose account.
    pub citizen: Citizen,
    /// The version that was seen.
    pub seen: i64,
    /// The code sent to the new number, and that number.
    pub shown: ShownCode,
    /// Paid for by whoever shows codes for requests that are not there.
    pub attempt: Attempt,
    /// Paid back when the code was good.
    pub sending: Sending,
    /// The notice's id.
    pub notice: Uuid,
    /// The circumstances.
    pub call: Call,
}

/// What came of it. A wrong code is no error of the transaction: it has to be counted.
pub enum Changed {
    /// The account as it is now, and the sessions that ended: all there were.
    Done(Box<Person>, Vec<SessionId>),
    /// The code does not fit, or no longer.
    Refused,
}

/// Whether the account may change its number at all; asked before a code is sent.
///
/// # Errors
/// `account-on-hold` within a day of the last change; `invalid-content` for the number it has.
pub fn may_change(
    tx: &mut Tx,
    citizen: Citizen,
    number: &Personal<String>,
    call: &Call,
) -> Result<(), Failure> {
    let person = standing(people::find(tx, citizen.person, &citizen.reading()))?;
    refuse_while_held(holds::until(tx, citizen.person)?, call.now)?;
    if person.phone.as_ref() == Some(number) {
        return Err(Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new("/phone", Code::Duplicate)],
        }
        .into());
    }
    Ok(())
}

/// Gives the account the number the code was sent to, ends its sessions, and holds it for a day.
///
/// # Errors
/// `version-mismatch`; those of [`may_change`]; `already-exists` when another account has the number;
/// `too-many-requests`.
pub fn change_phone(
    tx: &mut Tx,
    codes: &OneTimeCodes,
    command: &ChangePhone,
) -> Result<Changed, Failure> {
    let (call, citizen) = (&command.call, command.citizen);
    let loaded = standing(people::lock(tx, citizen.person, &citizen.reading()))?;
    unchanged_since(&loaded, command.seen)?;
    let number = &command.shown.number;
    may_change(tx, citizen, number, call)?;
    match look_at(tx, codes, &command.shown)? {
        Looked::Fits => command.sending.pay_back(tx)?,
        Looked::Wrong => return Ok(Changed::Refused),
        Looked::NoSuchRequest => {
            command.attempt.pay(tx)?;
            return Ok(Changed::Refused);
        }
    }
    if people::by_phone(tx, number)?.is_some() {
        return Err(ApiCode::AlreadyExists.into());
    }
    let old = loaded.phone.clone();
    let person = Person {
        phone: Some(number.clone()),
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded
    };
    people::save(tx, &person)?;
    events::append(
        tx,
        NewEvent {
            id: call.id(),
            dossier: None,
            agency: None,
            person: Some(person.id),
            version: person.version,
            kind: "person_changed",
            actor: &call.actor,
            at: call.now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::of(&json!({ "fields": ["phone"] }))?,
        },
    )?;
    holds::hold(tx, person.id, call.now, call.now.plus(HOLD))?;
    if let Some(old) = &old {
        tell_the_old_number(tx, command, old)?;
    }
    let account = Account::Citizen(person.id);
    let ended = revoke_all(tx, call, account, EndReason::NumberChanged)?;
    Ok(Changed::Done(Box::new(person), ended))
}

fn unchanged_since(person: &Person, seen: i64) -> Result<(), StoreError> {
    if person.version == seen {
        return Ok(());
    }
    Err(StoreError::Stale {
        current_version: person.version,
    })
}

/// If it was not the owner who did it, this is how she learns of it in time.
fn tell_the_old_number(
    tx: &mut Tx,
    command: &ChangePhone,
    old: &Personal<String>,
) -> Result<(), Failure> {
    let id = command.notice;
    Ok(outbox::put(
        tx,
        NewEntry {
            id: Id::from_uuid(id),
            topic: ACCOUNT_NOTICE,
            key: &id.to_string(),
            payload: Json::of(&json!({ "number": old.reveal(), "kind": "number_changed" }))?,
            now: command.call.now,
        },
    )?)
}
