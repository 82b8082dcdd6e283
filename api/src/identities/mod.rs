//! Identities (danh tính): signing in at the identity provider, and proofs at the counter.

mod answer;
pub mod counter;
pub mod handlers;
mod http;
pub mod needed;
pub mod provider;
pub mod proving;
pub mod requests;
mod signing_in;
pub mod wire;
