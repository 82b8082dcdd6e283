//! The kill machinery itself, over requests that cannot be lost and a ledger that says they were.

use tests::client::Client;
use tests::engine::{Engine, Site};
use tests::faults::kill9;
use tests::faults::workload::{Entry, Order, Step, Told, Workload};
use tests::process::Start;

/// Asks whether the server lives, and finds every third order missing afterwards.
struct Breath;

impl Workload for Breath {
    async fn begin(_: &Site) -> Self {
        Self
    }

    async fn act(&self, base: &str, _: Order) -> Vec<Step> {
        let answer = Client::nobody(base.to_owned())
            .get("/healthz")
            .try_send()
            .await;
        let told = match answer {
            Ok(answer) => Told::Acknowledged(answer.unwrap().status.to_string()),
            Err(_) => Told::Unknown,
        };
        vec![Step {
            write: "breathe",
            told,
        }]
    }

    async fn check(&self, base: &str, entry: &Entry) -> Vec<String> {
        Client::nobody(base.to_owned())
            .get("/healthz")
            .send()
            .await
            .expect(200);
        let lost = entry.order.number.is_multiple_of(3);
        lost.then(|| "lost".to_owned()).into_iter().collect()
    }
}

#[test]
fn every_answer_is_in_the_ledger_and_every_fault_in_the_report() {
    let report = kill9::run::<Breath>(Engine::Sqlite, &Start::default(), 2, 1);
    assert_eq!(report.ready_after.len(), 2, "ready again after each kill");
    assert!(report.acknowledged > 0, "some were answered");
    assert!(report.unknown > 0, "each kill cuts somebody off");
    let orders = report.acknowledged + report.unknown;
    assert_eq!(report.faults.len(), orders.div_ceil(3), "none is left out");
}
