//! Who holds a mandate now.

use chrono::NaiveDate;
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    ids::{MandateId, PersonId},
    mandates::MandateState,
};

use crate::{StoreError, Tx, schema::mandates, sql::Sql};

/// The delegate of a mandate that stands on this day: whoever holds one may read.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn delegate_on(
    tx: &mut Tx,
    id: MandateId,
    on: NaiveDate,
) -> Result<Option<PersonId>, StoreError> {
    let stands = mandates::table
        .find(Sql(id))
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .filter(mandates::valid_from.le(Sql(on)))
        .filter(
            mandates::valid_until
                .is_null()
                .or(mandates::valid_until.ge(Some(Sql(on)))),
        )
        .select(mandates::delegate_id);
    let delegate: Option<Sql<PersonId>> = stands.first(tx.conn()).optional()?;
    Ok(delegate.map(Sql::into_inner))
}
