//! Dossiers, from the citizen's side: draft, check, submit, follow, withdraw.

pub mod answer;
pub mod beats;
pub mod check;
pub mod deadline;
pub mod desk_dates;
pub mod draft_patch;
pub mod drafts;
pub mod editing;
pub mod filing;
pub mod handlers;
pub mod helping;
pub mod leaving;
pub mod ledger;
pub mod listing;
pub mod parts;
pub mod party;
pub mod proof;
pub mod reading;
pub mod receipt;
pub mod render;
pub mod secret;
pub mod slip;
mod submitter;
pub mod timeline;
pub mod view;
pub mod wire;
