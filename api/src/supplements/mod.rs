//! Supplement requests, from the citizen's side.

pub mod handlers;
pub mod render;
pub mod use_cases;
pub mod wire;
