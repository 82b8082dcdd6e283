//! What lies in the database, searched byte for byte.

use std::process::Command;

use tests::engine::Site;
use tests::postgres::Cluster;
use tests::server::TestServer;

use super::{ADDRESS, ANSWER, NAME, NUMBER, PHONE, RECIPIENT, SECRET, spellings};

/// What lies sealed. Names and dates of birth do not, and words in the timeline do not: see the note on
/// the house's invariants.
const SEALED: [&str; 6] = [NUMBER, PHONE, ADDRESS, ANSWER, RECIPIENT, SECRET];

/// Everything the database has on disk while the server runs: the file and its log, or a dump.
pub(super) fn lying_in(site: &Site) -> Vec<u8> {
    if let Some(url) = site.database_url() {
        let dump = Command::new(Cluster::shared().binaries().join("pg_dump"))
            .arg(url)
            .output()
            .unwrap();
        assert!(dump.status.success());
        return dump.stdout;
    }
    let mut all = Vec::new();
    for file in ["motcua.db", "motcua.db-wal"] {
        let bytes = std::fs::read(site.data_directory().join(file)).unwrap();
        assert!(!bytes.is_empty(), "{file}");
        all.extend(bytes);
    }
    all
}

/// A copy of the rows, made as the manual says; the server has stopped.
pub(super) fn copy_of(site: &Site) -> Vec<u8> {
    let to = site.data_directory().join("copy-of-rows");
    match site.database_url() {
        None => {
            let url = TestServer::configuration(site).database_url();
            persistence::backup::backup(&url, &to).unwrap();
        }
        Some(url) => {
            let dump = Command::new(Cluster::shared().binaries().join("pg_dump"))
                .args([
                    "--format=plain",
                    "--exclude-table-data=subject_keys",
                    "--file",
                ])
                .arg(&to)
                .arg(url)
                .status();
            assert!(dump.unwrap().success());
        }
    }
    std::fs::read(to).unwrap()
}

/// A text in UTF-16, the lower byte first and last.
fn wide(text: &str) -> [Vec<u8>; 2] {
    [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| text.encode_utf16().flat_map(bytes).collect())
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| *byte == first) {
        if rest[place..].starts_with(needle) {
            return true;
        }
        rest = &rest[place + 1..];
    }
    false
}

/// A text as it may stand in bytes: as in a log, and in hexadecimal and base64 wherever it begins.
fn in_bytes(text: &str) -> Vec<String> {
    let mut spelled = spellings(text);
    spelled.push(api::dossiers::render::hex(text.as_bytes()));
    for shift in 0..3 {
        let mut shifted = vec![b'x'; shift];
        shifted.extend_from_slice(text.as_bytes());
        let encoded = base64(&shifted);
        // The first and the last group depend on what stands around it.
        let inner = encoded.get(4..encoded.len() - 4).unwrap();
        spelled.extend([inner.to_owned(), inner.replace('+', "-").replace('/', "_")]);
    }
    spelled
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let part = |place: usize| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for place in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap();
            text.push(char::from(DIGITS[digit]));
        }
    }
    text
}

/// The canaries that are found in the bytes, and how they were spelled.
pub(super) fn found_in(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let mut hits = Vec::new();
    for canary in SEALED {
        let spelled = in_bytes(canary).into_iter();
        hits.extend(
            spelled
                .filter(|one| text.contains(&one.to_lowercase()))
                .map(|one| (canary, one)),
        );
        if wide(canary).iter().any(|one| holds(bytes, one)) {
            hits.push((canary, "UTF-16".to_owned()));
        }
    }
    hits
}

/// Names stand in it as they are: a search that finds none would have looked into nothing.
pub(super) fn holds_the_name(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).contains(NAME)
}

#[test]
fn a_canary_is_found_in_bytes_however_it_is_written() {
    for canary in SEALED {
        for spelled in in_bytes(canary) {
            let bytes = [&[0xff, 0x00], spelled.as_bytes(), &[0xfe]].concat();
            assert!(!found_in(&bytes).is_empty(), "{spelled}");
        }
        for spelled in wide(canary) {
            let bytes = [&[0xff, 0x00], spelled.as_slice(), &[0xfe]].concat();
            assert!(!found_in(&bytes).is_empty(), "{canary} in UTF-16");
        }
        let inside = format!("{{\"a\":\"{canary}\"}}");
        assert!(
            !found_in(base64(inside.as_bytes()).as_bytes()).is_empty(),
            "{canary}"
        );
    }
    assert_eq!(found_in(b"SQLite format 3"), []);
}
