//! Dossiers: read and written whole, always through a `Sight`, and opened only by a `Reading`.

mod archive;
mod columns;
mod drafts;
mod fields;
mod helping;
mod list;
mod listed;
mod row;
mod submitter;
mod waiting;

pub use archive::{Held, drafted_by_delegate, keep_for_the_agency, of_person, represented_by};
pub use drafts::{delete_draft, drafts_of, drafts_under};
pub use fields::{field_versions, forget_field_versions, keep_field_versions};
pub use list::{Awaited, Filter, Order, Place, Summary, awaited, counts_by_state, list};
pub use listed::Listed;
pub use waiting::{is_seen_by, state_for_worker, with_lapsed_supplement, with_running_clock};

use std::sync::Arc;

use diesel::prelude::*;
use domain::{
    actor::Sight,
    disclosures::Matter,
    dossiers::{Dossier, DossierCode, State},
    ids::{DossierId, WardId},
    personal::Personal,
};
use uuid::Uuid;

use self::row::DossierRow;
use crate::{
    StoreError, Tx,
    disclosures::{Reading, Subject, witness},
    native,
    schema::dossiers,
    sealing::{self, DataKey, wrapped_key},
    sql::{Sql, for_update},
};

macro_rules! in_sight {
    ($select:expr, $sight:expr, $query:ident => $run:expr) => {
        match $sight {
            Sight::Own(person) => {
                let $query = $select.filter(dossiers::owner_id.eq(Sql(person)));
                $run
            }
            Sight::Mandated(reach) => {
                let $query = $select.filter(
                    dossiers::owner_id
                        .eq(Sql(reach.person))
                        .or($crate::mandates::opened_to(reach)),
                );
                $run
            }
            Sight::Agency(agency) => {
                let $query = $select.filter(
                    dossiers::holder_id
                        .eq(Sql(agency))
                        .and(dossiers::state.ne(Sql(domain::dossiers::State::Draft))),
                );
                $run
            }
            Sight::Province => {
                let $query =
                    $select.filter(dossiers::state.ne(Sql(domain::dossiers::State::Draft)));
                $run
            }
        }
    };
}
pub(crate) use in_sight;

/// A row with the wrapped key it is sealed under.
type Sealed = (DossierRow, Option<Vec<u8>>);

/// The dossier of a row, once it is written down who opens it. Its key is kept until the transaction ends,
/// for writing it back.
fn opened(tx: &mut Tx, (row, wrapped): Sealed, reading: &Reading) -> Result<Dossier, StoreError> {
    let witness = witness(tx, reading, row.subject())?;
    let key = wrapped.map(|wrapped| tx.keys().unwrap(row.key_id(), &wrapped));
    let key = key.transpose()?.map(Arc::new);
    if let Some(key) = &key {
        tx.held().keep(row.id().uuid(), Arc::clone(key));
    }
    row.opened(key.as_deref(), &witness)
}

macro_rules! of_id {
    ($id:expr) => {
        dossiers::table
            .filter(dossiers::id.eq(Sql($id)))
            .select((DossierRow::as_select(), wrapped_key!(dossiers::key_id)))
    };
}

/// The dossier, if whoever reads may see it. Officers never see drafts.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist or is somebody else's: both look alike.
pub fn find(tx: &mut Tx, id: DossierId, reading: &Reading) -> Result<Dossier, StoreError> {
    let for_anybody = tx.seams().gives_any_dossier_to_anybody();
    let row: Sealed = native!(tx.conn(), c => {
        if for_anybody {
            of_id!(id).first(c)
        } else {
            in_sight!(of_id!(id), reading.sight(), query => query.first(c))
        }
    })?;
    opened(tx, row, reading)
}

/// Whether it is there and filed, at whatever agency. Nothing of it is opened.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn is_filed(tx: &mut Tx, id: DossierId) -> Result<bool, StoreError> {
    let filed = dossiers::table
        .filter(dossiers::id.eq(Sql(id)))
        .filter(dossiers::state.ne(Sql(State::Draft)))
        .select(dossiers::version);
    Ok(filed.first::<i64>(tx.conn()).optional()?.is_some())
}

/// The dossier, locked until the transaction ends: the first beat of every change.
///
/// # Errors
/// As [`find`].
pub fn lock(tx: &mut Tx, id: DossierId, reading: &Reading) -> Result<Dossier, StoreError> {
    let row: Sealed =
        in_sight!(of_id!(id), reading.sight(), query => for_update(query).get_result(tx.conn()))?;
    opened(tx, row, reading)
}

/// The dossier as the worker sees it: any state, any owner.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn lock_for_worker(tx: &mut Tx, id: DossierId) -> Result<Dossier, StoreError> {
    let row: Sealed = for_update(of_id!(id)).get_result(tx.conn())?;
    opened(tx, row, &Reading::House)
}

/// The dossier of an official code, for public tracking; the caller checks the second secret.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like; an unknown code is `None`.
pub fn of_code(tx: &mut Tx, code: &DossierCode) -> Result<Option<Dossier>, StoreError> {
    let row: Option<Sealed> = dossiers::table
        .filter(dossiers::code.eq(Some(code.as_str())))
        .select((DossierRow::as_select(), wrapped_key!(dossiers::key_id)))
        .first(tx.conn())
        .optional()?;
    row.map(|row| opened(tx, row, &Reading::House)).transpose()
}

/// The second secret that goes with an official code: one short column, so that a code that exists
/// takes no longer to refuse than one that does not.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like; an unknown code is `None`.
pub fn tracking_secret(
    tx: &mut Tx,
    code: &DossierCode,
) -> Result<Option<Personal<String>>, StoreError> {
    let secret: Option<Option<Sql<Personal<String>>>> = dossiers::table
        .filter(dossiers::code.eq(Some(code.as_str())))
        .select(dossiers::tracking_secret)
        .first(tx.conn())
        .optional()?;
    Ok(secret.flatten().map(Sql::into_inner))
}

/// The ward whose matter a dossier is, by the mandate it was drafted under.
fn ward_of(tx: &mut Tx, dossier: &Dossier) -> Result<Option<WardId>, StoreError> {
    use crate::schema::mandates;
    let Some(mandate) = dossier.mandate else {
        return Ok(None);
    };
    let ward: Option<Sql<WardId>> = mandates::table
        .filter(mandates::id.eq(Sql(mandate)))
        .select(mandates::ward_id)
        .first(tx.conn())?;
    Ok(ward.map(Sql::into_inner))
}

/// A new dossier, sealed under its owner's key or the ward's, or under one of its own where there is
/// neither.
///
/// # Errors
/// [`StoreError::Duplicate`] when the id is taken; [`StoreError::Foreign`] when the owner is not there.
pub fn insert(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    let key = match dossier.owner {
        Some(owner) => sealing::of_subject(tx, owner.uuid())?
            .ok_or(StoreError::Foreign { constraint: None })?,
        None => match ward_of(tx, dossier)? {
            Some(ward) => sealing::of_subject(tx, ward.uuid())?
                .ok_or(StoreError::Foreign { constraint: None })?,
            None => sealing::make(tx, dossier.id.uuid())?,
        },
    };
    let row = DossierRow::sealed(dossier, &key)?;
    diesel::insert_into(dossiers::table)
        .values(row)
        .execute(tx.conn())?;
    tx.held().keep(dossier.id.uuid(), key);
    tx.note_save();
    Ok(())
}

/// The next version of a dossier: exactly one row at the version before must be there.
///
/// # Errors
/// [`StoreError::Stale`] when somebody was faster.
pub fn update(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    let before = dossier.version.saturating_sub(1);
    let key = key_held(tx, dossier.id)?;
    let changed = diesel::update(dossiers::table)
        .filter(
            dossiers::id
                .eq(Sql(dossier.id))
                .and(dossiers::version.eq(before)),
        )
        .set(DossierRow::sealed(dossier, &key)?)
        .execute(tx.conn())?;
    tx.note_save();
    if changed == 1 {
        Ok(())
    } else {
        stale(tx, dossier.id)
    }
}

/// The key of a dossier, as a rule loaded with it.
fn key_held(tx: &mut Tx, id: DossierId) -> Result<Arc<DataKey>, StoreError> {
    match tx.held().of_row(id.uuid()) {
        Some(key) => Ok(key),
        None => key_of(tx, id),
    }
}

/// Whose personal fields a dossier holds, for the access log.
const fn subject_of(dossier: &Dossier) -> Subject {
    Subject {
        matter: Matter::Dossier(dossier.id),
        agency: dossier.filed_with,
        holder: dossier.agency,
        person: dossier.owner,
    }
}

/// The key of a dossier that this transaction has not loaded.
fn key_of(tx: &mut Tx, id: DossierId) -> Result<Arc<DataKey>, StoreError> {
    let subject: Sql<Uuid> = dossiers::table
        .filter(dossiers::id.eq(Sql(id)))
        .select(dossiers::key_id)
        .first(tx.conn())?;
    let key = sealing::of_subject(tx, subject.into_inner())?;
    key.ok_or_else(|| StoreError::Corrupt("the key of a dossier is gone".to_owned()))
}

fn stale(tx: &mut Tx, id: DossierId) -> Result<(), StoreError> {
    let current_version = dossiers::table
        .filter(dossiers::id.eq(Sql(id)))
        .select(dossiers::version)
        .first::<i64>(tx.conn())?;
    Err(StoreError::Stale { current_version })
}
