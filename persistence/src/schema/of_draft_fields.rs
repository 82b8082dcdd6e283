//! When the fields of drafts last changed.

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::sql::Uuid;

    draft_fields (dossier_id) {
        dossier_id -> Uuid,
        fields -> Binary,
    }
}
