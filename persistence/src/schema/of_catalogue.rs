//! The catalogue: agencies and procedures by version.

diesel::table! {
    use crate::sql::{RawJson, Uuid};

    agencies (id) {
        id -> Uuid,
        body -> RawJson,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Day, RawJson};

    procedure_versions (code, version) {
        code -> Text,
        version -> Integer,
        in_force_from -> Day,
        in_force_to -> Nullable<Day>,
        body -> RawJson,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::sql::Instant;

    catalogue_files (name) {
        name -> Text,
        body -> Text,
        imported_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer};

    catalogue_state (id) {
        id -> Integer,
        generation -> BigInt,
        recomputed_generation -> BigInt,
    }
}
