//! Citizens (công dân) and their own account.

pub mod erasing;
pub mod handlers;
pub mod number;
pub mod number_handlers;
pub mod number_wire;
pub mod use_cases;
pub mod wire;
