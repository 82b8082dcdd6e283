//! Officers: which roles they hold, where and when.

pub mod administration;
pub mod grant;

pub use grant::{Grant, Revocation, place, roles_at};
