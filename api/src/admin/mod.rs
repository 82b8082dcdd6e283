//! What administrators of the province look after.

pub mod handlers;
pub mod use_cases;
pub mod wire;
