//! The ground the tests and the benchmark stand on: engines, server, client, clock, processes.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a broken test bed must stop the test"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "indexing JSON gives null, it does not panic"
)]

use std::path::{Path, PathBuf};

pub mod accounts;
mod afterwards;
pub mod authenticator;
pub mod bucket;
pub mod client;
pub mod content;
pub mod cutting_proxy;
pub mod document;
pub mod engine;
pub mod extract_copy;
pub mod faults;
pub mod fixed_clock;
pub mod follower;
pub mod identities;
pub mod identity_provider;
mod next_catalogue;
pub mod postgres;
pub mod process;
mod raw;
pub mod server;
pub mod sessions;
pub mod traffic;

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests lies in the checkout")
        .into()
}

/// Whether this is the nightly run, with the long versions of faults, properties and contract.
pub fn nightly() -> bool {
    std::env::var_os("MOTCUA_NIGHTLY").is_some_and(|value| value != "0" && !value.is_empty())
}

/// `short` in `make test`, `long` in `make nightly`.
pub fn runs(short: u32, long: u32) -> u32 {
    if nightly() { long } else { short }
}
