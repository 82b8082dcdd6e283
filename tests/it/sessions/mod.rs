//! Signing in, and what a token is worth once its account has changed.

mod gone;
mod roles;
mod throttled;
