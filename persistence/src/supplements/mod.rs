//! Supplement requests of dossiers.

use diesel::prelude::*;
use domain::{
    actor::Sight,
    ids::{AgencyId, DossierId, OfficerId, SupplementId},
    supplements::{SecondRoundReason, Supplement, SupplementStatus},
    time::Time,
};

use crate::{
    Json, StoreError, Tx,
    connection::MultiBackend,
    dossiers::in_sight,
    native,
    schema::{dossiers, supplements},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = supplements, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
struct SupplementRow {
    id: Sql<SupplementId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    round: i32,
    status: Sql<SupplementStatus>,
    asked_by: Sql<OfficerId>,
    consent_reason: Option<Sql<SecondRoundReason>>,
    consent_by: Option<Sql<OfficerId>>,
    items: Sql<Json>,
    legal_ground: String,
    asked_at: Sql<Time>,
    reply_by: Sql<Time>,
    old_due_at: Option<Sql<Time>>,
    new_due_at: Option<Sql<Time>>,
    answer: Option<Sql<Json>>,
    closed_at: Option<Sql<Time>>,
}

impl SupplementRow {
    fn of(agency: AgencyId, supplement: &Supplement) -> Result<Self, StoreError> {
        let Supplement {
            id,
            dossier,
            round,
            status,
            asked_by,
            consent,
            items,
            legal_ground,
            asked_at,
            reply_by,
            old_due_at,
            new_due_at,
            answer,
            closed_at,
        } = supplement;
        Ok(Self {
            id: Sql(*id),
            agency_id: Sql(agency),
            dossier_id: Sql(*dossier),
            round: i32::try_from(*round).map_err(|_| StoreError::Corrupt("a round".to_owned()))?,
            status: Sql(*status),
            asked_by: Sql(*asked_by),
            consent_reason: consent.map(|(reason, _)| Sql(reason)),
            consent_by: consent.map(|(_, by)| Sql(by)),
            items: Sql(Json::of(items)?),
            legal_ground: legal_ground.clone(),
            asked_at: Sql(*asked_at),
            reply_by: Sql(*reply_by),
            old_due_at: old_due_at.map(Sql),
            new_due_at: new_due_at.map(Sql),
            answer: answer.as_ref().map(Json::of).transpose()?.map(Sql),
            closed_at: closed_at.map(Sql),
        })
    }
}

impl TryFrom<SupplementRow> for Supplement {
    type Error = StoreError;

    fn try_from(row: SupplementRow) -> Result<Self, StoreError> {
        let SupplementRow {
            id: Sql(id),
            agency_id: _,
            dossier_id: Sql(dossier_id),
            round,
            status: Sql(status),
            asked_by: Sql(asked_by),
            consent_reason,
            consent_by,
            items: Sql(items),
            legal_ground,
            asked_at: Sql(asked_at),
            reply_by: Sql(reply_by),
            old_due_at,
            new_due_at,
            answer,
            closed_at,
        } = row;
        Ok(Self {
            id,
            dossier: dossier_id,
            round: u32::try_from(round).map_err(|_| StoreError::Corrupt("a round".to_owned()))?,
            status,
            asked_by,
            consent: consent_reason
                .map(Sql::into_inner)
                .zip(consent_by.map(Sql::into_inner)),
            items: items.parse()?,
            legal_ground,
            asked_at,
            reply_by,
            old_due_at: old_due_at.map(Sql::into_inner),
            new_due_at: new_due_at.map(Sql::into_inner),
            answer: answer.map(|Sql(answer)| answer.parse()).transpose()?,
            closed_at: closed_at.map(Sql::into_inner),
        })
    }
}

/// The requests of a dossier, by round. The caller has loaded the dossier, and with it settled who
/// may see them.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Supplement>, StoreError> {
    let rows: Vec<SupplementRow> = native!(tx.conn(), c => supplements::table
        .filter(supplements::dossier_id.eq(Sql(dossier)))
        .order(supplements::round)
        .select(SupplementRow::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The dossier a request belongs to, if this actor may see it.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist or is somebody else's.
pub fn dossier_of(tx: &mut Tx, id: SupplementId, sight: Sight) -> Result<DossierId, StoreError> {
    let select = supplements::table
        .inner_join(dossiers::table.on(dossiers::id.eq(supplements::dossier_id)))
        .filter(supplements::id.eq(Sql(id)))
        .select(dossiers::id);
    let Sql(dossier) = in_sight!(select, sight, query => query.first(tx.conn()))?;
    Ok(dossier)
}

/// Writes a new request, or the next state of one that is there.
///
/// # Errors
/// [`StoreError::Duplicate`] when another request of the dossier has this round.
pub fn save(tx: &mut Tx, agency: AgencyId, supplement: &Supplement) -> Result<(), StoreError> {
    let changed = diesel::update(supplements::table)
        .filter(supplements::id.eq(Sql(supplement.id)))
        .set(SupplementRow::of(agency, supplement)?)
        .execute(tx.conn())?;
    if changed == 0 {
        let row = SupplementRow::of(agency, supplement)?;
        diesel::insert_into(supplements::table)
            .values(row)
            .execute(tx.conn())?;
    }
    Ok(())
}
