//! Supplement requests whose time ends soon, to be reminded of once.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl,
    dsl::{exists, select},
};
use domain::{
    dossiers::State,
    ids::{AgencyId, DossierId, SupplementId},
    supplements::SupplementStatus,
    time::Time,
};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    schema::{dossiers, notices, supplements},
    sql::{Sql, Written},
};

/// What the index of reminders covers.
const REMINDER: Written = Written("notices.kind = 'supplement_due_soon'");

/// A request nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unanswered {
    /// The request.
    pub supplement: SupplementId,
    /// Its dossier.
    pub dossier: DossierId,
    /// The agency that asks.
    pub agency: AgencyId,
    /// Until when it can be answered.
    pub reply_by: Time,
}

/// Where the worker's look goes on.
pub type Place = (Time, SupplementId);

/// Open requests of somebody's account that end between now and then, those that end
/// first before the others: the worker looks through all, because how soon is soon depends on the
/// agency's working days.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn due_before(
    tx: &mut Tx,
    (now, then): (Time, Time),
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Unanswered>, StoreError> {
    type Columns = (Sql<SupplementId>, Sql<DossierId>, Sql<AgencyId>, Sql<Time>);
    let from = after.map_or(now, |(at, _)| at);
    let beyond = after.map_or(Uuid::nil(), |(_, id)| id.uuid());
    let rows: Vec<Columns> = supplements::table
        .inner_join(dossiers::table.on(dossiers::id.eq(supplements::dossier_id)))
        .filter(supplements::status.eq(Sql(SupplementStatus::Open)))
        .filter(
            supplements::reply_by.gt(Sql(from)).or(supplements::reply_by
                .eq(Sql(from))
                .and(supplements::id.gt(Sql(beyond)))),
        )
        .filter(supplements::reply_by.le(Sql(then)))
        .filter(dossiers::state.eq(Sql(State::SupplementRequested)))
        .filter(
            dossiers::owner_id
                .is_not_null()
                .or(dossiers::mandate_id.is_not_null()),
        )
        .order((supplements::reply_by, supplements::id))
        .limit(limit)
        .select((
            supplements::id,
            supplements::dossier_id,
            supplements::agency_id,
            supplements::reply_by,
        ))
        .load(tx.conn())?;
    let unanswered = |(Sql(supplement), Sql(dossier), Sql(agency), Sql(reply_by))| Unanswered {
        supplement,
        dossier,
        agency,
        reply_by,
    };
    Ok(rows.into_iter().map(unanswered).collect())
}

/// Those of these requests that somebody was reminded of.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn reminded(tx: &mut Tx, requests: &[Unanswered]) -> Result<Vec<SupplementId>, StoreError> {
    let ids = requests.iter().map(|it| Some(Sql(it.supplement.uuid())));
    let found: Vec<Option<Sql<Uuid>>> = notices::table
        .filter(notices::about_id.eq_any(ids))
        .filter(REMINDER)
        .select(notices::about_id)
        .load(tx.conn())?;
    let found = found.into_iter().flatten();
    Ok(found.map(|Sql(id)| SupplementId::from_uuid(id)).collect())
}

/// Whether somebody was reminded of a request.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn was_reminded(tx: &mut Tx, supplement: SupplementId) -> Result<bool, StoreError> {
    let reminder = notices::table
        .filter(notices::about_id.eq(Sql(supplement.uuid())))
        .filter(REMINDER);
    Ok(select(exists(reminder)).get_result(tx.conn())?)
}
