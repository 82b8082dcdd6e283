//! Result documents: uploaded, issued, listed.

pub mod handlers;
pub mod issuing;
pub mod listing;
pub mod office_handlers;
pub mod wire;
