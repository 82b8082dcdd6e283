//! Second factors (xác thực hai lớp) of officers: the secret of the device, and codes for when it is lost.

pub mod recovery;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl,
    dsl::{exists, select},
};
use domain::{ids::OfficerId, personal::Personal, time::Time};

use crate::{
    StoreError, Tx,
    disclosures::Witness,
    schema::{recovery_codes, second_factors},
    sealing::{self, Row},
    sql::Sql,
};

/// A device that makes codes, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose it is.
    pub officer: OfficerId,
    /// The shared secret, in base 32 (RFC 4648).
    pub secret: Personal<String>,
    /// When setting it up began.
    pub begun_at: Time,
    /// When a first code confirmed it, and the step of time of the newest code since.
    pub confirmed: Option<(Time, i64)>,
}

/// The table, as sealed fields are bound to it.
const TABLE: &str = "second_factors";

/// The officer's second factor, confirmed or not.
///
/// # Errors
/// [`StoreError::Corrupt`] when its secret does not open.
pub fn find(tx: &mut Tx, officer: OfficerId) -> Result<Option<SecondFactor>, StoreError> {
    type Columns = (Vec<u8>, Sql<Time>, Option<Sql<Time>>, Option<i64>);
    let row: Option<Columns> = second_factors::table
        .find(Sql(officer))
        .select((
            second_factors::secret,
            second_factors::begun_at,
            second_factors::confirmed_at,
            second_factors::last_step,
        ))
        .first(tx.conn())
        .optional()?;
    let Some((sealed, Sql(begun_at), confirmed_at, last_step)) = row else {
        return Ok(None);
    };
    let key = sealing::of_subject(tx, officer.uuid())?
        .ok_or_else(|| StoreError::Corrupt("the key of a second factor is not there".to_owned()))?;
    let row = Row {
        table: TABLE,
        id: officer.uuid(),
        key: &key,
    };
    Ok(Some(SecondFactor {
        officer,
        // It is compared, and shown to nobody once it is confirmed.
        secret: row.open("secret", &sealed, &Witness::of_no_officer())?,
        begun_at,
        confirmed: confirmed_at.map(Sql::into_inner).zip(last_step),
    }))
}

/// Whether the officer has a second factor that was confirmed.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn is_confirmed(tx: &mut Tx, officer: OfficerId) -> Result<bool, StoreError> {
    let confirmed = second_factors::table
        .filter(second_factors::officer_id.eq(Sql(officer)))
        .filter(second_factors::confirmed_at.is_not_null());
    Ok(select(exists(confirmed)).get_result(tx.conn())?)
}

/// Begins to set one up, in place of another that was never confirmed. The officer is locked.
///
/// # Errors
/// [`StoreError::Duplicate`] with `second_factors_pkey` when one is confirmed.
pub fn begin(
    tx: &mut Tx,
    officer: OfficerId,
    secret: &Personal<String>,
    now: Time,
) -> Result<(), StoreError> {
    let unconfirmed = second_factors::table
        .filter(second_factors::officer_id.eq(Sql(officer)))
        .filter(second_factors::confirmed_at.is_null());
    diesel::delete(unconfirmed).execute(tx.conn())?;
    let key = match sealing::of_subject(tx, officer.uuid())? {
        Some(key) => key,
        None => sealing::make(tx, officer.uuid())?,
    };
    let row = Row {
        table: TABLE,
        id: officer.uuid(),
        key: &key,
    };
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::officer_id.eq(Sql(officer)),
            second_factors::secret.eq(row.seal("secret", secret)?),
            second_factors::begun_at.eq(Sql(now)),
        ))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}

/// Confirms what was begun, by a code of this step; whether it was there to be confirmed.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn confirm(tx: &mut Tx, officer: OfficerId, step: i64, now: Time) -> Result<bool, StoreError> {
    let unconfirmed = second_factors::table
        .filter(second_factors::officer_id.eq(Sql(officer)))
        .filter(second_factors::confirmed_at.is_null());
    let changed = diesel::update(unconfirmed)
        .set((
            second_factors::confirmed_at.eq(Some(Sql(now))),
            second_factors::last_step.eq(Some(step)),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        tx.note_save();
    }
    Ok(changed == 1)
}

/// Uses a code of this step up, with all older ones; whether it was still good. Compared and set in one
/// statement, so of two who show one code at once only one is right. No change of its own: what it opens
/// is traced.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn use_step(tx: &mut Tx, officer: OfficerId, step: i64) -> Result<bool, StoreError> {
    let older = second_factors::table
        .filter(second_factors::officer_id.eq(Sql(officer)))
        .filter(
            second_factors::confirmed_at
                .is_not_null()
                .and(second_factors::last_step.lt(Some(step))),
        );
    let changed = diesel::update(older)
        .set(second_factors::last_step.eq(Some(step)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Takes the second factor away, with its recovery codes and the key it was sealed under: no copy of the
/// rows shows it any more. Whether there was one. Part of the change of the account.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn remove(tx: &mut Tx, officer: OfficerId) -> Result<bool, StoreError> {
    let codes = recovery_codes::table.filter(recovery_codes::officer_id.eq(Sql(officer)));
    diesel::delete(codes).execute(tx.conn())?;
    let gone = diesel::delete(second_factors::table.find(Sql(officer))).execute(tx.conn())?;
    sealing::forget(tx, officer.uuid())?;
    Ok(gone == 1)
}
