//! What happens around every request, whatever it asks for.

pub mod compression;
pub mod connections;
pub(crate) mod current;
pub mod edge;
pub mod metrics;
pub mod rates;
pub mod security_headers;
