//! Four eyes: what one officer proposed, and another decides.

pub mod about_dossiers;
pub mod dossier_handlers;
pub mod dossier_wire;
pub mod handlers;
pub mod use_cases;
pub mod wire;
