//! A request as bytes: what no client library would send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::client::Response;
use crate::server::TestServer;

/// Longer than any answer takes: a server that never closes must not hang the test.
const PATIENCE: Duration = Duration::from_secs(20);

impl TestServer {
    /// Sends a request line, headers and a body as they stand, and reads until the server closes
    /// the connection. Panics when no answer comes, or one that the document does not allow.
    pub fn send_raw(&self, method: &str, path: &str, headers_and_body: &str) -> Response {
        let address = self.base().replace("http://", "");
        let mut stream = TcpStream::connect(&address).expect("the server listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a limit can be set");
        let request = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\n{headers_and_body}");
        stream
            .write_all(request.as_bytes())
            .expect("the server reads");
        let mut answer = Vec::new();
        stream
            .read_to_end(&mut answer)
            .expect("the server closes the connection");
        parsed(method, path, &String::from_utf8_lossy(&answer))
    }
}

/// The first answer of a connection, whose body has its length announced.
fn parsed(method: &str, path: &str, answer: &str) -> Response {
    let (head, rest) = answer.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.and_then(|code| code.parse().ok()).expect("a status");
    let headers: std::collections::HashMap<_, _> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let body = rest.as_bytes().iter().copied();
    let body = body.take(length.expect("a length")).collect();
    Response::checked(method, path, status, headers, body).unwrap_or_else(|fault| panic!("{fault}"))
}
