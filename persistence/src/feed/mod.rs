//! What a citizen's phone follows: the sequenced events of its citizen, and of what mandates open.

mod news;

pub use news::{News, after as news_after};

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{
    ids::{DossierId, MandateId, OrganisationId, PersonId, WardId},
    mandates::MandateState,
};

use crate::{
    StoreError, Tx, native,
    schema::{events, mandates},
    sql::Sql,
};

/// An event, as far as a phone has to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Step {
    /// Its place in the order.
    pub seq: i64,
    /// The dossier it happened to.
    pub dossier: Option<DossierId>,
    /// What happened.
    pub kind: String,
}

/// A part of the order: after the first place, up to the second one.
pub type Span = (i64, i64);

macro_rules! steps {
    ($of:expr, $span:expr, $limit:expr) => {
        events::table
            .filter($of)
            .filter(events::seq.gt($span.0))
            .filter(events::seq.le($span.1))
            .order(events::seq.asc())
            .limit($limit)
            .select((
                events::seq.assume_not_null(),
                events::dossier_id,
                events::kind,
            ))
    };
}

/// The first events of a citizen's own in a part of the order.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn own(tx: &mut Tx, person: PersonId, span: Span, limit: i64) -> Result<Vec<Step>, StoreError> {
    Ok(native!(tx.conn(), c => {
        steps!(events::person_id.eq(Sql(person)), span, limit).load(c)
    })?)
}

/// The first events of dossiers that were drafted under a mandate.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn under(
    tx: &mut Tx,
    mandate: MandateId,
    span: Span,
    limit: i64,
) -> Result<Vec<Step>, StoreError> {
    Ok(native!(tx.conn(), c => {
        steps!(events::mandate_id.eq(Sql(mandate)), span, limit).load(c)
    })?)
}

/// A mandate that somebody holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Held {
    /// Its id.
    pub id: MandateId,
    /// Its version.
    pub version: i64,
    /// The ward it was given for.
    pub ward: Option<WardId>,
    /// The organisation that gave it.
    pub organisation: Option<OrganisationId>,
}

/// The mandates that stand on a day and that somebody holds, by id.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn held(tx: &mut Tx, person: PersonId, on: NaiveDate) -> Result<Vec<Held>, StoreError> {
    Ok(native!(tx.conn(), c => mandates::table
        .filter(mandates::delegate_id.eq(Sql(person)))
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .filter(mandates::valid_from.le(Sql(on)))
        .filter(
            mandates::valid_until
                .is_null()
                .or(mandates::valid_until.assume_not_null().ge(Sql(on))),
        )
        .order(mandates::id)
        .select((
            mandates::id,
            mandates::version,
            mandates::ward_id,
            mandates::organisation_id,
        ))
        .load(c))?)
}

/// The mandates under which dossiers were drafted that these may open: themselves, and others of the same
/// ward or organisation.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn reached(tx: &mut Tx, held: &[Held]) -> Result<Vec<MandateId>, StoreError> {
    let mut reached: Vec<MandateId> = Vec::new();
    for one in held {
        reached.push(one.id);
        if let Some(ward) = one.ward {
            reached.extend(of_ward(tx, ward)?);
        }
        if let Some(organisation) = one.organisation {
            reached.extend(of_organisation(tx, organisation)?);
        }
    }
    reached.sort_unstable();
    reached.dedup();
    Ok(reached)
}

fn of_ward(tx: &mut Tx, ward: WardId) -> Result<Vec<MandateId>, StoreError> {
    let ids: Vec<Sql<MandateId>> = mandates::table
        .filter(mandates::ward_id.assume_not_null().eq(Sql(ward)))
        .select(mandates::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}

fn of_organisation(tx: &mut Tx, one: OrganisationId) -> Result<Vec<MandateId>, StoreError> {
    let ids: Vec<Sql<MandateId>> = mandates::table
        .filter(mandates::organisation_id.assume_not_null().eq(Sql(one)))
        .select(mandates::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(Sql::into_inner).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

    use diesel::{
        Connection, QueryableByName, RunQueryDsl, debug_query, sql_query,
        sql_types::Text,
        sqlite::{Sqlite, SqliteConnection},
    };
    use uuid::Uuid;

    use super::*;
    use crate::Store;

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    /// A phone that asks in vain must not make anybody walk through the log.
    #[test]
    fn what_a_phone_asks_for_is_found_by_an_index_in_its_order() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("store.db");
        let path = path.to_str().unwrap();
        Store::migrate(path).unwrap();
        let mut conn = SqliteConnection::establish(path).unwrap();
        let person = PersonId::from_uuid(Uuid::nil());
        let mandate = MandateId::from_uuid(Uuid::nil());
        let span = (1, 2);
        let own = steps!(events::person_id.eq(Sql(person)), span, 10);
        let own = debug_query::<Sqlite, _>(&own).to_string();
        let under = steps!(events::mandate_id.eq(Sql(mandate)), span, 10);
        let under = debug_query::<Sqlite, _>(&under).to_string();
        for (statement, found) in [
            (
                own,
                "USING INDEX events_person_seq (person_id=? AND seq>? AND seq<?)",
            ),
            (
                under,
                "USING INDEX events_mandate_seq (mandate_id=? AND seq>? AND seq<?)",
            ),
        ] {
            let (statement, _) = statement.split_once(" -- binds").unwrap();
            let plan: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}"))
                .load(&mut conn)
                .unwrap();
            assert_eq!(plan.len(), 1, "no sorting: {statement}");
            assert!(
                plan.iter().all(|step| step.detail.contains(found)),
                "{statement}"
            );
        }
    }
}
