//! Supplement requests, from the citizen's side.

pub mod use_cases;
