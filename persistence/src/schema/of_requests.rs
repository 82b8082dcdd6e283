//! What a request leaves behind: keys of idempotency, counters, throttles.

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::sql::{Instant, Uuid};

    idempotency_keys (principal, operation, key) {
        principal -> Uuid,
        operation -> Text,
        key -> Text,
        body_sha256 -> Binary,
        resource_id -> Nullable<Uuid>,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::sql::Uuid;

    counters (agency_id, series) {
        agency_id -> Uuid,
        series -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::sql::Instant;

    throttles (id) {
        id -> Binary,
        arrival -> Instant,
    }
}
