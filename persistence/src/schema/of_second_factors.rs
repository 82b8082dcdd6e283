//! How officers prove who they are beside the password, and when they last did.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::sql::{Instant, Uuid};

    second_factors (officer_id) {
        officer_id -> Uuid,
        secret -> Binary,
        begun_at -> Instant,
        confirmed_at -> Nullable<Instant>,
        last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Instant, Uuid};

    recovery_codes (id) {
        id -> Uuid,
        officer_id -> Uuid,
        digest -> Binary,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use crate::sql::{Instant, Uuid};

    step_ups (session_id) {
        session_id -> Uuid,
        officer_id -> Uuid,
        proved_at -> Instant,
    }
}
