//! Who may read what was drafted under a mandate now.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::{
    ids::{MandateId, OrganisationId, PersonId, WardId},
    mandates::MandateState,
    procedures::ProcedureCode,
};

use crate::{StoreError, Tx, schema::mandates, sql::Sql};

/// Whoever a mandate of this day opens a dossier of the procedure to, that was drafted under `pinned`: its
/// delegate, and those of other mandates of the same ward or organisation. The condition of
/// `opened_to`, asked the other way round.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn delegates_on(
    tx: &mut Tx,
    pinned: MandateId,
    procedure: &ProcedureCode,
    on: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    type Of = (Option<Sql<WardId>>, Option<Sql<OrganisationId>>);
    let of: Option<Of> = mandates::table
        .find(Sql(pinned))
        .select((mandates::ward_id, mandates::organisation_id))
        .first(tx.conn())
        .optional()?;
    let within = format!("%|{}|%", procedure.as_str());
    let stands = mandates::table
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .filter(mandates::valid_from.le(Sql(on)))
        .filter(
            mandates::valid_until
                .is_null()
                .or(mandates::valid_until.assume_not_null().ge(Sql(on))),
        )
        .filter(
            mandates::procedures
                .is_null()
                .or(mandates::procedures.assume_not_null().like(within)),
        )
        .order(mandates::id)
        .select(mandates::delegate_id);
    let delegates: Vec<Sql<PersonId>> = match of {
        None => Vec::new(),
        Some((Some(ward), _)) => stands
            .filter(mandates::ward_id.assume_not_null().eq(ward))
            .load(tx.conn())?,
        Some((None, Some(organisation))) => stands
            .filter(mandates::organisation_id.assume_not_null().eq(organisation))
            .load(tx.conn())?,
        Some((None, None)) => stands
            .filter(mandates::id.eq(Sql(pinned)))
            .load(tx.conn())?,
    };
    Ok(delegates.into_iter().map(Sql::into_inner).collect())
}
