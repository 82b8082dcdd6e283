//! Citizens (công dân) and their own account.

pub mod handlers;
pub mod use_cases;
pub mod wire;
