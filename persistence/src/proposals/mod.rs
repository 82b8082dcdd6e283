//! What one officer proposed and another decides: four eyes.

mod about_dossiers;

pub use about_dossiers::{AboutDossier, dossier_of, list_about_dossiers, lock_about_dossier};

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    dsl::count_star,
};
use domain::{
    actor::Sight,
    ids::{AgencyId, DossierId, OfficerId, ProposalId},
    proposals::{About, Proposal, ProposalKind, ProposalState},
    time::Time,
};

use crate::{
    Json, StoreError, Tx,
    connection::MultiBackend,
    page::{Limit, Page},
    schema::proposals,
    sql::{Sql, for_update, row_before},
};

/// Where a list of proposals goes on: newest first.
pub type Key = (Time, ProposalId);

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = proposals, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Sql<ProposalId>,
    kind: Sql<ProposalKind>,
    agency_id: Sql<AgencyId>,
    about_id: Option<Sql<OfficerId>>,
    payload: Sql<Json>,
    payload_sha256: Vec<u8>,
    proposed_by: Sql<OfficerId>,
    proposed_at: Sql<Time>,
    expires_at: Sql<Time>,
    state: Sql<ProposalState>,
    decided_by: Option<Sql<OfficerId>>,
    decided_at: Option<Sql<Time>>,
    dossier_id: Option<Sql<DossierId>>,
}

impl Row {
    fn of(proposal: &Proposal) -> Self {
        let Proposal {
            id,
            kind,
            agency,
            about,
            payload,
            digest,
            proposed_by,
            proposed_at,
            expires_at,
            state,
            decided,
        } = proposal;
        let (officer, dossier) = match about {
            About::Officer(officer) => (Some(*officer), None),
            About::Dossier(dossier) => (None, Some(*dossier)),
        };
        Self {
            id: Sql(*id),
            kind: Sql(*kind),
            agency_id: Sql(*agency),
            about_id: officer.map(Sql),
            payload: Sql(Json::trusted(payload.clone())),
            payload_sha256: digest.to_vec(),
            proposed_by: Sql(*proposed_by),
            proposed_at: Sql(*proposed_at),
            expires_at: Sql(*expires_at),
            state: Sql(*state),
            decided_by: decided.map(|(by, _)| Sql(by)),
            decided_at: decided.map(|(_, at)| Sql(at)),
            dossier_id: dossier.map(Sql),
        }
    }

    fn into_proposal(self) -> Result<Proposal, StoreError> {
        let Self {
            id: Sql(id),
            kind: Sql(kind),
            agency_id: Sql(agency),
            about_id,
            payload: Sql(payload),
            payload_sha256,
            proposed_by: Sql(proposed_by),
            proposed_at: Sql(proposed_at),
            expires_at: Sql(expires_at),
            state: Sql(state),
            decided_by,
            decided_at,
            dossier_id,
        } = self;
        let about = match (about_id, dossier_id) {
            (Some(Sql(officer)), None) => About::Officer(officer),
            (None, Some(Sql(dossier))) => About::Dossier(dossier),
            (Some(_), Some(_)) | (None, None) => {
                return Err(StoreError::Corrupt("whom a proposal is about".to_owned()));
            }
        };
        let digest = payload_sha256
            .try_into()
            .map_err(|_| StoreError::Corrupt("a digest of a proposal".to_owned()))?;
        Ok(Proposal {
            id,
            kind,
            agency,
            about,
            payload: payload.as_str().to_owned(),
            digest,
            proposed_by,
            proposed_at,
            expires_at,
            state,
            decided: decided_by
                .map(Sql::into_inner)
                .zip(decided_at.map(Sql::into_inner)),
        })
    }

    const fn key(&self) -> Key {
        (self.proposed_at.0, self.id.0)
    }
}

/// Adds a proposal. One event is owed.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert(tx: &mut Tx, proposal: &Proposal) -> Result<(), StoreError> {
    diesel::insert_into(proposals::table)
        .values(Row::of(proposal))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Whether the same thing is proposed already and can still be approved.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn waits(tx: &mut Tx, like: &Proposal, now: Time) -> Result<bool, StoreError> {
    let mut same = proposals::table
        .filter(proposals::kind.eq(Sql(like.kind)))
        .filter(proposals::payload_sha256.eq(like.digest.to_vec()))
        .filter(proposals::state.eq(Sql(ProposalState::Open)))
        .filter(proposals::expires_at.gt(Sql(now)))
        .select(count_star())
        .into_boxed();
    same = match like.about {
        About::Officer(officer) => same.filter(proposals::about_id.eq(Sql(officer))),
        About::Dossier(dossier) => same.filter(proposals::dossier_id.eq(Sql(dossier))),
    };
    let same: i64 = same.first(tx.conn())?;
    Ok(same > 0)
}

/// The proposal about an officer, if it is of an agency in sight.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn find(tx: &mut Tx, id: ProposalId, sight: Sight) -> Result<Proposal, StoreError> {
    let one = proposals::table
        .find(Sql(id))
        .filter(proposals::about_id.is_not_null())
        .select(Row::as_select());
    let row: Row = match sight {
        Sight::Province => one.first(tx.conn())?,
        Sight::Agency(agency) => one
            .filter(proposals::agency_id.eq(Sql(agency)))
            .first(tx.conn())?,
        Sight::Own(_) | Sight::Mandated(_) => return Err(StoreError::Absent),
    };
    row.into_proposal()
}

/// The proposal about an officer, locked until the transaction ends, if it is of an agency in sight.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see.
pub fn lock(tx: &mut Tx, id: ProposalId, sight: Sight) -> Result<Proposal, StoreError> {
    for_update(
        proposals::table
            .find(Sql(id))
            .select(proposals::payload_sha256),
    )
    .get_result::<Vec<u8>>(tx.conn())?;
    find(tx, id, sight)
}

/// Writes down how a proposal was decided, once. One event is owed.
///
/// # Errors
/// [`StoreError::Absent`] when it was decided before, [`StoreError::Refused`] with
/// `proposals_four_eyes` when the one who approves is the one who proposed.
pub fn decide(tx: &mut Tx, proposal: &Proposal) -> Result<(), StoreError> {
    let open = proposals::table
        .find(Sql(proposal.id))
        .filter(proposals::state.eq(Sql(ProposalState::Open)));
    let changed = diesel::update(open)
        .set((
            proposals::state.eq(Sql(proposal.state)),
            proposals::decided_by.eq(proposal.decided.map(|(by, _)| Sql(by))),
            proposals::decided_at.eq(proposal.decided.map(|(_, at)| Sql(at))),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(StoreError::Absent);
    }
    tx.note_save();
    Ok(())
}

/// The proposals about officers in sight, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list(
    tx: &mut Tx,
    sight: Sight,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Proposal, Key>, StoreError> {
    let mut newest = proposals::table
        .order((proposals::proposed_at.desc(), proposals::id.desc()))
        .limit(limit.and_one())
        .filter(proposals::about_id.is_not_null())
        .select(Row::as_select())
        .into_boxed();
    match sight {
        Sight::Province => {}
        Sight::Agency(agency) => newest = newest.filter(proposals::agency_id.eq(Sql(agency))),
        Sight::Own(_) | Sight::Mandated(_) => {
            return Page::cut(Vec::new(), limit, Row::key).try_map(Row::into_proposal);
        }
    }
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (proposals::proposed_at, proposals::id),
            (Sql(at), Sql(id)),
        ));
    }
    Page::cut(newest.load(tx.conn())?, limit, Row::key).try_map(Row::into_proposal)
}
