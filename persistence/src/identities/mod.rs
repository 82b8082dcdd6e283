//! Identities (danh tính): how they were proved, and sign-ins begun at the identity provider.

mod proofs;
mod requests;

pub use proofs::{Counter, Evidence, Proof, append, of_person};
pub use requests::{ProviderRequest, insert, lock, purge, use_up};
