//! Sessions and their tokens.

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Instant, PersonalText, Uuid, Word};

    sessions (id) {
        id -> Uuid,
        account_kind -> Word,
        account_id -> Uuid,
        agency_id -> Nullable<Uuid>,
        device_digest -> Nullable<Binary>,
        device_label -> Nullable<PersonalText>,
        network -> PersonalText,
        created_at -> Instant,
        last_used_at -> Instant,
        expires_at -> Instant,
        ended_at -> Nullable<Instant>,
        end_reason -> Nullable<Word>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Instant, Uuid};

    refresh_tokens (id) {
        id -> Uuid,
        session_id -> Uuid,
        token_digest -> Binary,
        created_at -> Instant,
        expires_at -> Instant,
        spent_at -> Nullable<Instant>,
    }
}
