//! The column types named in `schema.rs`.

use diesel::{query_builder::QueryId, sql_types::SqlType};

use crate::connection::MultiBackend;

macro_rules! column_types {
    ($($(#[$doc:meta])* $name:ident = $oid:literal, $array:literal, $sqlite:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
        #[diesel(postgres_type(oid = $oid, array_oid = $array))]
        #[diesel(sqlite_type(name = $sqlite))]
        pub struct $name;

        impl diesel::sql_types::HasSqlType<$name> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$name>(lookup)
            }
        }
    )*};
}

column_types! {
    /// A UUID.
    Uuid = 2950, 2951, "Binary";
    /// An instant with microseconds.
    Instant = 1184, 1185, "Long";
    /// A date of the calendar.
    Day = 1082, 1182, "Text";
    /// A whole number of dong.
    Money = 20, 1016, "Long";
    /// A word of a closed vocabulary: an enum of the domain.
    Word = 25, 1009, "Text";
    /// Text about a person, which reads only into `Personal<String>`.
    PersonalText = 25, 1009, "Text";
    /// JSON kept byte for byte. Not `jsonb`, which reorders keys and drops blanks: the two engines
    /// would then answer, hash and sign different bytes for the same event.
    RawJson = 114, 199, "Text";
}
