//! Signing in, the sessions that follow, and what a token is worth once its account has changed.

mod corpus;
mod following;
mod gone;
mod guessing;
mod listing;
mod logged;
mod number;
mod queueing;
mod racing;
mod refreshing;
mod roles;
mod throttled;
