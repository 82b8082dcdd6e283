//! Dossiers and what is asked for on the way.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable, Text};
    use crate::sql::{Day, Instant, PersonalText, RawJson, Uuid, Word};

    dossiers (id) {
        id -> Uuid,
        version -> BigInt,
        state -> Word,
        stage_before_supplement -> Nullable<Word>,
        stage_before_withdrawal -> Nullable<Word>,
        agency_id -> Uuid,
        holder_id -> Uuid,
        owner_id -> Nullable<Uuid>,
        mandate_id -> Nullable<Uuid>,
        procedure_code -> Text,
        procedure_version -> Integer,
        field_code -> Text,
        channel -> Word,
        assistance -> Word,
        helper_id -> Nullable<Uuid>,
        helped_by -> Nullable<PersonalText>,
        applicant_name -> PersonalText,
        applicant_name_folded -> Text,
        key_id -> Uuid,
        applicant_number -> Nullable<Binary>,
        applicant_birth_date -> Nullable<Day>,
        applicant_phone -> Nullable<Binary>,
        applicant_address -> Nullable<Binary>,
        submitter -> Nullable<Binary>,
        form -> Binary,
        copies -> Integer,
        pages -> Integer,
        persons -> Integer,
        claims -> RawJson,
        delivery -> Word,
        code -> Nullable<Text>,
        tracking_secret -> Nullable<PersonalText>,
        clock -> Nullable<RawJson>,
        due_at -> Nullable<Instant>,
        original_due_at -> Nullable<Instant>,
        paused_since -> Nullable<Instant>,
        round_consent -> Nullable<RawJson>,
        verdict -> Nullable<RawJson>,
        created_at -> Instant,
        updated_at -> Instant,
        submitted_at -> Nullable<Instant>,
        answer_due_at -> Nullable<Instant>,
        answered_at -> Nullable<Instant>,
        accepted_at -> Nullable<Instant>,
        finished_at -> Nullable<Instant>,
        returned_at -> Nullable<Instant>,
        recipient -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Instant, RawJson, Uuid, Word};

    supplements (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        round -> Integer,
        status -> Word,
        asked_by -> Uuid,
        consent_reason -> Nullable<Word>,
        consent_by -> Nullable<Uuid>,
        items -> RawJson,
        legal_ground -> Text,
        asked_at -> Instant,
        reply_by -> Instant,
        old_due_at -> Nullable<Instant>,
        new_due_at -> Nullable<Instant>,
        answer -> Nullable<RawJson>,
        closed_at -> Nullable<Instant>,
    }
}
