//! Signing in, the sessions that follow, and what a token is worth once its account has changed.

mod following;
mod gone;
mod listing;
mod racing;
mod refreshing;
mod roles;
mod throttled;
