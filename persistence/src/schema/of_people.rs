//! People, how they come in, what they agreed to, and their keys.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::sql::{Day, Instant, PersonalText, Uuid};

    people (id) {
        id -> Uuid,
        phone -> Binary,
        phone_index -> Text,
        phone_index_other -> Nullable<Text>,
        full_name -> PersonalText,
        personal_number -> Nullable<Binary>,
        number_index -> Nullable<Text>,
        number_index_other -> Nullable<Text>,
        birth_date -> Nullable<Day>,
        address -> Nullable<Binary>,
        assurance -> BigInt,
        language -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Nullable};
    use crate::sql::{Instant, Uuid, Word};

    one_time_codes (id) {
        id -> Uuid,
        number_digest -> Binary,
        code_digest -> Binary,
        tries_left -> BigInt,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
        purpose -> Word,
        account_id -> Nullable<Uuid>,
        asker_digest -> Binary,
        known_device -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Integer, Nullable};
    use crate::sql::{Instant, Uuid, Word};

    consents (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        purpose -> Word,
        text_version -> Integer,
        text_sha256 -> Binary,
        language -> Word,
        text_named -> Bool,
        channel -> Word,
        taken_by -> Nullable<Uuid>,
        given_at -> Instant,
    }
}

diesel::table! {
    use crate::sql::{Instant, Uuid};

    account_holds (person_id) {
        person_id -> Uuid,
        since -> Instant,
        until -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::sql::Uuid;

    subject_keys (id) {
        id -> Uuid,
        wrapped -> Binary,
        wrapped_by -> Text,
    }
}
