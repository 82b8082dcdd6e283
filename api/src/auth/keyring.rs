//! The keys of this installation, made at the first start and kept in the data directory.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac::{HMAC_SHA256, Key, sign},
    rand,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::rotation;

/// Readable by the process's own user only.
pub(crate) const PRIVATE: u32 = 0o600;

/// The file from which all symmetric keys are derived.
const ROOT: &str = "root.key";

/// The keys of this installation. Never printed.
pub struct Keyring {
    root: Key,
    pairs: Vec<KeyPair>,
}

/// One Ed25519 key pair and its name.
pub struct KeyPair {
    /// The name tokens carry as `kid`: the start of the public key's SHA-256.
    pub kid: String,
    /// The private key (PKCS#8 v1).
    pub private_der: Vec<u8>,
    /// The public key, 32 bytes.
    pub public: Vec<u8>,
    /// From when it signs, in seconds since 1970.
    pub since: i64,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyPair")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// Reads the keys under `<data_dir>/keys`, making what is missing.
    ///
    /// # Errors
    /// When a file cannot be read or written, is not a key, or can be read by other users.
    pub fn open(data_dir: &Path) -> anyhow::Result<Self> {
        let folder = folder(data_dir)?;
        let root = read_or_make(&folder.join(ROOT), || {
            let mut bytes = vec![0_u8; 32];
            rand::fill(&mut bytes)?;
            Ok(bytes)
        })?;
        ensure!(root.len() == 32, "{ROOT} is not a key of 32 bytes");
        Ok(Self {
            root: Key::new(HMAC_SHA256, &root),
            pairs: rotation::pairs(&folder)?,
        })
    }

    /// A symmetric key for one purpose, underivable from those of other purposes.
    pub fn derived(&self, purpose: &str) -> Key {
        Key::new(HMAC_SHA256, sign(&self.root, purpose.as_bytes()).as_ref())
    }

    /// The key pairs that sign access tokens, the oldest first.
    pub fn pairs(&self) -> &[KeyPair] {
        &self.pairs
    }
}

/// The folder of the keys; made if it is missing.
pub(super) fn folder(data_dir: &Path) -> anyhow::Result<PathBuf> {
    let folder = data_dir.join("keys");
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    Ok(folder)
}

impl KeyPair {
    /// A new private key (PKCS#8 v1).
    pub(super) fn generate() -> anyhow::Result<Vec<u8>> {
        Ok(Ed25519KeyPair::generate()?.to_pkcs8v1()?.as_ref().to_vec())
    }

    /// The pair of a private key that signs from then on.
    pub(super) fn parse(private: Vec<u8>, since: i64) -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&private)
            .map_err(|_| anyhow::anyhow!("not an Ed25519 key"))?;
        let public = pair.public_key().as_ref().to_vec();
        let kid = BASE64_URL_SAFE_NO_PAD
            .encode(digest(&SHA256, &public))
            .chars()
            .take(16)
            .collect();
        Ok(Self {
            kid,
            private_der: private,
            public,
            since,
        })
    }
}

pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let about = || format!("cannot read {}", path.display());
    match fs::metadata(path) {
        Ok(file) if file.permissions().mode() & 0o077 != 0 => {
            bail!(
                "{} can be read by other users: chmod 600 it",
                path.display()
            )
        }
        Ok(_) => fs::read(path).map(Some).with_context(about),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(about),
    }
}

pub(super) fn read_or_make(
    path: &Path,
    make: impl Fn() -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<u8>> {
    if let Some(bytes) = read(path)? {
        return Ok(bytes);
    }
    let bytes = make()?;
    // `create_new`: of two processes that start at once only one may make the key.
    let opened = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE)
        .open(path);
    match opened {
        Ok(mut file) => {
            file.write_all(&bytes)?;
            file.sync_all()?;
            Ok(bytes)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.with_context(|| format!("{} vanished", path.display()))
        }
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn keys_are_made_once_private_and_distinct_per_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keyring::open(folder.path()).unwrap();
        let second = Keyring::open(folder.path()).unwrap();
        let kids = |ring: &Keyring| {
            ring.pairs()
                .iter()
                .map(|pair| pair.kid.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(kids(&first), kids(&second));
        let mark = |ring: &Keyring, purpose| sign(&ring.derived(purpose), b"x").as_ref().to_vec();
        assert_eq!(mark(&first, "a"), mark(&second, "a"));
        assert_ne!(mark(&first, "a"), mark(&first, "b"));
        for name in ["access-tokens.pk8", ROOT] {
            let mode = fs::metadata(folder.path().join("keys").join(name))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, PRIVATE, "{name}");
        }
    }

    #[test]
    fn a_key_others_can_read_and_a_broken_key_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        Keyring::open(folder.path()).unwrap();
        let root = folder.path().join("keys").join(ROOT);
        fs::set_permissions(&root, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keyring::open(folder.path()).is_err());
        fs::set_permissions(&root, fs::Permissions::from_mode(PRIVATE)).unwrap();
        fs::write(&root, b"short").unwrap();
        assert!(Keyring::open(folder.path()).is_err());
    }
}
