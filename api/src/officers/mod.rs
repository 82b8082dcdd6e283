//! Officers' accounts.

pub mod hiring;
