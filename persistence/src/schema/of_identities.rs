//! Proofs of identity, and sign-ins begun at the identity provider.

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::sql::{Instant, Uuid, Word};

    identity_proofs (id) {
        id -> Uuid,
        person_id -> Uuid,
        method -> Word,
        issuer -> Nullable<Text>,
        verified_by -> Nullable<Uuid>,
        agency_id -> Nullable<Uuid>,
        document_kind -> Nullable<Word>,
        document_digits -> Nullable<Binary>,
        proved_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::sql::{Instant, Uuid};

    provider_requests (id) {
        id -> Uuid,
        seed -> Binary,
        redirect_uri -> Text,
        account_id -> Nullable<Uuid>,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}
