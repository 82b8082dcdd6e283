//! The figures of a period, each with its definition, its period and its cut-off.

pub mod handlers;
pub mod render;
pub mod use_cases;
pub mod wire;
