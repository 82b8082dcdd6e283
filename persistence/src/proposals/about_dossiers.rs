//! Proposals about dossiers: seen by those who hold the dossier now.

use diesel::prelude::*;
use domain::{
    actor::Sight,
    ids::{DossierId, ProposalId},
    proposals::Proposal,
};

use super::{Key, Row};
use crate::{
    StoreError, Tx,
    dossiers::in_sight,
    page::{Limit, Page},
    schema::{dossiers, proposals},
    sql::{Sql, for_update, row_before},
};

/// A proposal, and the official code of the dossier it is about.
pub type AboutDossier = (Proposal, Option<String>);

macro_rules! joined {
    () => {
        proposals::table
            .inner_join(dossiers::table.on(dossiers::id.nullable().eq(proposals::dossier_id)))
    };
}

/// Which dossier a proposal is about, if it is in sight: it is locked before the proposal is.
///
/// # Errors
/// [`StoreError::Absent`], also for one that is not theirs to see, or about an officer.
pub fn dossier_of(tx: &mut Tx, id: ProposalId, sight: Sight) -> Result<DossierId, StoreError> {
    let one = joined!()
        .filter(proposals::id.eq(Sql(id)))
        .select(dossiers::id);
    let Sql(dossier) = in_sight!(one, sight, query => query.first(tx.conn()))?;
    Ok(dossier)
}

/// A proposal about a dossier that is locked, locked too until the transaction ends.
///
/// # Errors
/// [`StoreError::Absent`] when it is about something else.
pub fn lock_about_dossier(
    tx: &mut Tx,
    id: ProposalId,
    dossier: DossierId,
) -> Result<Proposal, StoreError> {
    let one = proposals::table
        .find(Sql(id))
        .filter(proposals::dossier_id.eq(Sql(dossier)))
        .select(Row::as_select());
    let row: Row = for_update(one).get_result(tx.conn())?;
    row.into_proposal()
}

/// The proposals about dossiers in sight, newest first.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn list_about_dossiers(
    tx: &mut Tx,
    sight: Sight,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<AboutDossier, Key>, StoreError> {
    let select = joined!().select((Row::as_select(), dossiers::code));
    let mut newest = in_sight!(select, sight, query => query.into_boxed())
        .order((proposals::proposed_at.desc(), proposals::id.desc()))
        .limit(limit.and_one());
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (proposals::proposed_at, proposals::id),
            (Sql(at), Sql(id)),
        ));
    }
    let rows: Vec<(Row, Option<String>)> = newest.load(tx.conn())?;
    let page = Page::cut(rows, limit, |(row, _)| row.key());
    page.try_map(|(row, code)| Ok((row.into_proposal()?, code)))
}
