//! Officers, their roles and what two of them decide together.

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Text};
    use crate::sql::{Instant, PersonalText, Uuid};

    officers (id) {
        id -> Uuid,
        login -> Text,
        password_hash -> PersonalText,
        full_name -> PersonalText,
        agency_id -> Uuid,
        active -> Bool,
        must_change_password -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Day, Instant, Uuid, Word};

    role_grants (id) {
        id -> Uuid,
        officer_id -> Uuid,
        agency_id -> Uuid,
        role -> Word,
        valid_from -> Day,
        valid_until -> Nullable<Day>,
        reason -> Text,
        granted_by -> Nullable<Uuid>,
        approved_by -> Nullable<Uuid>,
        granted_at -> Instant,
        revoked_at -> Nullable<Instant>,
        revoked_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Instant, RawJson, Uuid, Word};

    proposals (id) {
        id -> Uuid,
        kind -> Word,
        agency_id -> Uuid,
        about_id -> Nullable<Uuid>,
        payload -> RawJson,
        payload_sha256 -> Binary,
        proposed_by -> Uuid,
        proposed_at -> Instant,
        expires_at -> Instant,
        state -> Word,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Instant>,
        dossier_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::sql::Instant;

    setup_tokens (id) {
        id -> Binary,
        expires_at -> Instant,
    }
}
