//! The tables as the query builder sees them: the same on both engines.
#![expect(missing_docs, reason = "columns are documented in the migrations")]

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
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Day, Instant, PersonalText, Uuid};

    people (id) {
        id -> Uuid,
        phone_e164 -> PersonalText,
        full_name -> PersonalText,
        personal_number -> Nullable<PersonalText>,
        birth_date -> Nullable<Day>,
        address -> Nullable<PersonalText>,
        language -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Text};
    use crate::sql::{Instant, PersonalText, Uuid};

    officers (id) {
        id -> Uuid,
        login -> Text,
        password_hash -> PersonalText,
        full_name -> PersonalText,
        agency_id -> Uuid,
        roles -> Text,
        active -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::sql::{Instant, Uuid};

    one_time_codes (id) {
        id -> Uuid,
        number_digest -> Binary,
        code_digest -> Binary,
        tries_left -> BigInt,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(events, people, officers);
