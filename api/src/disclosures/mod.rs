//! Disclosures (lượt xem dữ liệu cá nhân): what an officer says a read is for, and who is shown which
//! reads.

pub mod handlers;
pub mod opening;
pub mod stated;
pub mod use_cases;
pub mod wire;
