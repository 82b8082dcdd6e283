//! What an app needs at its start: the citizen's own world at a glance, and what the app is told of itself.

pub mod app_config;
pub mod gathering;
pub mod handlers;
pub mod wire;
