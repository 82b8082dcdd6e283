//! Assignments: whose work a dossier is.

pub mod handlers;
pub mod listing;
pub mod use_cases;
pub mod wire;
