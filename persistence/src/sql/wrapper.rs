//! How a value of the domain enters a query.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    serialize::{self, Output, ToSql},
    sql_types::{Nullable, SingleValue},
};

use super::types::{Day, Instant, Money, PersonalText, RawJson, Uuid, Word};

/// A value of the domain as a query's operand and as a row's field.
///
/// The query builder takes only types of this crate as operands; this one wraps them all, and
/// destructures away: `let Row { id: Sql(id), .. }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sql<T>(pub T);

impl<T> Sql<T> {
    /// The value; `row.due_at.map(Sql::into_inner)`.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T, ST, DB> Queryable<ST, DB> for Sql<T>
where
    ST: SingleValue,
    DB: Backend,
    Self: FromSql<ST, DB>,
{
    type Row = Self;
    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

macro_rules! operands {
    ($($sql:ident),*) => {$(
        impl<T, DB: Backend> FromSql<$sql, DB> for Sql<T>
        where
            T: FromSql<$sql, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                T::from_sql(value).map(Self)
            }
        }
        impl<T, DB: Backend> ToSql<$sql, DB> for Sql<T>
        where
            T: ToSql<$sql, DB> + std::fmt::Debug,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <T as ToSql<$sql, DB>>::to_sql(&self.0, out)
            }
        }
        impl<T, DB: Backend> ToSql<Nullable<$sql>, DB> for Sql<T>
        where
            T: ToSql<$sql, DB> + std::fmt::Debug,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <T as ToSql<$sql, DB>>::to_sql(&self.0, out)
            }
        }
        operands!(@expression $sql, $sql);
        operands!(@expression $sql, Nullable<$sql>);
    )*};
    (@expression $sql:ident, $type:ty) => {
        impl<T> AsExpression<$type> for Sql<T> {
            type Expression = Bound<$type, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'a, T> AsExpression<$type> for &'a Sql<T> {
            type Expression = Bound<$type, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'a, 'b, T> AsExpression<$type> for &'b &'a Sql<T> {
            type Expression = Bound<$type, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    };
}

operands!(Uuid, Instant, Day, Money, Word, PersonalText, RawJson);
