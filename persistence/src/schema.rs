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
        active -> Bool,
        must_change_password -> Bool,
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
    use crate::sql::{RawJson, Uuid};

    agencies (id) {
        id -> Uuid,
        body -> RawJson,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Day, RawJson};

    procedure_versions (code, version) {
        code -> Text,
        version -> Integer,
        in_force_from -> Day,
        in_force_to -> Nullable<Day>,
        body -> RawJson,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::sql::Instant;

    catalogue_files (name) {
        name -> Text,
        body -> Text,
        imported_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer};

    catalogue_state (id) {
        id -> Integer,
        generation -> BigInt,
        recomputed_generation -> BigInt,
    }
}

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
        owner_id -> Nullable<Uuid>,
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
    use diesel::sql_types::{BigInt, Binary};
    use crate::sql::{Instant, Uuid, Word};

    files (id) {
        id -> Uuid,
        sha256 -> Binary,
        size -> BigInt,
        kind -> Word,
        stored_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Instant, Uuid, Word};

    papers (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        paper_key -> Text,
        file_id -> Uuid,
        copy_kind -> Word,
        origin -> Word,
        attached_at -> Instant,
        superseded_at -> Nullable<Instant>,
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

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Instant, Money, RawJson, Uuid, Word};

    obligations (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        fee_code -> Text,
        name -> RawJson,
        kind -> Word,
        quantity -> Integer,
        gross -> Money,
        net -> Money,
        applied -> Nullable<RawJson>,
        collected -> Word,
        state -> Word,
        created_at -> Instant,
        asked_at -> Nullable<Instant>,
        settled_at -> Nullable<Instant>,
        settled_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Instant, Money, RawJson, Uuid, Word};

    payments (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        obligations -> RawJson,
        amount -> Money,
        method -> Word,
        state -> Word,
        before_refund -> Nullable<Word>,
        refund_requested_by -> Nullable<Uuid>,
        receipt -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        created_at -> Instant,
        paid_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Day, Instant, Uuid, Word};

    results (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        owner_id -> Nullable<Uuid>,
        number -> Text,
        issued_on -> Day,
        signer_name -> Text,
        outcome -> Word,
        file_id -> Uuid,
        issued_by -> Uuid,
        issued_at -> Instant,
        recalled_at -> Nullable<Instant>,
        year -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::Instant;

    loose_objects (sha256) {
        sha256 -> Binary,
        since -> Instant,
        condemned_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use crate::sql::{Instant, Uuid};

    result_drafts (file_id) {
        file_id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        uploaded_by -> Uuid,
        uploaded_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::sql::Instant;

    throttles (id) {
        id -> Binary,
        arrival -> Instant,
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

diesel::table! {
    use crate::sql::{Instant, Uuid};

    account_holds (person_id) {
        person_id -> Uuid,
        since -> Instant,
        until -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Instant, RawJson, Uuid, Word};

    proposals (id) {
        id -> Uuid,
        kind -> Word,
        agency_id -> Uuid,
        about_id -> Uuid,
        payload -> RawJson,
        payload_sha256 -> Binary,
        proposed_by -> Uuid,
        proposed_at -> Instant,
        expires_at -> Instant,
        state -> Word,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Instant>,
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

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::sql::Uuid;

    subject_keys (id) {
        id -> Uuid,
        wrapped -> Binary,
        wrapped_by -> Text,
    }
}

diesel::joinable!(papers -> files (file_id));
diesel::joinable!(results -> files (file_id));
diesel::joinable!(role_grants -> officers (officer_id));
diesel::joinable!(result_drafts -> files (file_id));

diesel::allow_tables_to_appear_in_same_query!(
    events,
    people,
    officers,
    dossiers,
    files,
    papers,
    supplements,
    obligations,
    payments,
    results,
    result_drafts,
    loose_objects,
    role_grants,
    proposals,
    setup_tokens,
    subject_keys,
);
