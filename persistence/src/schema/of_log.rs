//! The one log of events, its sequence and what waits to leave.

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Instant, RawJson, Uuid};

    events (id) {
        id -> Uuid,
        seq -> Nullable<BigInt>,
        dossier_id -> Nullable<Uuid>,
        agency_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        version -> BigInt,
        kind -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<Uuid>,
        at -> Instant,
        state -> Nullable<Text>,
        due_at -> Nullable<Instant>,
        channel -> Nullable<Text>,
        payload -> RawJson,
        mandate_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;

    sequencer (id) {
        id -> BigInt,
        last_seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Instant, RawJson, Uuid, Word};

    outbox (id) {
        id -> Uuid,
        topic -> Text,
        key -> Text,
        payload -> RawJson,
        state -> Word,
        attempts -> BigInt,
        next_attempt_at -> Instant,
        lease_until -> Nullable<Instant>,
        lease_owner -> Nullable<Uuid>,
        last_error -> Nullable<Text>,
        created_at -> Instant,
        delivered_at -> Nullable<Instant>,
    }
}
