//! Consent (sự đồng ý): the texts that are agreed to, and what was agreed to for a dossier.

pub mod handlers;
pub mod own_handlers;
pub mod own_wire;
pub mod use_cases;
pub mod wire;
pub mod withdrawing;
