//! The recording mode: a proxy in front of the server that writes down what passes.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use super::{days, file, relied_on};

/// Headers of a request that an app sets by itself.
const SENT: [&str; 6] = [
    "authorization",
    "content-type",
    "if-match",
    "if-none-match",
    "idempotency-key",
    "accept-language",
];

/// Headers of an answer that an app reads.
const READ: [&str; 3] = ["content-type", "etag", "location"];

/// Members of an answer that later requests name.
const NAMED_LATER: [&str; 6] = [
    "access_token",
    "code_request_id",
    "id",
    "file_id",
    "code",
    "tracking_secret",
];

/// A proxy that writes down what passes through it.
#[derive(Debug)]
pub struct Recorder {
    base: String,
    version: String,
    passed: Arc<Mutex<Vec<(Message, Message)>>>,
}

/// A request or an answer.
#[derive(Debug, Clone)]
struct Message {
    bytes: Vec<u8>,
    first_line: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Recorder {
    /// Stands before a server if `MOTCUA_RECORD` names a version of the document to record for.
    pub fn if_wanted(server: &str) -> Option<Self> {
        let version = std::env::var("MOTCUA_RECORD").ok()?;
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let passed = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&passed);
        std::thread::spawn(move || {
            // One after the other, as a person does things.
            for phone in listener.incoming() {
                let pair =
                    pass(phone.expect("a connection"), &server).expect("both sides speak HTTP");
                seen.lock().expect("nobody panicked").push(pair);
            }
        });
        Some(Self {
            base: format!("http://{address}"),
            version,
            passed,
        })
    }

    /// Where it listens, without a slash at the end.
    pub fn base(&self) -> String {
        self.base.clone()
    }

    /// Writes down what has passed: what was told and sent back stands there as where it came from.
    pub fn write(&self) {
        let passed = self.passed.lock().expect("nobody panicked").clone();
        let mut named: Vec<(String, String)> = Vec::new();
        let mut exchanges = Vec::new();
        for (number, (request, answer)) in passed.iter().enumerate() {
            exchanges.push(exchange(request, answer, &named));
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            names("", &body, &mut |at, value| {
                if !named.iter().any(|(known, _)| known == value) {
                    named.push((value.to_owned(), format!("{{{{{number}:{at}}}}}")));
                }
            });
        }
        let mut text = serde_json::to_string_pretty(&exchanges).expect("JSON");
        text.push('\n');
        std::fs::write(file(&self.version), text).expect("the recording can be written");
    }
}

fn pass(mut phone: TcpStream, server: &str) -> std::io::Result<(Message, Message)> {
    let request = message(&mut phone)?;
    let mut server = TcpStream::connect(server)?;
    server.write_all(&request.bytes)?;
    let answer = message(&mut server)?;
    phone.write_all(&answer.bytes)?;
    Ok((request, answer))
}

fn message(stream: &mut TcpStream) -> std::io::Result<Message> {
    let mut bytes = Vec::new();
    let mut piece = vec![0; 65_536];
    loop {
        let read = stream.read(&mut piece)?;
        bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let (head, body) = bytes.split_at(end + 4);
            let head = String::from_utf8_lossy(head).into_owned();
            let (first_line, rest) = head.split_once("\r\n").unwrap_or_default();
            let headers: HashMap<String, String> = rest
                .lines()
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect();
            let length = headers
                .get("content-length")
                .and_then(|length| length.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Ok(Message {
                    first_line: first_line.to_owned(),
                    headers,
                    body: body.to_vec(),
                    bytes,
                });
            }
        }
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn exchange(request: &Message, answer: &Message, named: &[(String, String)]) -> Value {
    let told = |text: &str| {
        let mut text = text.to_owned();
        for (value, place) in named {
            text = text.replace(value, place);
        }
        for (place, day) in days() {
            text = text.replace(&day, place);
        }
        text
    };
    let mut words = request.first_line.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let sent = SENT.iter().filter_map(|name| {
        let value = request.headers.get(*name)?;
        Some(((*name).to_owned(), json!(told(value))))
    });
    let mut body = told(&String::from_utf8_lossy(&request.body));
    if path == "/v1/auth/otp/verify" {
        let mut shown: Value = serde_json::from_str(&body).expect("JSON");
        shown["code"] = json!("{{code in the log}}");
        body = shown.to_string();
    }
    let status = answer
        .first_line
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse::<u16>().ok());
    let read = READ
        .iter()
        .filter(|name| answer.headers.contains_key(**name));
    let shown: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    json!({
        "request": {
            "method": method, "path": told(path), "headers": sent.collect::<Map<_, _>>(), "body": body
        },
        "answer": {
            "status": status, "headers": read.collect::<Vec<_>>(), "body": relied_on("", &shown)
        }
    })
}

/// Every member that later requests may name, with its place.
fn names(at: &str, body: &Value, found: &mut impl FnMut(&str, &str)) {
    match body {
        Value::Object(members) => {
            for (name, member) in members {
                let place = format!("{at}/{name}");
                let named = NAMED_LATER.contains(&name.as_str());
                let value = member.as_str().filter(|value| named && value.len() >= 8);
                if let Some(value) = value {
                    found(&place, value);
                } else {
                    names(&place, member, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                names(&format!("{at}/{index}"), item, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
