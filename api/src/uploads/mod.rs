//! Uploads (tus 1.0): files that come in pieces over a bad network, kept as far as they came.

pub mod completing;
pub mod declared;
pub mod expiring;
pub mod handlers;
pub mod headers;
pub mod receiving;
pub mod room;
pub mod staging;
pub mod use_cases;
pub mod wire;
