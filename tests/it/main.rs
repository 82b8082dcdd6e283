//! Every test that needs a database, HTTP, a process or the whole checkout.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(
    clippy::indexing_slicing,
    reason = "indexing JSON gives null, it does not panic"
)]

mod architecture;
mod assignments;
mod authorization;
mod contract;
mod dossiers;
mod faults;
mod feed;
mod ground;
mod identities;
mod journeys;
mod limits;
mod mandates;
mod notices;
mod officers;
mod papers;
mod people;
mod privacy;
mod procedures;
mod results;
mod sessions;
mod statistics;
mod uploads;
mod worker;
