//! Archives of what is held about a person.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable};
    use crate::sql::{Instant, Uuid, Word};

    exports (id) {
        id -> Uuid,
        person_id -> Uuid,
        state -> Word,
        version -> BigInt,
        asked_at -> Instant,
        files_done -> Integer,
        files_total -> Nullable<Integer>,
        archive_sha256 -> Nullable<Binary>,
        archive_size -> Nullable<BigInt>,
        finished_at -> Nullable<Instant>,
        expires_at -> Nullable<Instant>,
    }
}
