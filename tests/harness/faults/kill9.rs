//! `kill -9` under mixed load: no acknowledged write is lost or doubled.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::engine::Engine;
use crate::process::{Process, Start};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::workload::{Entry, Order, Told, Workload};

/// Clients that write at the same time.
const WRITERS: u64 = 8;

/// What a run of kills has shown.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong after a restart; empty is the aim.
    pub faults: Vec<String>,
    /// Writes that were acknowledged and found again.
    pub acknowledged: usize,
    /// Writes whose outcome a kill left open.
    pub unknown: usize,
    /// From the start of the process to ready, after each kill.
    pub ready_after: Vec<Duration>,
}

/// Starts the server, writes, kills it at a moment that `seed` decides, starts it again and
/// compares the client's ledger with what is there; `kills` times on one database.
pub fn run<W: Workload>(engine: Engine, start: &Start, kills: u32, seed: u64) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let report = runtime.block_on(kill_again_and_again::<W>(engine, start, kills, seed));
    println!(
        "{engine}: {kills} kills, seed {seed}: {} acknowledged, {} unknown, {} faults, ready after {:?}",
        report.acknowledged,
        report.unknown,
        report.faults.len(),
        report.ready_after.iter().max(),
    );
    report
}

async fn kill_again_and_again<W: Workload>(
    engine: Engine,
    start: &Start,
    kills: u32,
    seed: u64,
) -> Report {
    let site = crate::server::prepared_site(engine);
    let workload = Arc::new(W::begin(&site).await);
    let mut process = Process::start(&site, start);
    let numbers = Arc::new(AtomicU64::new(0));
    let mut report = Report::default();
    for kill in 0..kills {
        let wait = delay(seed, kill);
        let ledger = write_until_killed(&workload, process, &numbers, wait).await;
        process = Process::start(&site, start);
        report.ready_after.push(process.ready_after());
        for entry in &ledger {
            count(&mut report, entry);
            for fault in workload.check(&process.base(), entry).await {
                let Order { id, number } = entry.order;
                report
                    .faults
                    .push(format!("kill {kill}, order {number} ({id}): {fault}"));
            }
        }
    }
    report.faults.extend(workload.finish());
    report
}

async fn write_until_killed<W: Workload>(
    workload: &Arc<W>,
    process: Process,
    numbers: &Arc<AtomicU64>,
    wait: Duration,
) -> Vec<Entry> {
    let ledger = Arc::new(Mutex::new(Vec::new()));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (workload, numbers, ledger) = (workload.clone(), numbers.clone(), ledger.clone());
            let base = process.base();
            tokio::spawn(async move {
                loop {
                    let number = numbers.fetch_add(1, Ordering::Relaxed);
                    let order = Order {
                        id: Uuid::now_v7(),
                        number,
                    };
                    let steps = workload.act(&base, order).await;
                    let cut = steps.last().is_none_or(|step| step.told == Told::Unknown);
                    ledger.lock().await.push(Entry { order, steps });
                    if cut {
                        return;
                    }
                }
            })
        })
        .collect();
    tokio::time::sleep(wait).await;
    process.kill();
    for writer in writers {
        writer.await.expect("a writer does not panic");
    }
    Arc::into_inner(ledger)
        .expect("all writers have stopped")
        .into_inner()
}

fn count(report: &mut Report, entry: &Entry) {
    for step in &entry.steps {
        match step.told {
            Told::Acknowledged(_) => report.acknowledged += 1,
            Told::Unknown => report.unknown += 1,
        }
    }
}

/// Between 100 and 500 ms of load, from the seed (`SplitMix64`, so that a run can be repeated).
fn delay(seed: u64, kill: u32) -> Duration {
    let mut mixed = seed.wrapping_add(u64::from(kill + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Duration::from_millis(100 + (mixed ^ (mixed >> 31)) % 400)
}
