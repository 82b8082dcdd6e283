//! The real binary starts, is killed, starts again and stops when asked.

use tests::client::Client;
use tests::engine::Site;
use tests::on_both_engines;
use tests::process::{self, Process, Start};

on_both_engines! {
    async fn a_killed_server_starts_again(site: &Site) {
        let first = Process::start(site, &Start::default());
        Client::nobody(first.base()).get("/healthz").send().await.expect(200);
        first.kill();
        let second = Process::start(site, &Start::default());
        Client::nobody(second.base()).get("/healthz").send().await.expect(200);
        assert!(second.stop(), "it ends with success when asked: {}", process::log_of(site));
    }
}
