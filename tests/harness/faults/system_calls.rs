//! What a process asked of the kernel, read from the output of `strace`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::engine::Site;
use crate::process::Start;

/// A recording of what the server on a site asks of the kernel.
#[derive(Debug)]
pub struct Tracer {
    output: PathBuf,
}

impl Tracer {
    /// A recording beside the site's data.
    pub fn on(site: &Site) -> Self {
        Self {
            output: site.data_directory().join("system-calls"),
        }
    }

    /// How to start the server so that it is recorded.
    ///
    /// `-D` leaves the server the direct child, so that signals reach it and not the tracer;
    /// `-yy` writes files and sockets beside their numbers.
    pub fn start(&self) -> Start {
        let calls = "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg";
        let mut wrapper: Vec<String> = [
            "strace",
            "-D",
            "-f",
            "-yy",
            "-s",
            "512",
            "-e",
            calls,
            "-e",
            "signal=none",
            "-o",
        ]
        .map(str::to_owned)
        .to_vec();
        wrapper.push(self.output.display().to_string());
        Start {
            wrapper,
            ..Start::default()
        }
    }

    /// The recording, once the server has ended.
    pub fn finished(&self) -> String {
        let began = Instant::now();
        loop {
            let trace = std::fs::read_to_string(&self.output).unwrap_or_default();
            let first = trace.split(' ').next().unwrap_or_default();
            // The first line is the main thread's; its end is the end of the process.
            let is_end = |line: &str| {
                let words = line.strip_prefix(first).unwrap_or_default().trim_start();
                words.starts_with("+++ exited") || words.starts_with("+++ killed")
            };
            if trace.lines().any(is_end) {
                return trace;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "the recording has no end: {trace}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// How long the tracer may take to write down the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// One finished call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `fsync`, `recvfrom`, ..
    pub name: String,
    /// The file or socket, as in `TCP:[127.0.0.1:80->127.0.0.1:3000]` or `/data/motcua.db-wal`.
    pub target: String,
    /// All arguments.
    pub arguments: String,
    /// What the kernel returned, negative for an error.
    pub result: i64,
    /// The line at which it began.
    pub began: usize,
    /// The line at which it had returned.
    pub ended: usize,
}

/// Reads the tracer's output; calls that never returned are left out.
pub fn read(trace: &str) -> Vec<Call> {
    let mut open: HashMap<&str, (usize, String)> = HashMap::new();
    let mut calls = Vec::new();
    for (number, line) in trace.lines().enumerate() {
        let Some((thread, rest)) = line.split_once(' ') else {
            continue;
        };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            open.insert(thread, (number, begun.to_owned()));
        } else if let Some(resumed) = rest.strip_prefix("<... ") {
            let tail = resumed.split_once(" resumed>").map_or("", |(_, tail)| tail);
            if let Some((began, head)) = open.remove(thread) {
                calls.extend(call(&format!("{head}{tail}"), began, number));
            }
        } else {
            calls.extend(call(rest, number, number));
        }
    }
    calls.sort_by_key(|call| call.began);
    calls
}

fn call(text: &str, began: usize, ended: usize) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let target = arguments.split_once('<').and_then(|(_, rest)| {
        // A socket's own text holds "->": its end is the bracket.
        let end = if rest.starts_with("TCP") {
            rest.find("]>")? + 1
        } else {
            rest.find('>')?
        };
        rest.get(..end)
    });
    Some(Call {
        name: name.to_owned(),
        target: target.unwrap_or_default().to_owned(),
        arguments: arguments.to_owned(),
        result: result.split_whitespace().next()?.parse().ok()?,
        began,
        ended,
    })
}

/// Of the acknowledged writes, each known by a word of its request that no other request holds,
/// those whose answer left before a completed fsync of the log that began after the request came.
pub fn unsafe_answers(calls: &[Call], markers: &[String]) -> Vec<String> {
    markers
        .iter()
        .filter_map(|marker| fault(calls, marker))
        .collect()
}

fn fault(calls: &[Call], marker: &str) -> Option<String> {
    let is_socket = |call: &&Call| call.target.starts_with("TCP") && call.result > 0;
    let sockets = || calls.iter().filter(is_socket);
    let Some(request) = sockets().find(|call| is_receive(call) && call.arguments.contains(marker))
    else {
        return Some(format!("{marker}: the request is not in the trace"));
    };
    let Some(answer) = sockets()
        .find(|call| is_send(call) && call.target == request.target && call.began > request.ended)
    else {
        return Some(format!("{marker}: the answer is not in the trace"));
    };
    let durable = calls
        .iter()
        .any(|call| is_sync(call) && call.began > request.ended && call.ended < answer.began);
    (!durable).then(|| format!("{marker}: answered without an fsync"))
}

fn is_receive(call: &Call) -> bool {
    ["read", "recvfrom", "recvmsg"].contains(&call.name.as_str())
}

fn is_send(call: &Call) -> bool {
    ["write", "writev", "sendto", "sendmsg"].contains(&call.name.as_str())
}

fn is_sync(call: &Call) -> bool {
    let sync = ["fsync", "fdatasync"].contains(&call.name.as_str());
    sync && call.result == 0 && call.target.ends_with("-wal")
}
