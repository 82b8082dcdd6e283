//! Asking the virus scanner (`clamd` of `ClamAV`) about files.
//!
//! One that is down, too slow or says what cannot be read never makes a file clean: the file is held back, and
//! asked about again later.

use std::{io, time::Duration};

use bytes::Bytes;
use clamav_client::tokio::{Socket, Tcp, scan_buffer};
use domain::papers::{Inspection, Scanned};
use futures_util::TryStreamExt as _;
use persistence::{Tx, inspections};
use tokio::time::timeout;

use crate::{app::App, failure::Failure};

/// How many files one round asks about: the jobs behind it wait.
const BATCH: i64 = 10;

/// How much is sent at once, in bytes.
const PIECE: usize = 64 * 1024;

/// What clamd says of a file in which it found nothing.
const NOTHING: &str = "stream: OK";

/// Where the scanner is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Address<'a> {
    Tcp(&'a str),
    Unix(&'a str),
}

fn address(setting: &str) -> Option<Address<'_>> {
    match setting.split_once(':')? {
        ("unix", path) => Some(Address::Unix(path)),
        ("tcp", rest) => Some(Address::Tcp(rest.strip_prefix("//")?)),
        _ => None,
    }
}

/// Asks about the files whose turn it is; how many. Without a scanner nobody is asked.
///
/// # Errors
/// `unavailable` when the store cannot be reached.
pub async fn scan(app: &App) -> Result<usize, Failure> {
    let Some(scanner) = app.config.files.scanner.as_deref() else {
        return Ok(0);
    };
    let now = app.clock.now();
    let look = move |tx: &mut Tx| inspections::due(tx, now, BATCH);
    let due = app.store.read(look).await.map_err(Failure::from)?;
    let asked = due.len();
    for inspection in due {
        scan_one(app, scanner, &inspection).await?;
    }
    Ok(asked)
}

async fn scan_one(app: &App, scanner: &str, inspection: &Inspection) -> Result<(), Failure> {
    let outcome = match bytes_of(app, inspection).await {
        Ok(bytes) => asked(app, scanner, &bytes).await,
        // A lost object must not hold up those behind it.
        Err(failure) => {
            tracing::error!(cause = failure.cause(), "a file could not be read");
            Scanned::NoAnswer
        }
    };
    let after = inspection.after(outcome, app.clock.now());
    metrics::counter!("files_scanned_total", "state" => after.state.as_str()).increment(1);
    let save = move |tx: &mut Tx| inspections::save(tx, &after);
    app.store.write(save).await.map_err(Failure::from)
}

async fn bytes_of(app: &App, inspection: &Inspection) -> Result<Vec<u8>, Failure> {
    let pieces = app.objects.get(&inspection.sha256, None).await?;
    let pieces: Vec<Bytes> = pieces.try_collect().await.map_err(Failure::internal)?;
    Ok(pieces.concat())
}

async fn asked(app: &App, scanner: &str, bytes: &[u8]) -> Scanned {
    let patience = Duration::from_secs(app.config.files.scanner_seconds);
    match timeout(patience, ask(scanner, bytes)).await {
        Ok(Ok(answer)) => understood(&answer),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the virus scanner does not answer");
            Scanned::NoAnswer
        }
        Err(_) => {
            tracing::warn!("the virus scanner takes too long");
            Scanned::NoAnswer
        }
    }
}

async fn ask(scanner: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
    match address(scanner) {
        Some(Address::Tcp(host_address)) => {
            scan_buffer(bytes, Tcp { host_address }, Some(PIECE)).await
        }
        Some(Address::Unix(socket_path)) => {
            scan_buffer(bytes, Socket { socket_path }, Some(PIECE)).await
        }
        None => Err(io::Error::other(
            "files.scanner is neither tcp:// nor unix:",
        )),
    }
}

/// Only the one sentence that says so means that nothing was found.
fn understood(answer: &[u8]) -> Scanned {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_end_matches(['\0', '\n']);
    if text == NOTHING {
        Scanned::Clean
    } else if text.starts_with("stream: ") && text.ends_with(" FOUND") {
        Scanned::Found
    } else {
        Scanned::NoAnswer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_sentence_means_clean() {
        for (answer, expected) in [
            (&b"stream: OK\0"[..], Scanned::Clean),
            (b"stream: OK\n", Scanned::Clean),
            (b"stream: Eicar-Test-Signature FOUND\0", Scanned::Found),
            (b"stream: OK FOUND\0", Scanned::Found),
            (b"INSTREAM size limit exceeded. ERROR\0", Scanned::NoAnswer),
            (b"stream: NOT OK\0", Scanned::NoAnswer),
            (b"OK", Scanned::NoAnswer),
            (b"", Scanned::NoAnswer),
            (b"\xff\xfe", Scanned::NoAnswer),
        ] {
            assert_eq!(understood(answer), expected, "{answer:?}");
        }
    }

    #[test]
    fn the_scanner_is_reached_over_tcp_or_a_socket() {
        assert_eq!(
            address("tcp://127.0.0.1:3310"),
            Some(Address::Tcp("127.0.0.1:3310"))
        );
        assert_eq!(
            address("unix:/run/clamd.ctl"),
            Some(Address::Unix("/run/clamd.ctl"))
        );
        for other in ["", "/run/clamd.ctl", "http://x", "tcp:x"] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
