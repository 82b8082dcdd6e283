//! Four eyes: what one officer proposed, and another decides.

pub mod handlers;
pub mod use_cases;
pub mod wire;
