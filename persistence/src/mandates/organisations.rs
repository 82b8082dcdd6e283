//! Organisations that are acted for.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    ids::OrganisationId,
    mandates::{Organisation, TaxCode},
    time::Time,
};

use crate::{StoreError, Tx, schema::organisations, sql::Sql};

/// Adds an organisation. Counted with the mandate that brings it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn insert_organisation(tx: &mut Tx, organisation: &Organisation) -> Result<(), StoreError> {
    let Organisation {
        id,
        name,
        tax_code,
        confirmed_at,
        created_at,
    } = organisation;
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(Sql(*id)),
            organisations::name.eq(name.as_str()),
            organisations::tax_code.eq(tax_code.as_str()),
            organisations::confirmed_at.eq(confirmed_at.map(Sql)),
            organisations::created_at.eq(Sql(*created_at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// An organisation.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn organisation(tx: &mut Tx, id: OrganisationId) -> Result<Organisation, StoreError> {
    let (name, code, confirmed_at, Sql(created_at)): (
        String,
        String,
        Option<Sql<Time>>,
        Sql<Time>,
    ) = organisations::table
        .find(Sql(id))
        .select((
            organisations::name,
            organisations::tax_code,
            organisations::confirmed_at,
            organisations::created_at,
        ))
        .first(tx.conn())?;
    Ok(Organisation {
        id,
        name,
        tax_code: TaxCode::parse(&code)
            .map_err(|_| StoreError::Corrupt("a tax code".to_owned()))?,
        confirmed_at: confirmed_at.map(Sql::into_inner),
        created_at,
    })
}

/// The organisation of this tax code that an officer has confirmed.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn confirmed_organisation(
    tx: &mut Tx,
    code: &TaxCode,
) -> Result<Option<OrganisationId>, StoreError> {
    let found: Option<Sql<OrganisationId>> = organisations::table
        .filter(organisations::confirmed_at.is_not_null())
        .filter(organisations::tax_code.eq(code.as_str()))
        .select(organisations::id)
        .first(tx.conn())
        .optional()?;
    Ok(found.map(Sql::into_inner))
}

/// An officer has looked at the evidence about an organisation.
///
/// # Errors
/// [`StoreError::Duplicate`] when another one of this tax code was confirmed meanwhile.
pub fn confirm_organisation(tx: &mut Tx, id: OrganisationId, at: Time) -> Result<(), StoreError> {
    let first = organisations::table
        .find(Sql(id))
        .filter(organisations::confirmed_at.is_null());
    diesel::update(first)
        .set(organisations::confirmed_at.eq(Some(Sql(at))))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes an organisation that turned out to be one that is there already.
///
/// # Errors
/// [`StoreError::Foreign`] while a mandate refers to it.
pub fn remove_organisation(tx: &mut Tx, id: OrganisationId) -> Result<(), StoreError> {
    diesel::delete(organisations::table.find(Sql(id))).execute(tx.conn())?;
    Ok(())
}
