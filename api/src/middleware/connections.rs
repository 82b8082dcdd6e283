//! Connections that keep the server waiting, and when they are cut.
//!
//! The framework bounds only the first head of a connection. Everything else a slow client can do
//! is bounded here, by what the connection waits for: the next head, the rest of a body, or the
//! client's own reading. One thread looks at all of them each second.

use std::{
    any::Any,
    io,
    net::Shutdown,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    thread,
    time::{Duration, Instant},
};

use actix_web::{
    HttpMessage as _,
    body::{BodySize, MessageBody},
    dev::{Extensions, Payload, ServiceRequest},
    error::PayloadError,
    http::header::{CONTENT_LENGTH, TRANSFER_ENCODING},
    rt::net::TcpStream,
};
use bytes::Bytes;
use futures_util::Stream;
use socket2::{SockRef, Socket};

/// How long a connection may be without a whole head: longer than it may be idle, so that only one
/// that sends its head drop by drop is cut here.
const HEAD: Duration = Duration::from_secs(15);

/// How long a body may take, and how long an answer may wait to be read, however small.
const GRACE: Duration = Duration::from_secs(25);

/// What a client must send beyond that, in bytes a second: less than the slowest phones do.
const SENDING: u64 = 512;

/// What a client must read beyond that, in bytes a second.
const READING: u64 = 2048;

/// The largest piece handed over at once, so that a client's reading shows.
const PIECE: usize = 16 * 1024;

/// What a connection waits for; the low bits of its state.
const HANDLER: u64 = 0;
const CLIENT: u64 = 1;

/// One connection of a client.
#[derive(Debug)]
pub struct Connection {
    socket: Socket,
    born: Instant,
    /// Milliseconds since `born` until which the client may keep us waiting, and in the lowest bit
    /// whether it is the client that is waited for.
    state: AtomicU64,
}

impl Connection {
    fn waits_for_client(&self, at_most: Duration) {
        let until = self.born.elapsed() + at_most;
        let until = u64::try_from(until.as_millis()).unwrap_or(u64::MAX >> 1);
        self.state.store((until << 1) | CLIENT, Ordering::Relaxed);
    }

    fn waits_for_handler(&self) {
        self.state.store(HANDLER, Ordering::Relaxed);
    }

    fn is_overdue(&self) -> bool {
        let state = self.state.load(Ordering::Relaxed);
        state & CLIENT == CLIENT && self.born.elapsed().as_millis() > u128::from(state >> 1)
    }
}

/// All connections of this server.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Mutex<Vec<Weak<Connection>>>>);

impl Connections {
    /// Looks after the connections from now on, on a thread of its own, until the server is gone.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn watch(&self) -> io::Result<()> {
        let all = Arc::downgrade(&self.0);
        thread::Builder::new()
            .name("connections".to_owned())
            .spawn(move || {
                while let Some(all) = all.upgrade() {
                    Self(all).cut_overdue();
                    thread::sleep(Duration::from_secs(1));
                }
            })?;
        Ok(())
    }

    /// Takes a new connection in; for `HttpServer::on_connect`.
    pub fn admit(&self, stream: &dyn Any, data: &mut Extensions) {
        let Some(stream) = stream.downcast_ref::<TcpStream>() else {
            return;
        };
        let socket = SockRef::from(stream);
        // What the kernel sent and nobody acknowledges, or has no room for, ends the connection.
        if let Err(error) = socket.set_tcp_user_timeout(Some(GRACE)) {
            tracing::debug!(%error, "a connection has no time-out of its own");
        }
        // Without a second handle it could not be cut: it is then not looked after.
        let Ok(socket) = socket.try_clone() else {
            return;
        };
        let connection = Arc::new(Connection {
            socket,
            born: Instant::now(),
            state: AtomicU64::new(HANDLER),
        });
        connection.waits_for_client(HEAD);
        self.list(|all| all.push(Arc::downgrade(&connection)));
        data.insert(connection);
    }

    fn cut_overdue(&self) {
        self.list(|all| {
            all.retain(|connection| {
                let Some(connection) = connection.upgrade() else {
                    return false;
                };
                if !connection.is_overdue() {
                    return true;
                }
                metrics::counter!("connections_cut_total").increment(1);
                // A reset, so that what nobody reads is not kept for them any longer.
                let socket = &connection.socket;
                let cut = socket
                    .set_linger(Some(Duration::ZERO))
                    .and_then(|()| socket.shutdown(Shutdown::Both));
                if let Err(error) = cut {
                    tracing::debug!(%error, "a slow connection was gone already");
                }
                false
            });
        });
    }

    fn list<T>(&self, look: impl FnOnce(&mut Vec<Weak<Connection>>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Notes that a request has arrived, and looks after its body.
pub fn begin(request: &mut ServiceRequest) -> Option<Arc<Connection>> {
    let connection = Arc::clone(request.request().conn_data::<Arc<Connection>>()?);
    let headers = request.headers();
    let has_body = headers.contains_key(TRANSFER_ENCODING)
        || headers.get(CONTENT_LENGTH).is_some_and(|it| it != "0");
    if !has_body {
        connection.waits_for_handler();
        return Some(connection);
    }
    connection.waits_for_client(GRACE);
    let body = Incoming {
        payload: request.take_payload(),
        connection: Arc::clone(&connection),
        began: Instant::now(),
        bytes: 0,
    };
    let body: Pin<Box<dyn Stream<Item = _>>> = Box::pin(body);
    request.set_payload(Payload::from(body));
    Some(connection)
}

/// A body on its way in.
struct Incoming {
    payload: Payload,
    connection: Arc<Connection>,
    began: Instant,
    bytes: u64,
}

impl Stream for Incoming {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.payload).poll_next(context);
        match &polled {
            Poll::Pending => {
                let allowed = GRACE + Duration::from_secs(self.bytes / SENDING);
                let left = allowed.saturating_sub(self.began.elapsed());
                self.connection.waits_for_client(left);
            }
            Poll::Ready(Some(Ok(chunk))) => {
                self.bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
                self.connection.waits_for_handler();
            }
            Poll::Ready(_) => self.connection.waits_for_handler(),
        }
        polled
    }
}

/// An answer on its way out: while nobody asks for its next piece, the client is reading.
pub struct Outgoing<B> {
    body: B,
    connection: Arc<Connection>,
    /// What the body gave and was not handed over yet.
    rest: Bytes,
    /// How much was handed over last.
    last: usize,
}

impl<B> Outgoing<B> {
    /// Looks after an answer.
    pub const fn new(body: B, connection: Arc<Connection>) -> Self {
        Self {
            body,
            connection,
            rest: Bytes::new(),
            last: 0,
        }
    }

    fn hand_over(&mut self) -> Bytes {
        let piece = self.rest.split_to(self.rest.len().min(PIECE));
        self.last = piece.len();
        self.connection.waits_for_client(GRACE + self.reading());
        piece
    }

    /// How long reading what was handed over last may take.
    fn reading(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.last).unwrap_or(u64::MAX) / READING)
    }
}

impl<B: MessageBody + Unpin> MessageBody for Outgoing<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(self.hand_over())));
        }
        match Pin::new(&mut self.body).poll_next(context) {
            Poll::Pending => {
                // Nothing to send for now: it is the server's turn.
                self.connection.waits_for_handler();
                Poll::Pending
            }
            Poll::Ready(Some(Ok(chunk))) => {
                self.rest = chunk;
                Poll::Ready(Some(Ok(self.hand_over())))
            }
            Poll::Ready(end) => Poll::Ready(end),
        }
    }
}

impl<B> Drop for Outgoing<B> {
    /// All was handed over, though perhaps not read yet; then the next head is waited for.
    fn drop(&mut self) {
        let reading = self.reading();
        self.connection.waits_for_client(HEAD + reading);
    }
}
