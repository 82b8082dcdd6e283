//! What waits in the outbox: a message may hold a telephone number and a code, and there is no
//! subject yet to whose key it could belong.

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use uuid::Uuid;

use super::{field::Field, keys::FieldKeys};
use crate::{Json, StoreError};

const PAYLOAD: Field = Field {
    table: "outbox",
    column: "payload",
};

/// The payload as it is written: a JSON text of key name and ciphertext.
pub(crate) fn sent(keys: &FieldKeys, entry: Uuid, payload: &Json) -> Result<Json, StoreError> {
    let known = keys.known();
    let place = PAYLOAD.place(entry, Uuid::nil());
    let (name, sealed) = known.seal_in_transit(&place, payload.as_str().as_bytes())?;
    Json::of(&format!("{name}.{}", BASE64_STANDARD_NO_PAD.encode(sealed)))
}

/// The payload as it was sent. One that was forgotten is the empty object, and not sealed.
pub(crate) fn arrived(keys: &FieldKeys, entry: Uuid, stored: &Json) -> Result<Json, StoreError> {
    if !stored.as_str().starts_with('"') {
        return Ok(stored.clone());
    }
    let corrupt = || StoreError::Corrupt("a sealed payload".to_owned());
    let text: String = stored.parse()?;
    let (name, sealed) = text.split_once('.').ok_or_else(corrupt)?;
    let sealed = BASE64_STANDARD_NO_PAD
        .decode(sealed)
        .map_err(|_| corrupt())?;
    let place = PAYLOAD.place(entry, Uuid::nil());
    let plain = keys.open_in_transit(name, &place, &sealed)?;
    String::from_utf8(plain)
        .map(Json::trusted)
        .map_err(|_| corrupt())
}
