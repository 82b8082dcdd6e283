//! Idempotency keys under racing, repeated and cut attempts: as many effects as keys, each as it is told.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::ids::{DossierId, Id};
use persistence::{Seams, events};
use serde_json::json;
use tests::client::{Client, Response};
use tests::cutting_proxy::CuttingProxy;
use tests::engine::{Engine, Ground, block_on};
use tests::extract_copy::draft;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// Keys that are under way at the same time.
const AT_ONCE: usize = 8;

/// Where attempts are sent: past the proxy, and through it.
#[derive(Clone)]
struct Ways {
    /// Two citizens who use the same keys.
    citizens: [Client; 2],
    proxy: String,
    /// A second process on the same database, which knows nothing of what the first one carries out.
    twin: String,
}

impl Ways {
    fn through(&self, base: &str, who: usize) -> Client {
        let token = self.citizens[who].token().unwrap_or_default();
        Client::nobody(base.to_owned()).with_token(token)
    }
}

/// One key of one citizen: the dossier that is to be filed under it.
struct Attempts {
    ways: Ways,
    who: usize,
    key: String,
    id: Uuid,
    /// What was told that should not have been.
    faults: Vec<String>,
    /// The codes that were told.
    codes: BTreeSet<String>,
}

impl Attempts {
    fn submit(&self, client: &Client, version: u32, consent: bool) -> tests::client::Request {
        let request = client.post(&format!("/v1/dossiers/{}/submit", self.id));
        let request = request.if_match(&format!("\"v{version}\"")).key(&self.key);
        request.json(&json!({ "consent": consent }))
    }

    /// Nothing came back, or the one outcome, or that a twin is at it.
    fn note(&mut self, answer: &Response) {
        let code = answer.json()["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        match answer.status {
            200 => drop(self.codes.insert(code)),
            409 if code == "request-in-flight" => {}
            status => self.faults.push(format!("{}: {status} {code}", self.key)),
        }
    }

    /// Five attempts: four race, three of them through the proxy and one at the other process; the
    /// fifth comes later. Some keys were refused before. Then one more asks what came of it.
    async fn make(&mut self, number: u32) {
        let direct = self.ways.citizens[self.who].clone();
        let (proxy, twin) = (self.ways.proxy.clone(), self.ways.twin.clone());
        if number.is_multiple_of(4) {
            let refused = self.submit(&direct, 9, true).send().await;
            if refused.status != 412 {
                self.faults.push(format!(
                    "{}: {} for a version to come",
                    self.key, refused.status
                ));
            }
        }
        let racing: Vec<_> = [&proxy, &twin, &proxy, &proxy]
            .map(|base| {
                self.submit(&self.ways.through(base, self.who), 1, true)
                    .try_send()
            })
            .map(tokio::spawn)
            .into();
        for attempt in racing {
            if let Ok(answer) = attempt.await.unwrap() {
                self.note(&answer.unwrap_or_else(|fault| panic!("{fault}")));
            }
        }
        let later = self.ways.through(&proxy, self.who);
        if let Ok(answer) = self.submit(&later, 1, true).try_send().await {
            self.note(&answer.unwrap_or_else(|fault| panic!("{fault}")));
        }
        let mut last = self.submit(&direct, 1, true).send().await;
        while last.code() == "request-in-flight" {
            last = self.submit(&direct, 1, true).send().await;
        }
        self.note(&last);
        let other = self.submit(&direct, 1, false).send().await;
        if (other.status, other.code().as_str()) != (422, "idempotency-key-reused") {
            self.faults
                .push(format!("{}: {} for another body", self.key, other.status));
        }
        if self.codes.len() != 1 {
            self.faults
                .push(format!("{}: told {:?}", self.key, self.codes));
        }
    }
}

/// Sends the attempts of so many keys; everything that went wrong.
async fn storm(server: &TestServer, keys: u32) -> Vec<String> {
    let proxy = CuttingProxy::before(&server.base()).await;
    let twin = server.twin();
    let ways = Ways {
        citizens: [
            server.citizen("0912345678").await,
            server.citizen("0987654321").await,
        ],
        proxy: proxy.base(),
        twin: format!("http://{}", twin.address),
    };
    let next = Arc::new(AtomicU32::new(0));
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|_| tokio::spawn(worker(ways.clone(), Arc::clone(&next), keys)))
        .collect();
    let (mut faults, mut filed, mut codes) = (Vec::new(), Vec::new(), BTreeSet::new());
    for worker in workers {
        for one in worker.await.unwrap() {
            faults.extend(one.faults);
            codes.extend(one.codes);
            filed.push(Id::from_uuid(one.id));
        }
    }
    twin.stop().await.unwrap();
    faults.extend(gaps(&codes, keys));
    faults.extend(effects(server, filed).await);
    println!(
        "{keys} keys, {} answers cut, {} faults",
        proxy.cut(),
        faults.len()
    );
    assert!(
        proxy.cut() > usize::try_from(keys).unwrap(),
        "hardly an answer was cut"
    );
    faults
}

async fn worker(ways: Ways, next: Arc<AtomicU32>, keys: u32) -> Vec<Attempts> {
    let mut all = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= keys {
            return all;
        }
        let who = usize::from(!number.is_multiple_of(2));
        let mut attempts = Attempts {
            ways: ways.clone(),
            who,
            // Of two neighbours, who are two people.
            key: format!("key-{}", number / 2),
            id: Uuid::now_v7(),
            faults: Vec::new(),
            codes: BTreeSet::new(),
        };
        let path = format!("/v1/dossiers/{}", attempts.id);
        ways.citizens[who]
            .put(&path)
            .if_new()
            .json(&draft())
            .send()
            .await
            .expect(201);
        attempts.make(number).await;
        all.push(attempts);
    }
}

/// The codes of a day are counted from 1: one for each key, and none besides.
fn gaps(codes: &BTreeSet<String>, keys: u32) -> Option<String> {
    let last = |code: &String| code.rsplit('-').next()?.parse::<u32>().ok();
    let mut numbers: Vec<u32> = codes.iter().filter_map(last).collect();
    numbers.sort_unstable();
    let whole = numbers.iter().copied().eq(1..=keys);
    (!whole).then(|| format!("{} codes of {keys} keys: {numbers:?}", codes.len()))
}

/// Each dossier was filed once, and nothing else happened to it.
async fn effects(server: &TestServer, filed: Vec<DossierId>) -> Vec<String> {
    let look = move |tx: &mut persistence::Tx| {
        let mut faults = Vec::new();
        for id in &filed {
            let events = events::of_dossier(tx, *id)?;
            let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
            if kinds != ["drafted", "submitted"] {
                faults.push(format!("{id}: {kinds:?}"));
            }
        }
        Ok::<_, persistence::StoreError>(faults)
    };
    server.store().read(look).await.unwrap()
}

on_both_engines! {
    async fn as_many_effects_as_keys(server: &TestServer) {
        assert_eq!(storm(server, tests::runs(100, 10_000)).await, [""; 0]);
    }
}

/// The test can fail: a key that is committed before its effect, in a transaction of its own, is noticed.
#[test]
fn a_key_outside_the_transaction_is_noticed() {
    let seams = Seams {
        keys_apart: true,
        ..Seams::default()
    };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        block_on(async {
            let server = TestServer::wounded(engine, seams);
            assert_ne!(storm(&server, 24).await, [""; 0], "{engine}");
            server.finish().await;
        });
    }
}
