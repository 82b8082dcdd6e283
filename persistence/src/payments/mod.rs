//! What dossiers owe, and the attempts to pay it.

mod row;

use diesel::prelude::*;
use domain::{
    actor::Sight,
    ids::{AgencyId, DossierId, PaymentId},
    payments::{Obligation, Payment},
};

use self::row::{ObligationRow, PaymentRow};
use crate::{
    StoreError, Tx,
    dossiers::in_sight,
    native,
    schema::{dossiers, obligations, payments},
    sql::Sql,
};

/// The obligations of a dossier, in the order they were assessed.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn obligations_of(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Obligation>, StoreError> {
    let rows: Vec<ObligationRow> = native!(tx.conn(), c => obligations::table
        .filter(obligations::dossier_id.eq(Sql(dossier)))
        .order(obligations::id)
        .select(ObligationRow::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The attempts to pay for a dossier, oldest first.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Payment>, StoreError> {
    let rows: Vec<PaymentRow> = payments::table
        .filter(payments::dossier_id.eq(Sql(dossier)))
        .order(payments::id)
        .select(PaymentRow::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// One payment, if this actor may see its dossier.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist or is somebody else's.
pub fn find(tx: &mut Tx, id: PaymentId, sight: Sight) -> Result<Payment, StoreError> {
    let select = payments::table
        .inner_join(dossiers::table.on(dossiers::id.eq(payments::dossier_id)))
        .filter(payments::id.eq(Sql(id)))
        .select(PaymentRow::as_select());
    let row: PaymentRow = in_sight!(select, sight, query => query.first(tx.conn()))?;
    row.try_into()
}

/// Writes new obligations.
///
/// # Errors
/// [`StoreError::Refused`] when an amount makes no sense.
pub fn insert_obligations(
    tx: &mut Tx,
    agency: AgencyId,
    owed: &[Obligation],
) -> Result<(), StoreError> {
    for obligation in owed {
        let row = ObligationRow::of(agency, obligation)?;
        diesel::insert_into(obligations::table)
            .values(row)
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Writes the next state of obligations that are there.
///
/// # Errors
/// [`StoreError::Absent`] when one is not there.
pub fn update_obligations(
    tx: &mut Tx,
    agency: AgencyId,
    owed: &[Obligation],
) -> Result<(), StoreError> {
    for obligation in owed {
        let changed = diesel::update(obligations::table)
            .filter(obligations::id.eq(Sql(obligation.id)))
            .set(ObligationRow::of(agency, obligation)?)
            .execute(tx.conn())?;
        if changed != 1 {
            return Err(StoreError::Absent);
        }
    }
    Ok(())
}

/// Writes a new payment.
///
/// # Errors
/// [`StoreError::Duplicate`] when the receipt number is taken.
pub fn insert(tx: &mut Tx, agency: AgencyId, payment: &Payment) -> Result<(), StoreError> {
    let row = PaymentRow::of(agency, payment)?;
    diesel::insert_into(payments::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}
