//! Exports (bản sao dữ liệu): everything held about a person, in one archive under a code of their own.

pub mod gathering;
pub mod handlers;
mod held;
pub mod making;
pub mod packing;
pub mod use_cases;
pub mod wire;
