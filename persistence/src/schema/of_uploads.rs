//! Uploads, and what is known of stored bytes.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::sql::{Instant, Uuid, Word};

    uploads (id) {
        id -> Uuid,
        person_id -> Uuid,
        kind -> Word,
        size -> BigInt,
        sha256 -> Binary,
        state -> Word,
        refusal -> Nullable<Text>,
        file_id -> Nullable<Uuid>,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::sql::{Instant, Word};

    inspections (sha256) {
        sha256 -> Binary,
        state -> Word,
        tries -> BigInt,
        inspected_at -> Instant,
        scanned_at -> Nullable<Instant>,
        ask_at -> Nullable<Instant>,
        derivative_sha256 -> Nullable<Binary>,
        derivative_size -> Nullable<BigInt>,
    }
}
