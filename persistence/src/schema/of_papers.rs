//! Papers, results and the files they lie in.

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
        holder_id -> Uuid,
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
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::Instant;

    loose_objects (sha256) {
        sha256 -> Binary,
        since -> Instant,
        condemned_at -> Nullable<Instant>,
    }
}
