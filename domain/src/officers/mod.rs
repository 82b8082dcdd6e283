//! Officers: which roles they hold, where and when, for whom they stand in, and how they prove who
//! they are.

pub mod administration;
pub mod deputy;
pub mod grant;
pub mod second_factor;

pub use deputy::Deputy;
pub use grant::{Grant, Revocation, place, roles_at};
