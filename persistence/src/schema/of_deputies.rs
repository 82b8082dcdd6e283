//! Who stands in for whom.

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Day, Instant, Uuid, Word};

    deputies (id) {
        id -> Uuid,
        agency_id -> Uuid,
        deputised_id -> Uuid,
        deputy_id -> Uuid,
        role -> Word,
        valid_from -> Day,
        valid_until -> Day,
        reason -> Text,
        made_by -> Uuid,
        made_at -> Instant,
        ended_at -> Nullable<Instant>,
        ended_by -> Nullable<Uuid>,
    }
}
