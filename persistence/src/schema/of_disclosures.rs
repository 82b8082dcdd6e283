//! Who read what of whom.

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Instant, PersonalText, Uuid, Word};

    disclosures (id) {
        id -> Uuid,
        reader_id -> Uuid,
        acting_for -> Uuid,
        roles -> Text,
        agency_id -> Uuid,
        dossier_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        purpose -> Word,
        note -> Nullable<PersonalText>,
        quarter -> Instant,
        first_at -> Instant,
        last_at -> Instant,
        times -> Integer,
        actions -> Integer,
        fields -> Integer,
        restricted_until -> Nullable<Instant>,
        holder_id -> Uuid,
        mandate_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
    }
}
