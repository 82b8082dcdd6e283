//! The tables as the query builder sees them, by noun: the same on both engines. A new table goes into the
//! file of its noun (`of_` keeps the names of tables free); one that is joined with others is added to the
//! list at the end.
#![expect(missing_docs, reason = "columns are documented in the migrations")]

pub mod classes;
mod of_assignments;
mod of_catalogue;
mod of_data_requests;
mod of_deputies;
mod of_disclosures;
mod of_dossiers;
mod of_draft_fields;
mod of_exports;
mod of_identities;
mod of_log;
mod of_mandates;
mod of_money;
mod of_notices;
mod of_officers;
mod of_papers;
mod of_people;
mod of_requests;
mod of_second_factors;
mod of_sessions;
mod of_uploads;

pub use of_assignments::*;
pub use of_catalogue::*;
pub use of_data_requests::*;
pub use of_deputies::*;
pub use of_disclosures::*;
pub use of_dossiers::*;
pub use of_draft_fields::*;
pub use of_exports::*;
pub use of_identities::*;
pub use of_log::*;
pub use of_mandates::*;
pub use of_money::*;
pub use of_notices::*;
pub use of_officers::*;
pub use of_papers::*;
pub use of_people::*;
pub use of_requests::*;
pub use of_second_factors::*;
pub use of_sessions::*;
pub use of_uploads::*;

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
    mandates,
    wards,
    disclosures,
    assignments,
    uploads,
    inspections,
    notices,
);
