//! The feed: a phone that only follows it ends with what a full read gives.

mod converging;
mod home;
mod mandated;
mod reading;
mod streaming;
mod waiting;

use tests::client::Client;
use tests::server::TestServer;

/// A citizen, and what a phone of theirs holds that has caught up.
async fn followed(server: &TestServer, phone: &str) -> (Client, tests::follower::Follower) {
    let citizen = server.citizen(phone).await;
    number(server).await;
    let mut follower = tests::follower::Follower::new(citizen.clone());
    follower.catches_up(20).await;
    (citizen, follower)
}

/// Lets the log be numbered: no worker runs beside a test.
async fn number(server: &TestServer) {
    api::worker::run_once(server.app()).await;
}
