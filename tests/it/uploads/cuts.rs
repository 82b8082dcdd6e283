//! A bad network: a proxy that delays, cuts and loses, and a client that goes on where it stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;
use tests::client::Client;
use tests::engine::{Engine, Ground as _, run};
use tests::on_both_engines;
use tests::server::TestServer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{CHUNK, PDF, file_of, hash, metadata, pdf_of};

/// How bad it is.
#[derive(Debug, Clone, Copy)]
struct Network {
    /// Before each piece goes on.
    delay: Duration,
    /// A connection is cut after so many bytes from the client, on average.
    cut_after: u64,
    /// Of a hundred answers so many never arrive.
    lost: u64,
}

/// Numbers that look like chance and are the same each time.
#[derive(Debug)]
struct Dice(AtomicU64);

impl Dice {
    fn below(&self, limit: u64) -> u64 {
        let next = |state: u64| {
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1)
        };
        let state = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| Some(next(it)));
        (state.unwrap() >> 33) % limit
    }
}

/// The proxy's address, and how often it cut.
async fn proxy(server: &str, network: Network, seed: u64) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (server, cuts) = (server.replace("http://", ""), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&cuts);
    let dice = Arc::new(Dice(AtomicU64::new(seed)));
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            let server = TcpStream::connect(&server).await.unwrap();
            let budget = network.cut_after / 2 + dice.below(network.cut_after);
            let loses = dice.below(100) < network.lost;
            let counted = Arc::clone(&counted);
            tokio::spawn(async move {
                if pass_on(client, server, (network.delay, budget, loses)).await {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    (base, cuts)
}

fn long(count: usize) -> u64 {
    u64::try_from(count).unwrap()
}

/// Passes bytes on until an end or a cut; whether it was a cut.
async fn pass_on(
    mut client: TcpStream,
    mut server: TcpStream,
    (delay, mut budget, loses): (Duration, u64, bool),
) -> bool {
    let (mut up, mut down) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(count @ 1..) = read else { return false };
                tokio::time::sleep(delay).await;
                let whole = budget >= long(count);
                let part = if whole { count } else { usize::try_from(budget).unwrap() };
                budget -= long(part);
                if server.write_all(&up[..part]).await.is_err() || !whole {
                    return true;
                }
            }
            read = server.read(&mut down) => {
                let Ok(count @ 1..) = read else { return false };
                tokio::time::sleep(delay).await;
                // The answer is lost after its effect: the client must find out by asking.
                if loses || client.write_all(&down[..count]).await.is_err() {
                    return true;
                }
            }
        }
    }
}

/// What one upload took.
#[derive(Debug, Clone, Copy, Default)]
struct Took {
    sent: usize,
    attempts: usize,
}

/// The answer to one request, or nothing where the network swallowed it.
async fn tried(request: reqwest::RequestBuilder) -> Option<reqwest::Response> {
    let request = request.header("tus-resumable", "1.0.0");
    request.timeout(Duration::from_secs(20)).send().await.ok()
}

fn offset_in(answer: &reqwest::Response) -> usize {
    let told = answer.headers()["upload-offset"].to_str().unwrap();
    told.parse().unwrap()
}

/// A phone that sends a file, whatever happens to its requests; the upload's address and what it took.
async fn send(base: &str, token: &str, bytes: &[u8], chunk: usize) -> (String, Took) {
    let http = reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .unwrap();
    let request = |method: Method, path: &str| {
        http.request(method, format!("{base}{path}"))
            .bearer_auth(token)
    };
    let mut took = Took::default();
    let upload = loop {
        let creation = request(Method::POST, "/v1/uploads")
            .header("upload-length", bytes.len())
            .header("upload-metadata", metadata(PDF, &hash(bytes)));
        if let Some(answer) = tried(creation).await {
            assert_eq!(answer.status(), 201);
            break answer.headers()["location"].to_str().unwrap().to_owned();
        }
    };
    let mut known = Some(0);
    loop {
        took.attempts += 1;
        assert!(took.attempts < 5_000, "it never ends");
        let Some(offset) = known else {
            let asked = tried(request(Method::HEAD, &upload)).await;
            let asked = asked.filter(|answer| answer.status() == 200);
            known = asked.map(|answer| offset_in(&answer));
            continue;
        };
        if offset == bytes.len() {
            return (upload, took);
        }
        let piece = &bytes[offset..bytes.len().min(offset + chunk)];
        took.sent += piece.len();
        let sending = request(Method::PATCH, &upload)
            .header("upload-offset", offset)
            .header("content-type", CHUNK)
            .body(piece.to_vec());
        let kept = tried(sending).await.filter(|answer| answer.status() == 204);
        known = kept.map(|answer| offset_in(&answer));
    }
}

async fn many(server: &TestServer, uploads: usize, size: usize, network: Network) {
    let citizen = server.citizen("0912345678").await;
    let token = citizen.token().unwrap().to_owned();
    let (base, cuts) = proxy(&server.base(), network, 2026).await;
    let chunk = 256 * 1024;
    for number in 0..uploads {
        let bytes = pdf_of(&format!("tệp {number}"), size);
        let before = cuts.load(Ordering::Relaxed);
        let (upload, took) = send(&base, &token, &bytes, chunk).await;
        let cuts = cuts.load(Ordering::Relaxed) - before;
        let direct: &Client = &citizen;
        let file = file_of(direct, &upload).await;
        let kept = direct
            .get(&format!("/v1/files/{file}"))
            .send()
            .await
            .expect(200);
        assert_eq!(hash(&kept.body), hash(&bytes), "upload {number}");
        let wasted = took.sent - bytes.len();
        assert!(
            wasted <= cuts * chunk,
            "upload {number}: {wasted} bytes wasted in {cuts} cuts"
        );
        println!(
            "upload {number}: {} bytes, {cuts} cuts, {wasted} wasted",
            bytes.len()
        );
    }
    assert!(
        cuts.load(Ordering::Relaxed) >= uploads,
        "the network was good"
    );
}

fn network() -> (usize, usize, Network) {
    if tests::nightly() {
        let bad = Network {
            delay: Duration::from_millis(5),
            cut_after: 4 << 20,
            lost: 10,
        };
        (1_000, 20 << 20, bad)
    } else {
        let bad = Network {
            delay: Duration::from_millis(1),
            cut_after: 400 << 10,
            lost: 10,
        };
        (3, 2 << 20, bad)
    }
}

/// The store plays no part in it: one engine will do.
#[test]
fn every_upload_comes_whole_through_a_bad_network() {
    run::<TestServer>(Engine::Sqlite, async |server: &TestServer| {
        let (uploads, size, network) = network();
        let room = |config: &mut api::config::Config| {
            config.files.day_bytes = u64::MAX;
            config.files.person_bytes = u64::MAX;
        };
        let roomy = TestServer::start_with(server.site().engine(), room);
        many(&roomy, uploads, size, network).await;
        roomy.finish().await;
    });
}

on_both_engines! {
    /// A connection that is cut in the middle of a chunk: what arrived stays, to the piece.
    async fn a_cut_chunk_is_kept_as_far_as_it_came(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let bytes = pdf_of("cắt", 1 << 20);
        let upload = crate::uploads::begun(&citizen, PDF, &bytes).await;
        let address = server.base().replace("http://", "");
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let head = format!(
            "PATCH {upload} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\ntus-resumable: 1.0.0\r\n\
             upload-offset: 0\r\ncontent-type: {CHUNK}\r\ncontent-length: {}\r\n\r\n",
            citizen.token().unwrap(),
            bytes.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&bytes[..700_000]).await.unwrap();
        // While it is under way nobody else may send.
        let other = loop {
            let other = crate::uploads::chunk(&citizen, &upload, 0, &bytes).send().await;
            if other.status != 204 && other.code() == "upload-busy" {
                break other;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        other.refused(423, "upload-busy");
        drop(stream);
        // What still lay between the network and the server is lost with the connection, no more.
        let most_lost = 128 * 1024;
        let mut kept = 0;
        for _ in 0..500 {
            kept = crate::uploads::offset(&citizen, &upload).await;
            if kept >= 700_000 - most_lost {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!((700_000 - most_lost..=700_000).contains(&kept), "{kept}");
        let rest = loop {
            // The last of it may still be on its way to the disk.
            let kept = crate::uploads::offset(&citizen, &upload).await;
            let rest = crate::uploads::chunk(&citizen, &upload, kept, &bytes[kept..])
                .send()
                .await;
            if ![409, 423].contains(&rest.status) {
                break rest;
            }
        };
        rest.expect(204);
        file_of(&citizen, &upload).await;
    }
}
