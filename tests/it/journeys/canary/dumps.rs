//! What lies in the database, searched byte for byte.

use std::process::Command;

use tests::engine::Site;
use tests::postgres::Cluster;

use super::{ADDRESS, ANSWER, NAME, NUMBER, PHONE, RECIPIENT, spellings};

/// What lies sealed. Names and dates of birth do not, and words in the timeline do not: see the note on
/// the house's invariants.
const SEALED: [&str; 5] = [NUMBER, PHONE, ADDRESS, ANSWER, RECIPIENT];

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
        let inside = format!("{{\"a\":\"{canary}\"}}");
        assert!(
            !found_in(base64(inside.as_bytes()).as_bytes()).is_empty(),
            "{canary}"
        );
    }
    assert_eq!(found_in(b"SQLite format 3"), []);
}
