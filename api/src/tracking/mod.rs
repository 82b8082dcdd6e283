//! Public tracking (tra cứu hồ sơ): how a dossier stands, for whoever holds its receipt.

mod guessing;
pub mod handlers;
pub mod page;
pub mod use_cases;
pub mod wire;
