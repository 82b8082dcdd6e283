//! Many connections at once for some seconds: requests a second, percentiles, the server's cost.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::client::Connection;
use crate::process_costs::{self, Costs};
use crate::requests::{Operation, Requests};

/// Connections open at once.
pub(crate) const CONNECTIONS: usize = 48;
/// Before the figures count: connections open, statements are prepared, tokens are known.
const WARM_UP: Duration = Duration::from_secs(1);

/// Which rows are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice {
    /// Any of the first so many, again and again.
    Any(u64),
    /// Each of `first..end` once.
    Once { first: u64, end: u64 },
}

/// What was measured.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) per_second: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// CPU time of the server per request.
    pub(crate) cpu_each: Duration,
    /// The most memory the server held.
    pub(crate) resident: u64,
    /// Answers that were not 200, by status.
    pub(crate) refused: BTreeMap<u16, u64>,
}

struct Shared {
    choice: Choice,
    next: Cell<u64>,
    begins: Instant,
    ends: Instant,
    latencies: RefCell<Vec<u32>>,
    finished: Cell<Option<Instant>>,
    refused: RefCell<BTreeMap<u16, u64>>,
    watched: Cell<Option<Watched>>,
}

/// The server's costs at two moments.
#[derive(Clone, Copy)]
struct Watched {
    first: (Instant, Costs),
    last: (Instant, Costs),
}

impl Shared {
    fn take(&self) -> Option<u64> {
        match self.choice {
            Choice::Any(below) => {
                // A step of a full-period generator: any order will do, but not that of the disk.
                let state = self.next.get();
                let state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                self.next.set(state);
                Some((state >> 33) % below)
            }
            Choice::Once { first: _, end } => {
                let n = self.next.get();
                (n < end).then(|| self.next.set(n + 1)).map(|()| n)
            }
        }
    }

    fn note(&self, began: Instant, status: u16) {
        let now = Instant::now();
        if status != 200 {
            *self.refused.borrow_mut().entry(status).or_default() += 1;
        } else if began >= self.begins && now <= self.ends {
            let micros = (now - began).as_micros();
            self.latencies
                .borrow_mut()
                .push(u32::try_from(micros).unwrap_or(u32::MAX));
            self.finished.set(Some(now));
        }
    }
}

/// Asks as fast as the server answers. Ends after `span`, or when every row has been asked for.
pub(crate) fn measure(
    address: SocketAddr,
    server: u32,
    requests: &Requests,
    operation: Operation,
    choice: Choice,
    span: Duration,
) -> anyhow::Result<Figure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let warm_up = match choice {
        Choice::Any(_) => WARM_UP,
        Choice::Once { .. } => WARM_UP / 4,
    };
    let begins = Instant::now() + warm_up;
    let shared = Rc::new(Shared {
        choice,
        next: Cell::new(match choice {
            Choice::Any(_) => 1,
            Choice::Once { first, end: _ } => first,
        }),
        begins,
        ends: begins + span,
        latencies: RefCell::default(),
        finished: Cell::new(None),
        refused: RefCell::default(),
        watched: Cell::new(None),
    });
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let watch = tokio::task::spawn_local(watch(server, Rc::clone(&shared)));
        let clients: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let client = client(address, Rc::clone(&shared), requests.clone(), operation);
                tokio::task::spawn_local(client)
            })
            .collect();
        for client in clients {
            client.await??;
        }
        watch.abort();
        anyhow::Ok(())
    })?;
    Ok(figure(&shared))
}

async fn client(
    address: SocketAddr,
    shared: Rc<Shared>,
    requests: Requests,
    operation: Operation,
) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    while Instant::now() < shared.ends {
        let Some(n) = shared.take() else { break };
        requests.write(operation, n, &mut connection.request);
        let began = Instant::now();
        let status = connection.exchange().await?.status;
        shared.note(began, status);
    }
    Ok(())
}

/// Looks at the server's CPU time and memory while the requests count.
async fn watch(server: u32, shared: Rc<Shared>) {
    tokio::time::sleep_until(shared.begins.into()).await;
    let Ok(costs) = process_costs::of(server) else {
        return;
    };
    let first = (Instant::now(), costs);
    let mut greatest = costs;
    while let Ok(costs) = process_costs::of(server) {
        greatest = greatest.greater(costs);
        let last = (Instant::now(), greatest);
        shared.watched.set(Some(Watched { first, last }));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn figure(shared: &Shared) -> Figure {
    let mut latencies = shared.latencies.take();
    latencies.sort_unstable();
    let count = u32::try_from(latencies.len()).unwrap_or(u32::MAX);
    let at = |share: usize| {
        let place = latencies.len().saturating_sub(1) * share / 100;
        Duration::from_micros(latencies.get(place).copied().unwrap_or(0).into())
    };
    let finished = shared.finished.get();
    let took = finished.map_or(Duration::from_secs(1), |end| end - shared.begins);
    let per_second = f64::from(count) / took.as_secs_f64();
    let (cores, resident) = shared
        .watched
        .get()
        .map_or((0.0, 0), |Watched { first, last }| {
            let (span, cpu) = (last.0 - first.0, last.1.cpu.saturating_sub(first.1.cpu));
            (
                cpu.as_secs_f64() / span.as_secs_f64().max(0.001),
                last.1.resident,
            )
        });
    Figure {
        per_second,
        p50: at(50),
        p99: at(99),
        cpu_each: Duration::from_secs_f64(cores / per_second.max(1.0)),
        resident,
        refused: shared.refused.take(),
    }
}
