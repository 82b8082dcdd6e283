//! The feed: what a phone is told about its citizen's world, when it asks and as it happens.

pub mod answer;
pub mod asked;
pub mod cursor;
pub mod handlers;
pub mod phones;
mod snapshot;
mod steps;
pub mod stream;
pub mod telling;
pub mod waiting;
pub mod watching;
pub mod wire;
mod world;
