//! A client that costs little: bare HTTP/1.1 over kept connections, no parsing beyond lengths.
//!
//! It shares the machine's cores with the server, so what it spends is taken from the figure.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One kept connection and its buffers.
pub(crate) struct Connection {
    stream: TcpStream,
    /// The request being written; whoever sends fills it.
    pub(crate) request: Vec<u8>,
    answer: Vec<u8>,
}

/// The last answer of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    /// Status line and headers, with the empty line.
    pub(crate) head: &'a [u8],
    /// As it came: compressed, and in chunks if it was chunked.
    pub(crate) body: &'a [u8],
}

impl Answer<'_> {
    /// Bytes on the wire.
    pub(crate) const fn bytes(&self) -> usize {
        self.head.len() + self.body.len()
    }

    /// The headers, in order, names as they came.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let head = String::from_utf8_lossy(self.head);
        let pairs = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            request: Vec::with_capacity(2048),
            answer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends [`Connection::request`] and reads the answer whole.
    pub(crate) async fn exchange(&mut self) -> anyhow::Result<Answer<'_>> {
        self.stream.write_all(&self.request).await?;
        self.answer.clear();
        let head = loop {
            self.more().await?;
            if let Some(end) = find(&self.answer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let (status, length) = understood(self.answer.get(..head).unwrap_or_default())?;
        loop {
            let body = self.answer.get(head..).unwrap_or_default();
            let whole = match length {
                Length::Known(length) => body.len() >= length,
                Length::Chunked => body == b"0\r\n\r\n" || body.ends_with(b"\r\n0\r\n\r\n"),
            };
            if whole {
                break;
            }
            self.more().await?;
        }
        let (head, body) = self.answer.split_at(head);
        Ok(Answer { status, head, body })
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        if self.stream.read_buf(&mut self.answer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

enum Length {
    Known(usize),
    Chunked,
}

fn understood(head: &[u8]) -> anyhow::Result<(u16, Length)> {
    let head = std::str::from_utf8(head)?;
    let status = head.get(9..12).context("no status")?.parse()?;
    let mut length = Length::Known(0);
    for line in head.split("\r\n").skip(1) {
        let Some((name, value)) = line.split_once(": ") else {
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = Length::Known(value.parse()?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            length = Length::Chunked;
        }
    }
    Ok((status, length))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
