//! Agencies: who and where they are, and the board of what they offer.

pub mod handlers;
pub mod wire;
