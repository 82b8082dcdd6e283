//! What is past its time: how much there is, the oldest of it, and its removal, a bounded number at a
//! time.

use diesel::{
    ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl,
    dsl::{exists, not},
};
use domain::{
    dossiers::State,
    ids::{DossierId, PersonId},
    retention::Kept,
    time::Time,
};

use crate::{
    StoreError, Tx, idempotency, notices, one_time_codes, outbox,
    purge::Purge,
    schema::{dossiers, mandates, payments},
    sessions,
    sql::Sql,
    throttles,
};

/// How much of something is past its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// How many rows.
    pub count: i64,
    /// Since when the oldest is kept, or past its end.
    pub oldest: Option<Time>,
}

/// A draft that nobody has touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleDraft {
    /// The draft.
    pub id: DossierId,
    /// Its version.
    pub version: i64,
    /// Whose it is; of a ward or an organisation, whose mandate it was drafted under.
    pub whose: PersonId,
}

fn rows(what: Kept, before: Time, most: i64) -> Purge {
    match what {
        // Of a dossier that money was paid for, nothing is removed.
        Kept::Drafts => Purge {
            table: "dossiers",
            key: "id",
            condition: "state = 'draft' AND NOT EXISTS \
                (SELECT 1 FROM payments WHERE payments.dossier_id = dossiers.id)",
            at: "updated_at",
            before,
            most,
        },
        Kept::Exports => Purge {
            table: "exports",
            key: "id",
            condition: "state = 'ready'",
            at: "expires_at",
            before,
            most,
        },
        Kept::OneTimeCodes => one_time_codes::past(before, most),
        Kept::IdempotencyKeys => idempotency::past(before, most),
        Kept::Deliveries => outbox::past(before, most),
        Kept::RefreshTokens => sessions::tokens::past(before, most),
        Kept::Sessions => sessions::past(before, most),
        Kept::Throttles => throttles::past(before, most),
        Kept::Notices => notices::past(before, most),
    }
}

/// How much is past its time.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn past(tx: &mut Tx, what: Kept, before: Time) -> Result<Past, StoreError> {
    let (count, oldest) = rows(what, before, 0).count(tx)?;
    Ok(Past { count, oldest })
}

/// Removes what is past its time and no more than rows, oldest first and at most so many; how many.
/// Drafts and exports are more than rows: they are let go of one by one.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn remove(tx: &mut Tx, what: Kept, before: Time, most: i64) -> Result<usize, StoreError> {
    match what {
        Kept::Drafts | Kept::Exports => Ok(0),
        Kept::OneTimeCodes
        | Kept::IdempotencyKeys
        | Kept::Deliveries
        | Kept::RefreshTokens
        | Kept::Sessions
        | Kept::Throttles
        | Kept::Notices => rows(what, before, most).run(tx),
    }
}

/// Drafts that nobody has touched since then, and nobody has paid for; the oldest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn idle_drafts(tx: &mut Tx, before: Time, most: i64) -> Result<Vec<IdleDraft>, StoreError> {
    let paid = payments::table.filter(payments::dossier_id.eq(dossiers::id));
    let found: Vec<(DossierId, i64, Option<PersonId>, Option<PersonId>)> = dossiers::table
        .left_join(mandates::table.on(dossiers::mandate_id.eq(mandates::id.nullable())))
        .filter(dossiers::state.eq(Sql(State::Draft)))
        .filter(dossiers::updated_at.lt(Sql(before)))
        .filter(not(exists(paid)))
        .order((dossiers::updated_at.asc(), dossiers::id.asc()))
        .limit(most)
        .select((
            dossiers::id,
            dossiers::version,
            dossiers::owner_id,
            mandates::delegate_id.nullable(),
        ))
        .load(tx.conn())?;
    // A draft of nobody's account stands under a mandate, which may have ended since.
    let idle = |(id, version, owner, delegate): (DossierId, i64, Option<PersonId>, _)| {
        let whose = owner.or(delegate)?;
        Some(IdleDraft { id, version, whose })
    };
    Ok(found.into_iter().filter_map(idle).collect())
}
