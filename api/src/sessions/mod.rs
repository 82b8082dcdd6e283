//! Signing in: one-time codes for citizens, passwords for officers.

pub mod handlers;
pub mod wire;
