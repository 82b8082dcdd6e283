//! Devices that notices are pushed to: registered by the app, gone with the session.

use aws_lc_rs::hmac::{self, Key};
use domain::{
    actor::Actor,
    ids::{PersonId, PushDeviceId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    notices::devices::{self, PushDevice},
};
use serde_json::json;

use crate::{auth::keyring::Keyring, call::Call, failure::Failure};

/// The longest token, in bytes; those of today are some two hundred.
const LONGEST_TOKEN: usize = 1024;

/// Recognises the tokens of devices without opening them.
#[derive(Debug)]
pub struct PushTokens {
    key: Key,
}

impl PushTokens {
    /// Tokens of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            key: keyring.derived("push tokens"),
        }
    }

    /// What is compared of a token.
    pub fn digest(&self, token: &Personal<String>) -> Vec<u8> {
        let mark = hmac::sign(&self.key, token.reveal().as_bytes());
        mark.as_ref().to_vec()
    }
}

/// Nothing for a token that can be one.
///
/// # Errors
/// `invalid-content`.
pub fn checked(token: &Personal<String>) -> Result<(), Failure> {
    let token = token.reveal();
    let fault = if token.is_empty() {
        Some(Code::Required)
    } else if token.len() > LONGEST_TOKEN {
        Some(Code::TooLong)
    } else if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        None
    } else {
        Some(Code::WrongFormat)
    };
    let faults = fault.map(|code| Fault::new("/push_token", code));
    Ok(Rejection::of_faults(faults.into_iter().collect())?)
}

/// Registers a device; what is registered already stays as it is.
///
/// # Errors
/// `unauthenticated` when the account is gone.
pub fn register_device(tx: &mut Tx, call: &Call, device: &PushDevice) -> Result<(), Failure> {
    call.account_stands(tx)?;
    if devices::put(tx, device)? {
        trace(tx, call, "push_device_registered", device.id, device.person)?;
    }
    Ok(())
}

/// Takes a device out.
///
/// # Errors
/// `not-found` when it is not registered to this account.
pub fn remove_device(
    tx: &mut Tx,
    call: &Call,
    (person, id): (PersonId, PushDeviceId),
) -> Result<(), Failure> {
    if !devices::remove(tx, person, id)? {
        return Err(Code::NotFound.into());
    }
    trace(tx, call, "push_device_removed", id, person)
}

fn trace(
    tx: &mut Tx,
    call: &Call,
    kind: &str,
    id: PushDeviceId,
    person: PersonId,
) -> Result<(), Failure> {
    let actor: &Actor = &call.actor;
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(person),
        version: 1,
        kind,
        actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&json!({ "push_device_id": id }))?,
    };
    Ok(events::append(tx, event)?)
}
