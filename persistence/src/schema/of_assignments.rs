//! Whose work a dossier is.

diesel::table! {
    use diesel::sql_types::Nullable;
    use crate::sql::{Instant, PersonalText, Uuid, Word};

    assignments (id) {
        id -> Uuid,
        agency_id -> Uuid,
        dossier_id -> Uuid,
        holder_id -> Uuid,
        officer_id -> Uuid,
        assigned_by -> Uuid,
        assigned_at -> Instant,
        reason -> Nullable<PersonalText>,
        ended_at -> Nullable<Instant>,
        ended_by -> Nullable<Uuid>,
        ended_as -> Nullable<Word>,
    }
}
