//! Asking for an export, looking at it, fetching its archive, and letting go of it.

use domain::{
    actor::Actor,
    exports::{CODE_LETTERS, Export, ExportState},
    ids::{ExportId, Id, PersonId},
    personal::Personal,
    rejection::Code,
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    exports,
    outbox::{self, NewEntry},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{call::Call, dossiers::secret::letters, failure::Failure};

/// The outbox's topic for exports to be made.
pub const EXPORT: &str = "export";

/// How many exports of one person are shown.
const SHOWN: i64 = 20;

/// What the outbox holds of an export. It lies sealed there until it is made.
#[derive(Debug, Deserialize)]
pub struct Order {
    /// Which one.
    pub export_id: ExportId,
    /// The code it is to open with.
    pub code: Personal<String>,
}

/// The same, to be written.
#[derive(Serialize)]
struct NewOrder<'a> {
    export_id: ExportId,
    code: &'a str,
}

/// A code, in groups of four letters: 80 bits of chance.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn new_code() -> Result<Personal<String>, Failure> {
    let letters = letters(CODE_LETTERS)?;
    let (groups, _) = letters.as_bytes().as_chunks::<4>();
    let groups: Vec<_> = groups
        .iter()
        .map(|it| String::from_utf8_lossy(it))
        .collect();
    Ok(Personal::new(groups.join("-")))
}

/// The citizen who asks.
fn person(call: &Call) -> Result<PersonId, Failure> {
    match call.actor {
        Actor::Citizen { person } => Ok(person),
        Actor::Officer { .. } | Actor::System => Err(Code::RoleForbids.into()),
    }
}

/// Asks for an export that opens with this code.
///
/// # Errors
/// `unauthenticated` when the account is gone; `already-exists` while another one is being made.
pub fn create_export(tx: &mut Tx, call: &Call, code: &Personal<String>) -> Result<Export, Failure> {
    call.account_stands(tx)?;
    let export = Export::asked(call.id(), person(call)?, call.now);
    exports::insert(tx, &export)?;
    let order = NewOrder {
        export_id: export.id,
        code: code.reveal(),
    };
    let entry: Uuid = call.ids.uuid(call.now);
    outbox::put(
        tx,
        NewEntry {
            id: Id::from_uuid(entry),
            topic: EXPORT,
            key: &export.id.to_string(),
            payload: Json::of(&order)?,
            now: call.now,
        },
    )?;
    trace(tx, call, &export, "export_requested")?;
    Ok(export)
}

/// The citizen's own exports, newest first.
///
/// # Errors
/// As the store reports them.
pub fn list_exports(tx: &mut Tx, call: &Call) -> Result<Vec<Export>, Failure> {
    Ok(exports::of_person(tx, person(call)?, SHOWN)?)
}

/// One of them.
///
/// # Errors
/// `not-found`.
pub fn get_export(tx: &mut Tx, call: &Call, id: ExportId) -> Result<Export, Failure> {
    Ok(exports::find(tx, id, person(call)?)?)
}

/// Writes down that the archive is there.
///
/// # Errors
/// As the store reports them.
pub(super) fn finish(
    tx: &mut Tx,
    call: &Call,
    (id, archive): (ExportId, ([u8; 32], i64)),
) -> Result<(), Failure> {
    let export = exports::lock(tx, id)?;
    if export.state != ExportState::Waiting {
        // It was given up on meanwhile: the account was erased, or another worker was faster.
        return Ok(exports::let_go(tx, &archive.0)?);
    }
    let ready = export.ready(archive, call.now);
    exports::save(tx, &ready)?;
    trace(tx, call, &ready, "export_ready")
}

/// Gives up on an export.
///
/// # Errors
/// As the store reports them.
pub(crate) fn give_up(tx: &mut Tx, call: &Call, id: ExportId) -> Result<(), Failure> {
    let export = exports::lock(tx, id)?;
    if export.state != ExportState::Waiting {
        return Ok(());
    }
    let failed = export.failed(call.now);
    exports::save(tx, &failed)?;
    trace(tx, call, &failed, "export_failed")
}

/// Lets go of an archive, if there is one.
///
/// # Errors
/// As the store reports them.
pub(crate) fn expire(tx: &mut Tx, call: &Call, id: ExportId) -> Result<bool, Failure> {
    let export = exports::lock(tx, id)?;
    let Some((digest, _)) = export.archive else {
        return Ok(false);
    };
    let expired = export.expired();
    exports::save(tx, &expired)?;
    exports::let_go(tx, &digest)?;
    trace(tx, call, &expired, "export_expired")?;
    Ok(true)
}

/// Lets go of every export of somebody who is being erased.
///
/// # Errors
/// As the store reports them.
pub(crate) fn drop_all(tx: &mut Tx, call: &Call, person: PersonId) -> Result<(), Failure> {
    for export in exports::of_person(tx, person, i64::from(u32::MAX))? {
        give_up(tx, call, export.id)?;
        expire(tx, call, export.id)?;
    }
    Ok(())
}

fn trace(tx: &mut Tx, call: &Call, export: &Export, kind: &str) -> Result<(), Failure> {
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(export.person),
        version: export.version,
        kind,
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&json!({ "export_id": export.id }))?,
    };
    Ok(events::append(tx, event)?)
}
