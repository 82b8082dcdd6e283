//! Citizens found by the number they are verified to have.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl,
};
use domain::{ids::PersonId, personal::Personal};

use crate::{
    StoreError, Tx,
    schema::people,
    sealing::{self, Marks},
    sql::Sql,
};

/// The citizen who is verified to have this personal number; those who only say so are not found.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn by_verified_number(
    tx: &mut Tx,
    number: &Personal<String>,
) -> Result<Option<PersonId>, StoreError> {
    // The index may have moved to a key this process has not heard of.
    let keys = tx.keys().fresh()?;
    let Marks { one, other } = Marks::of(&keys, sealing::NUMBER, number);
    let verified = people::table
        .filter(people::assurance.gt(1_i64))
        .select(people::id);
    let found: Option<Sql<PersonId>> = match (one, other) {
        (Some(one), None) => verified
            .filter(people::number_index.assume_not_null().eq(one))
            .first(tx.conn())
            .optional()?,
        (None, Some(other)) => verified
            .filter(people::number_index_other.assume_not_null().eq(other))
            .first(tx.conn())
            .optional()?,
        (Some(one), Some(other)) => verified
            .filter(
                people::number_index
                    .assume_not_null()
                    .eq(one)
                    .or(people::number_index_other.assume_not_null().eq(other)),
            )
            .first(tx.conn())
            .optional()?,
        (None, None) => None,
    };
    Ok(found.map(Sql::into_inner))
}
