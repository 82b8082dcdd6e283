//! The keys of access tokens as a running server holds them: which signs now, and which are still
//! accepted.

use std::sync::{Arc, PoisonError, RwLock};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, EncodingKey};

use super::{
    keyring::{KeyPair, Keyring},
    rotation::LEEWAY,
};

/// A key as published for others to check tokens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its name.
    pub kid: String,
    /// The public key, base64url.
    pub x: String,
}

/// One key, ready for use.
pub(super) struct SigningKey {
    pub(super) public: PublicKey,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    /// When it begins to sign, in seconds since 1970.
    since: i64,
    /// When the next one takes its place.
    replaced: Option<i64>,
}

/// The keys, replaced whole when the files have changed.
pub(super) struct SigningKeys {
    /// How long a token holds, in seconds.
    lifetime: i64,
    keys: RwLock<Arc<Vec<SigningKey>>>,
}

impl SigningKeys {
    /// The keys of the keyring.
    pub(super) fn new(keyring: &Keyring, lifetime: i64) -> Self {
        Self {
            lifetime,
            keys: RwLock::new(Arc::new(ready(keyring.pairs()))),
        }
    }

    /// Takes the keys of the keyring; whether they are others than before.
    pub(super) fn renew(&self, keyring: &Keyring) -> bool {
        let fresh = ready(keyring.pairs());
        let names = |keys: &[SigningKey]| -> Vec<(String, i64)> {
            keys.iter()
                .map(|key| (key.public.kid.clone(), key.since))
                .collect()
        };
        if names(&fresh) == names(&self.held()) {
            return false;
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        true
    }

    fn held(&self) -> Arc<Vec<SigningKey>> {
        // The lock only ever guards the exchange of one pointer.
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does something with the key that signs now; nothing if there is none.
    pub(super) fn with_signing<T>(
        &self,
        now: i64,
        work: impl FnOnce(&SigningKey) -> T,
    ) -> Option<T> {
        let held = self.held();
        let due = held.iter().rev().find(|key| key.since <= now);
        due.or_else(|| held.first()).map(work)
    }

    /// Does something with the key of that name; nothing if there is none whose tokens may still hold.
    pub(super) fn with_accepted<T>(
        &self,
        kid: &str,
        now: i64,
        work: impl FnOnce(&SigningKey) -> T,
    ) -> Option<T> {
        let held = self.held();
        let key = held.iter().find(|key| key.public.kid == kid)?;
        self.accepts(key, now).then(|| work(key))
    }

    /// The keys whose tokens may hold now or soon: the one that signs first, then newer, then older.
    pub(super) fn published(&self, now: i64) -> Vec<PublicKey> {
        let held = self.held();
        let signing = self.with_signing(now, |key| key.public.kid.clone());
        let mut accepted: Vec<_> = held
            .iter()
            .rev()
            .filter(|key| self.accepts(key, now))
            .collect();
        accepted.sort_by_key(|key| Some(&key.public.kid) != signing.as_ref());
        accepted.into_iter().map(|key| key.public.clone()).collect()
    }

    fn accepts(&self, key: &SigningKey, now: i64) -> bool {
        key.replaced
            .is_none_or(|at| now < at.saturating_add(self.lifetime).saturating_add(LEEWAY))
    }
}

fn ready(pairs: &[KeyPair]) -> Vec<SigningKey> {
    let next = pairs
        .iter()
        .skip(1)
        .map(|pair| Some(pair.since))
        .chain([None]);
    pairs
        .iter()
        .zip(next)
        .map(|(pair, replaced)| SigningKey {
            public: PublicKey {
                kid: pair.kid.clone(),
                x: BASE64_URL_SAFE_NO_PAD.encode(&pair.public),
            },
            encoding: EncodingKey::from_ed_der(&pair.private_der),
            decoding: DecodingKey::from_ed_der(&pair.public),
            since: pair.since,
            replaced,
        })
        .collect()
}
