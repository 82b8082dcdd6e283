//! The store: tables, queries and transactions on SQLite and PostgreSQL, written once.
//!
//! [`Store`] has four doors: [`read`](Store::read), [`write`](Store::write),
//! [`write_once`](Store::write_once) and [`report`](Store::report). Each takes a closure over a
//! [`Tx`] and runs it on a lane, a thread that owns one connection. Closures may run more than
//! once, so they only read what they captured.

pub mod assignments;
pub mod backup;
mod checks;
mod connection;
pub mod consents;
pub mod counters;
pub mod data_requests;
pub mod deputies;
pub mod disclosures;
pub mod dossiers;
mod error;
pub mod events;
pub mod exports;
pub mod feed;
pub mod files;
pub mod idempotency;
pub mod identities;
pub mod inspections;
mod json;
mod lanes;
pub mod mandates;
mod migrations;
pub mod notices;
pub mod officers;
pub mod one_time_codes;
pub mod outbox;
pub mod page;
pub mod papers;
pub mod payments;
pub mod people;
pub mod procedures;
pub mod proposals;
mod purge;
pub mod results;
pub mod retention;
pub mod schema;
pub mod sealing;
mod seams;
pub mod second_factors;
pub mod sequencer;
pub mod sessions;
mod settings;
pub mod sql;
pub mod statistics;
mod store;
pub mod supplements;
pub mod throttles;
mod told;
mod tx;
pub mod uploads;

pub use connection::DbConnection;
pub use error::{StoreError, constraint_of};
pub use json::Json;
#[cfg(feature = "seeded-bugs")]
pub use seams::Seams;
pub use settings::{OpenError, StoreSettings};
pub use store::{Once, OnceKey, Store};
pub use tx::Tx;
