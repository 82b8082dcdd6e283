//! Transfers: a dossier goes to the agency that is competent.

pub mod handlers;
pub mod use_cases;
pub mod wire;
