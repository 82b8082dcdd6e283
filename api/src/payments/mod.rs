//! What a dossier owes and how it was paid, as its reader sees it.

pub mod handlers;
pub mod use_cases;
pub mod wire;
