//! What is owed and what was paid.

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
