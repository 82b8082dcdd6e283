//! Notices, how they are sent, and by which ways somebody wants them.

use super::of_sessions::sessions;

diesel::table! {
    use diesel::sql_types::Nullable;
    use crate::sql::{Instant, RawJson, Uuid, Word};

    notices (id) {
        id -> Uuid,
        person_id -> Uuid,
        kind -> Word,
        event_id -> Uuid,
        agency_id -> Nullable<Uuid>,
        dossier_id -> Nullable<Uuid>,
        about_id -> Nullable<Uuid>,
        facts -> RawJson,
        act_by -> Nullable<Instant>,
        created_at -> Instant,
        read_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Instant, Uuid, Word};

    notice_deliveries (id) {
        id -> Uuid,
        notice_id -> Uuid,
        channel -> Word,
        target_id -> Uuid,
        state -> Word,
        reason -> Nullable<Text>,
        reference -> Nullable<Text>,
        created_at -> Instant,
        taken_at -> Nullable<Instant>,
        settled_at -> Nullable<Instant>,
        look_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::sql::{Instant, Uuid, Word};

    push_devices (person_id, id) {
        person_id -> Uuid,
        id -> Uuid,
        session_id -> Uuid,
        platform -> Word,
        token -> Binary,
        token_digest -> Binary,
        registered_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::sql::{Instant, RawJson, Uuid};

    notice_preferences (person_id) {
        person_id -> Uuid,
        version -> BigInt,
        choices -> RawJson,
        email -> Nullable<Binary>,
        updated_at -> Instant,
    }
}

diesel::joinable!(notice_deliveries -> notices (notice_id));
diesel::joinable!(push_devices -> sessions (session_id));
diesel::allow_tables_to_appear_in_same_query!(notices, notice_deliveries);
diesel::allow_tables_to_appear_in_same_query!(push_devices, sessions);
