//! The rules of the one-stop desk (một cửa): states, clocks, fees, and who may do what.
//!
//! Nothing here knows the clock, SQL, HTTP, threads, the environment or randomness: time and ids
//! arrive as arguments, decisions leave as values. Each noun has a folder of its own, spelled the
//! same in every crate of the workspace.

pub mod actor;
pub mod agencies;
pub mod assignments;
pub mod consents;
pub mod data_requests;
pub mod deadlines;
pub mod disclosures;
pub mod dossiers;
pub mod exports;
pub mod feed;
pub mod identities;
pub mod ids;
pub mod mandates;
pub mod money;
pub mod notices;
pub mod officers;
pub mod papers;
pub mod payments;
pub mod people;
pub mod personal;
pub mod procedures;
pub mod proposals;
pub mod rejection;
pub mod results;
pub mod retention;
pub mod sessions;
pub mod statistics;
pub mod supplements;
pub mod text;
pub mod time;
pub mod transfers;
pub mod transition;
pub mod uploads;
pub mod vocabulary;
