//! Signing in (one-time codes for citizens, passwords for officers) and the sessions that follow.

pub mod codes;
pub mod device;
pub mod ending;
pub mod following;
pub mod handlers;
pub mod key_set;
pub mod officer_wire;
pub mod opening;
pub mod own_handlers;
pub mod refreshing;
pub mod session_wire;
mod signing_in;
#[cfg(test)]
pub(crate) mod tests;
pub mod throttle;
pub mod told;
pub mod use_cases;
pub mod wire;
