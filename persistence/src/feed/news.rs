//! Whom new events concern: asked once for all phones that wait, not once by each.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::{
    ids::{MandateId, OrganisationId, PersonId, WardId},
    mandates::MandateState,
};
use serde::Deserialize;

use crate::{
    Json, StoreError, Tx, native,
    schema::{events, mandates},
    sql::Sql,
};

/// What has happened since a place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The last place looked at.
    pub upto: i64,
    /// Whether there is more after it.
    pub more: bool,
    /// The citizens it concerns.
    pub people: BTreeSet<PersonId>,
}

/// Who holds a mandate, as its events say.
#[derive(Deserialize)]
struct Parties {
    delegate_id: PersonId,
}

type Row = (i64, Option<PersonId>, Option<MandateId>, String, Json);

/// Whom the first events after a place concern: whose they are, and who holds mandates over them.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<News, StoreError> {
    let rows: Vec<Row> = native!(tx.conn(), c => events::table
        .filter(events::seq.gt(seq))
        .order(events::seq.asc())
        .limit(limit)
        .select((
            events::seq.assume_not_null(),
            events::person_id,
            events::mandate_id,
            events::kind,
            events::payload,
        ))
        .load(c))?;
    let mut news = News {
        upto: rows.last().map_or(seq, |(last, ..)| *last),
        more: i64::try_from(rows.len()).is_ok_and(|found| found >= limit),
        people: BTreeSet::new(),
    };
    let mut under = BTreeSet::new();
    for (_, person, mandate, kind, payload) in rows {
        news.people.extend(person);
        under.extend(mandate);
        if kind.starts_with("mandate_") {
            let Parties { delegate_id } = payload.parse()?;
            news.people.insert(delegate_id);
        }
    }
    for mandate in under {
        news.people.extend(delegates(tx, mandate)?);
    }
    Ok(news)
}

type Given = (PersonId, Option<WardId>, Option<OrganisationId>);

/// Who holds the mandate, or another one of the same ward or organisation.
fn delegates(tx: &mut Tx, mandate: MandateId) -> Result<Vec<PersonId>, StoreError> {
    let given: Option<Given> = mandates::table
        .find(Sql(mandate))
        .select((
            mandates::delegate_id,
            mandates::ward_id,
            mandates::organisation_id,
        ))
        .first(tx.conn())
        .optional()?;
    let active = mandates::table
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .select(mandates::delegate_id);
    Ok(match given {
        None => Vec::new(),
        Some((delegate, None, None)) => vec![delegate],
        Some((_, Some(ward), _)) => active
            .filter(mandates::ward_id.assume_not_null().eq(Sql(ward)))
            .load(tx.conn())?,
        Some((_, None, Some(organisation))) => active
            .filter(
                mandates::organisation_id
                    .assume_not_null()
                    .eq(Sql(organisation)),
            )
            .load(tx.conn())?,
    })
}
