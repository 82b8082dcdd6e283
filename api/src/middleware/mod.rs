//! What happens around every request, whatever it asks for.

pub mod compression;
pub mod edge;
pub mod metrics;
pub mod security_headers;
