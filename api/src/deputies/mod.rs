//! Standing in for another officer (ủy quyền, phân công thay thế).

pub mod handlers;
pub(crate) mod standing;
pub mod use_cases;
pub mod wire;
