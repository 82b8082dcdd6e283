//! Who acts for whom, and those without an account who are acted for.

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::sql::{Day, Instant, PersonalText, Uuid};

    wards (id) {
        id -> Uuid,
        full_name -> PersonalText,
        birth_date -> Nullable<Day>,
        personal_number -> Nullable<Binary>,
        number_index -> Nullable<Text>,
        number_index_other -> Nullable<Text>,
        confirmed_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Instant, Uuid};

    organisations (id) {
        id -> Uuid,
        name -> Text,
        tax_code -> Text,
        confirmed_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::sql::{Day, Instant, Uuid, Word};

    mandates (id) {
        id -> Uuid,
        version -> BigInt,
        mandator_id -> Nullable<Uuid>,
        ward_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        delegate_id -> Uuid,
        ground -> Word,
        procedures -> Nullable<Text>,
        acts -> Text,
        valid_from -> Day,
        valid_until -> Nullable<Day>,
        key_id -> Uuid,
        evidence_number -> Binary,
        evidence_issued_on -> Day,
        evidence_issuer -> Text,
        agency_id -> Nullable<Uuid>,
        state -> Word,
        ending -> Nullable<Word>,
        proposed_by -> Uuid,
        agreed_by -> Nullable<Uuid>,
        agreed_at -> Nullable<Instant>,
        confirmed_by -> Nullable<Uuid>,
        confirmed_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}
