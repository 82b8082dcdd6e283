//! Clients that are slow on purpose are cut, and nobody else notices them.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};
use tests::engine::Engine;
use tests::process::{Process, Start};

/// Until when the last of them must be cut (figure R8).
const CUT_WITHIN: Duration = Duration::from_secs(35);

/// What a slow client does, a byte a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slow {
    FirstHead,
    SecondHead,
    Body,
    Reader,
}

struct Client {
    stream: TcpStream,
    slow: Slow,
    cut_after: Option<Duration>,
}

impl Client {
    fn connect(address: SocketAddr, slow: Slow) -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        // A phone that has no room: else the kernels take a whole answer in, and nobody waits.
        socket.set_recv_buffer_size(2048).unwrap();
        socket.connect(&address.into()).unwrap();
        let mut stream = TcpStream::from(socket);
        let head: &[u8] = match slow {
            Slow::FirstHead => b"GET /healthz HTTP/1.1\r\nhost: a\r\nx: ",
            Slow::SecondHead => b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n",
            Slow::Body => b"POST /v1/tracking HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{",
            Slow::Reader => b"GET /openapi.json HTTP/1.1\r\nhost: a\r\naccept-encoding: identity\r\n\r\n",
        };
        stream.write_all(head).unwrap();
        if slow == Slow::SecondHead {
            let mut answer = [0; 4096];
            assert!(stream.read(&mut answer).unwrap() > 0);
            stream.write_all(b"GET /healthz HTTP/1.1\r\nx: ").unwrap();
        }
        stream.set_nonblocking(true).unwrap();
        Self {
            stream,
            slow,
            cut_after: None,
        }
    }

    /// One second's byte; notes when the server has hung up.
    fn go_on(&mut self, since: Instant) {
        if self.cut_after.is_some() {
            return;
        }
        let broken = |result: &std::io::Result<usize>| matches!(result, Err(error) if error.kind() != std::io::ErrorKind::WouldBlock);
        let gone = if self.slow == Slow::Reader {
            let read = self.stream.read(&mut [0]);
            // The kernel gives up without a word to one that has no room for words.
            broken(&read)
                || !is_held(
                    self.stream.peer_addr().unwrap(),
                    self.stream.local_addr().unwrap(),
                )
        } else {
            let written = self.stream.write(b"x");
            let read = self.stream.read(&mut [0; 4096]);
            broken(&written) || broken(&read) || matches!(read, Ok(0))
        };
        if gone {
            self.cut_after = Some(since.elapsed());
        }
    }
}

/// Whether the server's kernel still keeps its end of a connection.
fn is_held(server: SocketAddr, client: SocketAddr) -> bool {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let (ours, theirs) = (
        format!(":{:04X}", server.port()),
        format!(":{:04X}", client.port()),
    );
    table.lines().any(|line| {
        let mut columns = line.split_whitespace().skip(1);
        let ends = (columns.next(), columns.next());
        matches!(ends, (Some(local), Some(remote)) if local.ends_with(&ours) && remote.ends_with(&theirs))
    })
}

fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        * 1024
}

/// Answers to an ordinary client, one after the other: the slowest but the last hundredth.
fn p99(address: SocketAddr, requests: usize) -> Duration {
    let mut took: Vec<_> = (0..requests)
        .map(|_| {
            let began = Instant::now();
            let mut stream = TcpStream::connect(address).unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(30)))
                .unwrap();
            stream
                .write_all(b"GET /v1/fields HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                .unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            assert!(
                answer.starts_with(b"HTTP/1.1 200"),
                "an ordinary client is answered"
            );
            began.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[took.len() * 99 / 100]
}

/// How many clients of each kind come at once.
fn kinds() -> [(Slow, usize); 4] {
    let many = if tests::nightly() { 1_000 } else { 60 };
    [
        (Slow::FirstHead, many / 2),
        (Slow::SecondHead, many / 2),
        (Slow::Body, many),
        (Slow::Reader, many / 5),
    ]
}

/// Each kind was cut whole, and in time.
fn assert_cut(clients: &[Client]) {
    for (slow, count) in kinds() {
        let of_kind = clients.iter().filter(|it| it.slow == slow);
        let cut: Vec<_> = of_kind.filter_map(|it| it.cut_after).collect();
        let (first, last) = (cut.iter().min(), cut.iter().max());
        println!("{slow:?}: {count}, cut after {first:?} to {last:?}");
        assert_eq!(
            cut.len(),
            count,
            "{slow:?}: all are cut within {CUT_WITHIN:?}"
        );
    }
}

fn slow_clients_are_cut(engine: Engine) {
    let site = tests::server::prepared_site(engine);
    let process = Process::start(&site, &Start::default());
    let base = process.base();
    let address: SocketAddr = base.strip_prefix("http://").unwrap().parse().unwrap();
    let calm = p99(address, 400);
    let before = resident(process.id());
    let mut clients: Vec<_> = kinds()
        .into_iter()
        .flat_map(|(slow, count)| (0..count).map(move |_| Client::connect(address, slow)))
        .collect();
    let (mut most, mut pressed) = (before, Duration::ZERO);
    let connected = Instant::now();
    while connected.elapsed() < CUT_WITHIN && clients.iter().any(|it| it.cut_after.is_none()) {
        let round = Instant::now();
        for client in &mut clients {
            client.go_on(connected);
        }
        pressed = pressed.max(p99(address, 40));
        most = most.max(resident(process.id()));
        std::thread::sleep(Duration::from_secs(1).saturating_sub(round.elapsed()));
    }
    assert_cut(&clients);
    let grown = most.saturating_sub(before);
    println!(
        "{engine}: {} clients; p99 {calm:?}, beside them {pressed:?}; memory grew by {} KiB",
        clients.len(),
        grown / 1024
    );
    if tests::nightly() {
        // Alone on the machine; in the daily run other tests take their turn too.
        let bound = (calm * 2).max(Duration::from_millis(50));
        assert!(
            pressed <= bound,
            "p99 {calm:?} alone, {pressed:?} beside slow clients"
        );
    }
    assert!(grown < 64 << 20, "memory grew by {grown} bytes");
    assert!(process.stop());
}

#[test]
fn slow_clients_are_cut_on_sqlite() {
    slow_clients_are_cut(Engine::Sqlite);
}

#[test]
fn slow_clients_are_cut_on_postgres() {
    slow_clients_are_cut(Engine::Postgres);
}
