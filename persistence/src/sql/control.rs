//! The transaction control of the hot paths, as statements that are parsed once per connection.

use diesel::{
    QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment, QueryId},
};

use crate::connection::{DbConnection, MultiBackend};

macro_rules! control {
    ($($(#[doc = $doc:literal])+ $name:ident => $sql:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, Copy)]
            pub(crate) struct $name;

            impl QueryFragment<MultiBackend> for $name {
                fn walk_ast<'b>(
                    &'b self,
                    mut out: AstPass<'_, 'b, MultiBackend>,
                ) -> QueryResult<()> {
                    out.push_sql($sql);
                    Ok(())
                }
            }

            impl QueryId for $name {
                type QueryId = Self;
                const HAS_STATIC_QUERY_ID: bool = true;
            }

            impl RunQueryDsl<DbConnection> for $name {}
        )+
    };
}

control! {
    /// Begins a transaction; SQLite takes its snapshot at the first read.
    Begin => "BEGIN";
    /// Begins a transaction of SQLite that writes.
    BeginImmediate => "BEGIN IMMEDIATE";
    /// Ends a transaction and keeps what it did.
    Commit => "COMMIT";
    /// Begins one member of a shared transaction.
    SavepointMember => "SAVEPOINT member";
    /// Ends one member and keeps what it did.
    ReleaseMember => "RELEASE member";
}
