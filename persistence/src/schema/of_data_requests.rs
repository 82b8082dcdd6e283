//! What people ask of whoever holds their data, and consents that were taken back.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable};
    use crate::sql::{Instant, RawJson, Uuid, Word};

    data_requests (id) {
        id -> Uuid,
        person_id -> Uuid,
        controller_id -> Uuid,
        kind -> Word,
        fields -> RawJson,
        details -> Nullable<Binary>,
        state -> Word,
        version -> BigInt,
        received_at -> Instant,
        answer_by -> Instant,
        acknowledged_at -> Nullable<Instant>,
        due_at -> Instant,
        original_due_at -> Instant,
        extended_at -> Nullable<Instant>,
        extension_reason -> Nullable<Binary>,
        closed_at -> Nullable<Instant>,
        refusal -> Nullable<Word>,
        note -> Nullable<Binary>,
        handled_by -> Nullable<Uuid>,
        drafts_erased -> Nullable<Integer>,
        dossiers_kept -> Nullable<Integer>,
        alarm -> Nullable<Word>,
        alarm_at -> Nullable<Instant>,
        escalated_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use crate::sql::{Instant, Uuid, Word};

    consent_withdrawals (consent_id) {
        consent_id -> Uuid,
        person_id -> Uuid,
        withdrawn_at -> Instant,
        effect -> Word,
    }
}
