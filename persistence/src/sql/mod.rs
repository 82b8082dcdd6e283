//! Where the two SQL dialects meet: column types, how our values are stored in them, and the few
//! pieces of SQL that the query builder cannot say for both engines.
//!
//! | column type | Rust value | PostgreSQL | SQLite |
//! |---|---|---|---|
//! | [`Uuid`] | `domain::ids::Id<K>`, `uuid::Uuid` | `uuid` | `BLOB`, 16 bytes |
//! | [`Instant`] | `domain::time::Time` | `timestamptz` | `INTEGER`, microseconds since 1970 |
//! | [`Day`] | `NaiveDate`, `Personal<NaiveDate>` | `date` | `TEXT`, `YYYY-MM-DD` |
//! | [`Money`] | `domain::money::Dong` | `bigint` | `INTEGER` |
//! | [`Word`] | an enum listed under `words!` in `sql/words.rs` | `text` | `TEXT` |
//! | [`PersonalText`] | `Personal<String>` | `text` | `TEXT` |
//! | [`RawJson`] | [`Json`](crate::Json) | `json` | `TEXT` |
//!
//! Values come out as they are. They go in wrapped in [`Sql`]: `column.eq(Sql(id))`; rows that are
//! written have fields `Sql<DossierId>`, rows that are only read may have plain ones.

pub(crate) mod control;
mod fragments;
mod types;
#[macro_use]
mod values;
mod words;
mod wrapper;

pub(crate) use fragments::Written;
pub use fragments::{
    Before, ForUpdate, Lock, Locked, RowBefore, SkipLocked, for_update, row_before, skip_locked,
};
pub use types::{Day, Instant, Money, PersonalText, RawJson, Uuid, Word};
pub use wrapper::Sql;

/// Runs the same expression against the engine's own connection: for what the query builder does
/// not offer on both at once (`on_conflict`, inserting many rows, aggregate filters), and for the
/// reads of the hot paths. A query for both engines writes its SQL out anew at each run, only to
/// find the statement prepared before; one for a single engine is found by its type.
///
/// ```ignore
/// native!(tx.conn(), c => diesel::insert_into(papers::table).values(&rows).execute(c))
/// ```
#[macro_export]
macro_rules! native {
    ($connection:expr, $c:ident => $body:expr) => {
        match $connection {
            $crate::DbConnection::Postgres($c) => $body,
            $crate::DbConnection::Sqlite($c) => $body,
        }
    };
}
