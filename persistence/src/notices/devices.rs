//! Devices that notices are pushed to. Their tokens are sealed under the citizen's key.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    ids::{PersonId, PushDeviceId, SessionId},
    notices::PushPlatform,
    personal::Personal,
    time::Time,
};

use crate::{
    StoreError, Tx,
    disclosures::Witness,
    schema::{push_devices, sessions},
    sealing::{self, DataKey, Row},
    sql::Sql,
};

/// How many devices somebody may have: a notice goes to each.
const MOST: i64 = 10;

/// A device as it is registered.
#[derive(Debug, Clone)]
pub struct PushDevice {
    /// Whose account is signed in on it.
    pub person: PersonId,
    /// What the app calls it.
    pub id: PushDeviceId,
    /// In which session: it ends with it.
    pub session: SessionId,
    /// Which sort of device.
    pub platform: PushPlatform,
    /// What the provider reaches it by.
    pub token: Personal<String>,
    /// A keyed digest of that.
    pub digest: Vec<u8>,
    /// When it was registered.
    pub registered_at: Time,
}

fn fields(id: PushDeviceId, key: &DataKey) -> Row<'_> {
    Row {
        table: "push_devices",
        id: id.uuid(),
        key,
    }
}

/// Registers a device, in place of what was registered for it; whether anything is new. A token reaches one
/// phone, and that phone is signed in to one account: whoever had it before has it no more. One event is
/// owed if anything is new.
///
/// # Errors
/// [`StoreError::Absent`] when the account is gone.
pub fn put(tx: &mut Tx, device: &PushDevice) -> Result<bool, StoreError> {
    let PushDevice {
        person,
        id,
        session,
        platform,
        token,
        digest,
        registered_at,
    } = device;
    let same = push_devices::table
        .find((Sql(*person), Sql(*id)))
        .filter(push_devices::token_digest.eq(digest.as_slice()))
        .filter(push_devices::session_id.eq(Sql(*session)))
        .select(push_devices::registered_at);
    let same: Option<Sql<Time>> = same.first(tx.conn()).optional()?;
    if same.is_some() {
        return Ok(false);
    }
    let key = sealing::of_subject(tx, person.uuid())?.ok_or(StoreError::Absent)?;
    let of_the_token = push_devices::table.filter(push_devices::token_digest.eq(digest.as_slice()));
    diesel::delete(of_the_token).execute(tx.conn())?;
    diesel::delete(push_devices::table.find((Sql(*person), Sql(*id)))).execute(tx.conn())?;
    diesel::insert_into(push_devices::table)
        .values((
            push_devices::person_id.eq(Sql(*person)),
            push_devices::id.eq(Sql(*id)),
            push_devices::session_id.eq(Sql(*session)),
            push_devices::platform.eq(Sql(*platform)),
            push_devices::token.eq(fields(*id, &key).seal("token", token)?),
            push_devices::token_digest.eq(digest.as_slice()),
            push_devices::registered_at.eq(Sql(*registered_at)),
        ))
        .execute(tx.conn())?;
    keep_the_newest(tx, *person)?;
    tx.note_save();
    Ok(true)
}

/// Forgets all but the newest of somebody's devices.
fn keep_the_newest(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let older: Vec<Sql<PushDeviceId>> = push_devices::table
        .filter(push_devices::person_id.eq(Sql(person)))
        .order((push_devices::registered_at.desc(), push_devices::id.desc()))
        .offset(MOST)
        .limit(MOST)
        .select(push_devices::id)
        .load(tx.conn())?;
    for id in older {
        diesel::delete(push_devices::table.find((Sql(person), id))).execute(tx.conn())?;
    }
    Ok(())
}

/// Takes a device out; whether it was there. One event is owed if it was.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn remove(tx: &mut Tx, person: PersonId, id: PushDeviceId) -> Result<bool, StoreError> {
    let gone =
        diesel::delete(push_devices::table.find((Sql(person), Sql(id)))).execute(tx.conn())?;
    if gone == 1 {
        tx.note_save();
    }
    Ok(gone == 1)
}

/// Takes out the devices of a session that ends: the phone is signed out.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub(crate) fn end(tx: &mut Tx, session: SessionId) -> Result<(), StoreError> {
    diesel::delete(push_devices::table.filter(push_devices::session_id.eq(Sql(session))))
        .execute(tx.conn())?;
    Ok(())
}

/// Where the citizen's phones are that are signed in now.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn signed_in(
    tx: &mut Tx,
    person: PersonId,
    now: Time,
) -> Result<Vec<PushDeviceId>, StoreError> {
    let ids: Vec<Sql<PushDeviceId>> = push_devices::table
        .inner_join(sessions::table)
        .filter(push_devices::person_id.eq(Sql(person)))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(Sql(now)))
        .order(push_devices::id)
        .select(push_devices::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}

/// What a device is reached by, if it is still signed in.
///
/// # Errors
/// [`StoreError::Corrupt`] when it does not open.
pub fn token(
    tx: &mut Tx,
    (person, id): (PersonId, PushDeviceId),
    now: Time,
) -> Result<Option<Personal<String>>, StoreError> {
    let sealed: Option<Vec<u8>> = push_devices::table
        .inner_join(sessions::table)
        .filter(push_devices::person_id.eq(Sql(person)))
        .filter(push_devices::id.eq(Sql(id)))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(Sql(now)))
        .select(push_devices::token)
        .first(tx.conn())
        .optional()?;
    let key = sealing::of_subject(tx, person.uuid())?;
    let (Some(sealed), Some(key)) = (sealed, key) else {
        return Ok(None);
    };
    // It goes to the provider, and nobody is shown it.
    let witness = Witness::of_no_officer();
    fields(id, &key).open("token", &sealed, &witness).map(Some)
}
