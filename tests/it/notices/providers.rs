//! FCM, Zalo and a gateway for text messages, as far as a notice meets them: one server on this machine
//! that answers as a test has it answer, and remembers what it was asked.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// How a provider answers once.
#[derive(Debug, Clone)]
pub(super) enum Mood {
    /// With this status, these header lines and this body.
    Says(u16, &'static str, Value),
    /// It takes the message and says nothing until the patience of the sender ends.
    Silent,
    /// It takes the message and cuts the connection.
    Cuts,
    /// Yes, in words that are none.
    Garbage,
}

/// What it was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) head: String,
    pub(super) text: String,
}

impl Asked {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

#[derive(Debug, Default)]
struct Ledger {
    asked: Vec<Asked>,
    /// By the beginning of the path.
    moods: Vec<(&'static str, VecDeque<Mood>)>,
    /// What becomes of messages: by the beginning of the path.
    reports: Vec<(&'static str, Value)>,
}

/// The providers.
#[derive(Debug)]
pub(super) struct Providers {
    address: SocketAddr,
    ledger: Arc<Mutex<Ledger>>,
}

/// The key of the service account: one for all tests of a process, because making one takes a while.
fn key() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate(KeySize::Rsa2048).unwrap())
}

impl Providers {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        let shared = Arc::clone(&ledger);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let ledger = Arc::clone(&shared);
                // A sender that went away is its own business.
                std::thread::spawn(move || answer(&stream, &ledger));
            }
        });
        Self { address, ledger }
    }

    pub(super) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file of a service account of ours.
    pub(super) fn service_account(&self, folder: &Path) -> String {
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(key()).unwrap();
        let text = BASE64_STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|it| std::str::from_utf8(it).unwrap())
            .collect();
        let begin = "-----BEGIN PRIVATE KEY-----";
        let pem = format!("{begin}\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
        let account = json!({
            "type": "service_account", "project_id": "motcua-tests", "private_key": pem,
            "client_email": "push@motcua-tests.example", "token_uri": format!("{}/token", self.base())
        });
        let path = folder.join("service-account.json");
        fs::write(&path, account.to_string()).unwrap();
        path.display().to_string()
    }

    /// The claims of an assertion that we signed, RS256.
    pub(super) fn claims(assertion: &str) -> Value {
        let (message, mark) = assertion.rsplit_once('.').unwrap();
        let mark = BASE64_URL_SAFE_NO_PAD.decode(mark).unwrap();
        let public = key().public_key().as_ref();
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public);
        public.verify(message.as_bytes(), &mark).unwrap();
        let (_, claims) = message.split_once('.').unwrap();
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
    }

    /// Answers the next requests below that path like this, one after the other, and then as usual.
    pub(super) fn moods(&self, path: &'static str, moods: &[Mood]) {
        let mut ledger = self.ledger.lock().unwrap();
        ledger.moods.push((path, moods.iter().cloned().collect()));
    }

    /// From now on this is what became of every message.
    pub(super) fn reports(&self, path: &'static str, report: Value) {
        self.ledger.lock().unwrap().reports.push((path, report));
    }

    /// What was asked below a path.
    pub(super) fn asked(&self, path: &str) -> Vec<Asked> {
        let ledger = self.ledger.lock().unwrap();
        let asked = ledger
            .asked
            .iter()
            .filter(|asked| asked.path.starts_with(path));
        asked.cloned().collect()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).ok()? > 2 {
        head.push_str(&line.to_lowercase());
        line.clear();
    }
    let path = head.split(' ').nth(1)?.to_owned();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let mut body = vec![0; length.map_or(Some(0), |length| length.trim().parse().ok())?];
    reader.read_exact(&mut body).ok()?;
    let text = String::from_utf8(body).ok()?;
    Some(Asked { path, head, text })
}

fn answer(mut stream: &TcpStream, ledger: &Mutex<Ledger>) -> Option<()> {
    let asked = read(stream)?;
    let (mood, number) = {
        let mut ledger = ledger.lock().unwrap();
        let below = |path: &str| asked.path.starts_with(path);
        let queue = ledger
            .moods
            .iter_mut()
            .find(|(path, moods)| below(path) && !moods.is_empty());
        let mood = queue.and_then(|(_, moods)| moods.pop_front());
        let report = ledger.reports.iter().rev().find(|(path, _)| below(path));
        let report = report.map(|(_, report)| Mood::Says(200, "", report.clone()));
        ledger.asked.push(asked.clone());
        (mood.or(report), ledger.asked.len())
    };
    let usual = || {
        let body = match asked.path.split(['/', '?']).nth(1).unwrap_or_default() {
            "token" => json!({ "access_token": format!("let-in-{number}"), "expires_in": 3600 }),
            "v1" => json!({ "name": format!("projects/motcua-tests/messages/{number}") }),
            "sms" => json!({ "id": format!("sms-{number}") }),
            "sms_status" => json!({ "state": "pending" }),
            "zalo" => {
                json!({ "error": 0, "message": "Success", "data": { "msg_id": format!("z{number}") } })
            }
            _ => json!({ "error": 0, "data": { "status": 0 } }),
        };
        Mood::Says(200, "", body)
    };
    let text = match mood.unwrap_or_else(usual) {
        Mood::Says(status, lines, body) => {
            let body = body.to_string();
            let length = body.len();
            format!(
                "HTTP/1.1 {status} So\r\ncontent-length: {length}\r\nconnection: close\r\n{lines}\r\n{body}"
            )
        }
        Mood::Garbage => {
            "HTTP/1.1 200 So\r\ncontent-length: 7\r\nconnection: close\r\n\r\n<html>!".to_owned()
        }
        Mood::Cuts => return None,
        Mood::Silent => {
            std::thread::sleep(Duration::from_millis(1500));
            return None;
        }
    };
    stream.write_all(text.as_bytes()).ok()
}
