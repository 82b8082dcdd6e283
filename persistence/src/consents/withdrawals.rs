//! Consents that were taken back: appended beside the consents, and never changed.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use domain::{
    consents::{Consent, Withdrawal, WithdrawalEffect},
    ids::{ConsentId, PersonId},
    time::Time,
};

use super::ConsentRow;
use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    schema::{consent_withdrawals, consents},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = consent_withdrawals, check_for_backend(MultiBackend))]
struct Row {
    consent_id: Sql<ConsentId>,
    person_id: Sql<PersonId>,
    withdrawn_at: Sql<Time>,
    effect: Sql<WithdrawalEffect>,
}

impl From<Row> for Withdrawal {
    fn from(row: Row) -> Self {
        let Row {
            consent_id: Sql(consent),
            person_id: Sql(person),
            withdrawn_at: Sql(withdrawn_at),
            effect: Sql(effect),
        } = row;
        Self {
            consent,
            person,
            withdrawn_at,
            effect,
        }
    }
}

/// Keeps that a consent was taken back. One event is owed.
///
/// # Errors
/// [`StoreError::Duplicate`] with `consent_withdrawals_pkey` when it was before.
pub fn append(tx: &mut Tx, withdrawal: &Withdrawal) -> Result<(), StoreError> {
    let Withdrawal {
        consent,
        person,
        withdrawn_at,
        effect,
    } = *withdrawal;
    diesel::insert_into(consent_withdrawals::table)
        .values(Row {
            consent_id: Sql(consent),
            person_id: Sql(person),
            withdrawn_at: Sql(withdrawn_at),
            effect: Sql(effect),
        })
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// The withdrawal of a consent, if it was taken back.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_consent(tx: &mut Tx, consent: ConsentId) -> Result<Option<Withdrawal>, StoreError> {
    let row: Option<Row> = consent_withdrawals::table
        .find(Sql(consent))
        .select(Row::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row.map(Into::into))
}

/// A consent of this person.
///
/// # Errors
/// [`StoreError::Absent`], also for somebody else's.
pub fn consent_of(tx: &mut Tx, id: ConsentId, person: PersonId) -> Result<Consent, StoreError> {
    let row: ConsentRow = consents::table
        .find(Sql(id))
        .filter(consents::person_id.eq(Some(Sql(person))))
        .select(ConsentRow::as_select())
        .first(tx.conn())?;
    row.try_into()
}

/// The newest consents of a person, with what was taken back.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_person(
    tx: &mut Tx,
    person: PersonId,
    most: i64,
) -> Result<Vec<(Consent, Option<Withdrawal>)>, StoreError> {
    let rows: Vec<ConsentRow> = consents::table
        .filter(consents::person_id.eq(Some(Sql(person))))
        .order((consents::given_at.desc(), consents::id.desc()))
        .limit(most)
        .select(ConsentRow::as_select())
        .load(tx.conn())?;
    let with = |row: ConsentRow| {
        let consent: Consent = row.try_into()?;
        let withdrawal = of_consent(tx, consent.id)?;
        Ok((consent, withdrawal))
    };
    rows.into_iter().map(with).collect()
}
