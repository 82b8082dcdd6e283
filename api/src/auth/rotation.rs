//! The files of the keys that sign access tokens, and how one takes the place of another.
//!
//! The first key is `access-tokens.pk8`; each later one is `access-tokens.<seconds>.pk8`, after the
//! second since 1970 from which it signs. That lies a little ahead, so that every server has noticed
//! the file before the first token of the new key; the key before it is accepted until its last token
//! has run out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::keyring::{KeyPair, Keyring, folder, read, read_or_make};

/// How the files' names begin and end.
const STEM: &str = "access-tokens";
const ENDING: &str = ".pk8";

/// How the key before the first is called where one was put by hand.
const PREVIOUS: &str = "previous";

/// How far ahead a new key begins to sign, in seconds: servers look every two.
pub const LEAD: i64 = 10;

/// How long after its last token's end a key is still accepted, in seconds: clocks differ.
pub const LEEWAY: i64 = 60;

/// When a key of this file name begins to sign.
fn since(name: &str) -> Option<i64> {
    let middle = name.strip_prefix(STEM)?.strip_suffix(ENDING)?;
    match middle.strip_prefix('.') {
        None if middle.is_empty() => Some(0),
        Some(PREVIOUS) => Some(-1),
        Some(seconds) => seconds.parse().ok().filter(|seconds| *seconds > 0),
        None => None,
    }
}

/// The files, the oldest first.
fn files(folder: &Path) -> anyhow::Result<Vec<(i64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(since) = entry.file_name().to_str().and_then(since) {
            found.push((since, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// The pairs of the folder, the oldest first; one is made if there is none.
pub(super) fn pairs(folder: &Path) -> anyhow::Result<Vec<KeyPair>> {
    if files(folder)?.is_empty() {
        read_or_make(&folder.join(format!("{STEM}{ENDING}")), KeyPair::generate)?;
    }
    let mut pairs = Vec::new();
    for (since, path) in files(folder)? {
        // Another process may have removed a key whose time is over since the folder was read.
        if let Some(private) = read(&path)? {
            let pair = KeyPair::parse(private, since);
            pairs.push(pair.with_context(|| path.display().to_string())?);
        }
    }
    ensure!(
        !pairs.is_empty(),
        "the keys vanished from {}",
        folder.display()
    );
    Ok(pairs)
}

/// Makes a new key and removes those whose last token has run out. `lifetime` is how long a token
/// holds; both in seconds. Gives the name of the new key and when it begins to sign.
///
/// `at_once`, for a key that somebody else may have: the new one signs from now on and every other is
/// removed, so that every access token stops to hold.
///
/// # Errors
/// When a file cannot be read, written or removed; when a change of keys is already under way.
pub fn rotate(
    data_dir: &Path,
    now: i64,
    lifetime: i64,
    at_once: bool,
) -> anyhow::Result<(String, i64)> {
    Keyring::open(data_dir)?;
    let folder = folder(data_dir)?;
    let older = files(&folder)?;
    let since = if at_once {
        now
    } else {
        now.saturating_add(LEAD)
    };
    ensure!(
        older.iter().all(|(earlier, _)| *earlier < since),
        "a change of keys is under way: try again in a moment"
    );
    let path = folder.join(format!("{STEM}.{since}{ENDING}"));
    let private = read_or_make(&path, KeyPair::generate)?;
    let replaced = older.iter().skip(1).map(|(since, _)| *since).chain([since]);
    for ((_, path), replaced) in older.iter().zip(replaced) {
        if at_once || replaced.saturating_add(lifetime).saturating_add(LEEWAY) <= now {
            fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    // The names are as durable as the keys: a token of a key that is lost holds for nobody.
    fs::File::open(&folder)?.sync_all()?;
    Ok((KeyPair::parse(private, since)?.kid, since))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    fn kids(folder: &Path) -> Vec<(String, i64)> {
        let ring = Keyring::open(folder).unwrap();
        let pairs = ring.pairs().iter();
        pairs.map(|pair| (pair.kid.clone(), pair.since)).collect()
    }

    #[test]
    fn keys_overlap_and_leave_when_their_last_token_has_run_out() {
        let folder = tempfile::tempdir().unwrap();
        let first = kids(folder.path()).remove(0);
        assert_eq!(first.1, 0);
        let second = rotate(folder.path(), 1000, 600, false).unwrap();
        assert_eq!(second.1, 1000 + LEAD);
        assert_eq!(kids(folder.path()), [first.clone(), second.clone()]);
        assert!(
            rotate(folder.path(), 1000, 600, false).is_err(),
            "under way"
        );
        let third = rotate(folder.path(), 1000 + LEAD + 600 + LEEWAY - 1, 600, false).unwrap();
        assert_eq!(kids(folder.path()), [first, second.clone(), third.clone()]);
        let fourth = rotate(folder.path(), 3000, 600, false).unwrap();
        assert_eq!(kids(folder.path()), [third, fourth]);
        let fifth = rotate(folder.path(), 4000, 600, true).unwrap();
        assert_eq!(kids(folder.path()), [fifth]);
    }

    #[test]
    fn a_key_put_aside_by_hand_still_counts() {
        let folder = tempfile::tempdir().unwrap();
        let before = kids(folder.path()).remove(0).0;
        let keys = folder.path().join("keys");
        fs::rename(
            keys.join("access-tokens.pk8"),
            keys.join("access-tokens.previous.pk8"),
        )
        .unwrap();
        rotate(folder.path(), 5, 600, false).unwrap();
        let after = kids(folder.path());
        assert_eq!(after.len(), 2);
        assert_eq!(after.first(), Some(&(before, -1)));
        for stray in [
            "access-tokens.x.pk8",
            "access-tokens.7.pk8~",
            "access-tokensx.pk8",
        ] {
            fs::write(keys.join(stray), "x").unwrap();
        }
        assert_eq!(kids(folder.path()).len(), 2);
    }
}
