//! Signing in: one-time codes for citizens, passwords for officers.

pub mod handlers;
mod opening;
#[cfg(test)]
mod tests;
pub mod throttle;
pub mod use_cases;
pub mod wire;
