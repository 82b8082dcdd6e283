//! Mandates: read by either side and by the desk, always through a `Sight`.

mod delegates;
mod organisations;
mod reach;
mod row;
mod wards;

pub use delegates::delegates_on;
pub use organisations::{
    confirm_organisation, confirmed_organisation, insert_organisation, organisation,
    remove_organisation,
};
pub use reach::{delegate_of, may_act};
pub(crate) use reach::{of_the_mandator_of, of_what_is_held, opened_to};
pub(crate) use wards::blank_wards_without_key;
pub use wards::{confirm_ward, confirmed_ward, insert_ward, reindex_wards, remove_ward, ward};

use diesel::prelude::*;
use domain::{
    actor::Sight,
    ids::{DossierId, MandateId, OrganisationId, PersonId},
    mandates::{Ground, Mandate, MandateState, Mandator},
    personal::Personal,
    time::Time,
};

use self::row::{Row, sealed_for};
use crate::{
    StoreError, Tx,
    page::{Limit, Page},
    schema::{dossiers, mandates, people},
    sealing,
    sql::{Sql, for_update, row_before},
};

/// Where a list of mandates goes on: newest first.
pub type Key = (Time, MandateId);

fn opened(tx: &mut Tx, row: Row) -> Result<Mandate, StoreError> {
    let key = sealing::of_subject(tx, row.key_id())?;
    row.opened(key.as_deref())
}

/// Adds a mandate. One event is owed.
///
/// # Errors
/// [`StoreError::Duplicate`] when the id is taken; [`StoreError::Refused`] with
/// `mandates_not_to_oneself`.
pub fn insert(tx: &mut Tx, mandate: &Mandate) -> Result<(), StoreError> {
    let key = sealing::of_subject(tx, sealed_for(mandate))?;
    let key = key.ok_or(StoreError::Foreign { constraint: None })?;
    diesel::insert_into(mandates::table)
        .values(Row::sealed(mandate, &key)?)
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// The next version of a mandate. One event is owed.
///
/// # Errors
/// [`StoreError::Stale`] when somebody was faster; [`StoreError::Refused`] when nobody has agreed to
/// what is to stand.
pub fn update(tx: &mut Tx, mandate: &Mandate) -> Result<(), StoreError> {
    // Of whoever was erased nothing is left to seal, and nobody changes a word of it.
    let before = mandates::table
        .find(Sql(mandate.id))
        .filter(mandates::version.eq(mandate.version - 1));
    let key = sealing::of_subject(tx, sealed_for(mandate))?;
    let changed = match key {
        Some(key) => diesel::update(before)
            .set(Row::sealed(mandate, &key)?)
            .execute(tx.conn())?,
        None => diesel::update(before)
            .set((
                mandates::version.eq(mandate.version),
                mandates::state.eq(Sql(mandate.state)),
                mandates::ending.eq(mandate.ending.map(Sql)),
                mandates::ended_at.eq(mandate.ended_at.map(Sql)),
                mandates::updated_at.eq(Sql(mandate.updated_at)),
            ))
            .execute(tx.conn())?,
    };
    if changed == 0 {
        let current_version = mandates::table
            .find(Sql(mandate.id))
            .select(mandates::version)
            .first(tx.conn())?;
        return Err(StoreError::Stale { current_version });
    }
    tx.note_save();
    Ok(())
}

/// The organisations that somebody represents by law on this day.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn represented_by(
    tx: &mut Tx,
    person: PersonId,
    on: chrono::NaiveDate,
) -> Result<Vec<OrganisationId>, StoreError> {
    let rows: Vec<Row> = mandates::table
        .filter(mandates::delegate_id.eq(Sql(person)))
        .filter(mandates::ground.eq(Sql(Ground::LegalRepresentative)))
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .select(Row::as_select())
        .load(tx.conn())?;
    let mut found = Vec::new();
    for row in rows {
        let mandate = opened(tx, row)?;
        if let Mandator::Organisation(organisation) = mandate.mandator
            && mandate.stands(on)
        {
            found.push(organisation);
        }
    }
    Ok(found)
}

/// Whether either side of a mandate is this person: the delegate, the mandator, or who represents the
/// organisation today.
fn is_theirs(
    tx: &mut Tx,
    mandate: &Mandate,
    person: PersonId,
    on: chrono::NaiveDate,
) -> Result<bool, StoreError> {
    if mandate.delegate == person || mandate.mandator == Mandator::Person(person) {
        return Ok(true);
    }
    let Mandator::Organisation(organisation) = mandate.mandator else {
        return Ok(false);
    };
    Ok(represented_by(tx, person, on)?.contains(&organisation))
}

/// The mandate, if this actor may see it: its two sides, and the desk whose it is to confirm.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn find(tx: &mut Tx, id: MandateId, sight: Sight) -> Result<Mandate, StoreError> {
    let row: Row = mandates::table
        .find(Sql(id))
        .select(Row::as_select())
        .first(tx.conn())?;
    let mandate = opened(tx, row)?;
    let seen = match sight {
        Sight::Own(person) => {
            mandate.delegate == person || mandate.mandator == Mandator::Person(person)
        }
        Sight::Mandated(reach) => is_theirs(tx, &mandate, reach.person, reach.on)?,
        Sight::Agency(agency) => mandate.agency == Some(agency),
        Sight::Province => mandate.agency.is_some(),
    };
    if seen {
        Ok(mandate)
    } else {
        Err(StoreError::Absent)
    }
}

/// The mandate, locked until the transaction ends.
///
/// # Errors
/// As [`find`].
pub fn lock(tx: &mut Tx, id: MandateId, sight: Sight) -> Result<Mandate, StoreError> {
    for_update(mandates::table.find(Sql(id)).select(mandates::version))
        .get_result::<i64>(tx.conn())?;
    find(tx, id, sight)
}

/// The mandate a dossier in sight was drafted under, whosever it is.
///
/// # Errors
/// [`StoreError::Absent`] when it was drafted under none.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Mandate, StoreError> {
    let row: Row = mandates::table
        .inner_join(dossiers::table.on(dossiers::mandate_id.eq(mandates::id.nullable())))
        .filter(dossiers::id.eq(Sql(dossier)))
        .select(Row::as_select())
        .first(tx.conn())?;
    opened(tx, row)
}

/// The name on an account; empty where it was erased.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn name_of(tx: &mut Tx, person: PersonId) -> Result<Personal<String>, StoreError> {
    let name: Option<Sql<Personal<String>>> = people::table
        .find(Sql(person))
        .select(people::full_name)
        .first(tx.conn())
        .optional()?;
    Ok(name.map_or_else(|| Personal::new(String::new()), Sql::into_inner))
}

/// Whose mandates are listed.
#[derive(Debug, Clone)]
pub enum Of {
    /// What somebody has given and holds, with what these organisations have given.
    Person(PersonId, Vec<OrganisationId>),
    /// What waits, or waited, for a desk.
    Agency(domain::ids::AgencyId),
}

/// A page of mandates, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    of: &Of,
    state: Option<MandateState>,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Mandate, Key>, StoreError> {
    let mut newest = mandates::table
        .order((mandates::created_at.desc(), mandates::id.desc()))
        .limit(limit.and_one())
        .select(Row::as_select())
        .into_boxed();
    match of {
        Of::Person(person, organisations) => {
            newest = newest
                .filter(mandates::delegate_id.eq(Sql(*person)))
                .or_filter(mandates::mandator_id.assume_not_null().eq(Sql(*person)));
            for organisation in organisations {
                let given = mandates::organisation_id.assume_not_null();
                newest = newest.or_filter(given.eq(Sql(*organisation)));
            }
        }
        Of::Agency(agency) => {
            newest = newest.filter(mandates::agency_id.assume_not_null().eq(Sql(*agency)));
        }
    }
    if let Some(state) = state {
        newest = newest.filter(mandates::state.eq(Sql(state)));
    }
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (mandates::created_at, mandates::id),
            (Sql(at), Sql(id)),
        ));
    }
    let page = Page::cut(newest.load(tx.conn())?, limit, Row::key);
    page.try_map(|row| opened(tx, row))
}

/// Mandates that have not ended and whose last day was before this one.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn past(tx: &mut Tx, day: chrono::NaiveDate, most: i64) -> Result<Vec<MandateId>, StoreError> {
    let ids: Vec<Sql<MandateId>> = mandates::table
        .filter(mandates::state.ne(Sql(MandateState::Ended)))
        .filter(mandates::valid_until.assume_not_null().lt(Sql(day)))
        .order(mandates::valid_until)
        .limit(most)
        .select(mandates::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}

/// The mandate as the house sees it, locked: whosever it is.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn lock_for_worker(tx: &mut Tx, id: MandateId) -> Result<Mandate, StoreError> {
    let row: Row =
        for_update(mandates::table.find(Sql(id)).select(Row::as_select())).get_result(tx.conn())?;
    opened(tx, row)
}

/// What somebody has given or holds and has not ended.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn open_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Mandate>, StoreError> {
    let rows: Vec<Row> = mandates::table
        .filter(mandates::delegate_id.eq(Sql(person)))
        .or_filter(mandates::mandator_id.assume_not_null().eq(Sql(person)))
        .select(Row::as_select())
        .load(tx.conn())?;
    let open = rows.into_iter().map(|row| opened(tx, row));
    let open: Result<Vec<Mandate>, StoreError> = open.collect();
    Ok(open?
        .into_iter()
        .filter(|mandate| mandate.state != MandateState::Ended)
        .collect())
}
