//! The keys from outside the database: those that wrap data keys, and those of blind indexes.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::key_set::{DataKey, KeySet, corrupt, split};
use crate::StoreError;

/// Where the keys come from. Asked again whenever a name turns up that is not known yet, so that
/// another process may add one while this one runs.
pub trait KeySource: Send + Sync {
    /// The keys as they are now.
    ///
    /// # Errors
    /// Why they cannot be had, in words for the log.
    fn load(&self) -> Result<KeyMaterial, String>;
}

/// The keys, as their source gives them.
pub struct KeyMaterial {
    /// Those that wrap data keys, oldest first: the last one wraps, the others only unwrap.
    pub wrapping: Vec<NamedKey>,
    /// Those of blind indexes, each with the column it fills; two while the index is moved.
    pub index: Vec<(IndexColumn, Zeroizing<Vec<u8>>)>,
}

/// A key and the name that stands beside what it wrapped.
pub struct NamedKey {
    /// Up to 32 bytes of ASCII letters, digits and hyphens; never given twice.
    pub name: String,
    /// 32 bytes.
    pub key: Zeroizing<Vec<u8>>,
}

/// Which of the two columns of a blind index a key fills. They take turns: the next key fills the
/// other one beside the present one, until every row has both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexColumn {
    /// `…_index`.
    One,
    /// `…_index_other`.
    Other,
}

/// Why there are no keys.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the field keys cannot be used: {0}")]
pub struct KeysError(pub String);

/// The keys of an installation, as the store uses them. Cloning is cheap; never printed.
#[derive(Clone)]
pub struct FieldKeys(Arc<Inner>);

struct Inner {
    source: Box<dyn KeySource>,
    known: RwLock<Arc<KeySet>>,
}

struct NoKeys;

impl KeySource for NoKeys {
    fn load(&self) -> Result<KeyMaterial, String> {
        Err("the store was opened without them".to_owned())
    }
}

impl fmt::Debug for FieldKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldKeys").finish_non_exhaustive()
    }
}

impl FieldKeys {
    /// The keys of this source.
    ///
    /// # Errors
    /// When it has none, or one that is no key.
    pub fn open(source: impl KeySource + 'static) -> Result<Self, KeysError> {
        let known = KeySet::of(source.load().map_err(KeysError)?)?;
        Ok(Self(Arc::new(Inner {
            source: Box::new(source),
            known: RwLock::new(Arc::new(known)),
        })))
    }

    /// No keys at all: whatever is to be sealed or opened is refused. For a door that has nothing to do
    /// with fields of people, such as migrations.
    pub fn none() -> Self {
        Self(Arc::new(Inner {
            source: Box::new(NoKeys),
            known: RwLock::new(Arc::new(KeySet::none())),
        }))
    }

    /// The keys as this process knows them.
    pub(crate) fn known(&self) -> Arc<KeySet> {
        // The lock only ever guards the exchange of one pointer.
        Arc::clone(&self.0.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys as their source has them now: asked before something is sealed for long, so that no
    /// process goes on wrapping with a key that is on its way out.
    pub(crate) fn fresh(&self) -> Result<Arc<KeySet>, StoreError> {
        let unusable = |error: KeysError| StoreError::Unavailable(error.to_string());
        let loaded = self.0.source.load().map_err(KeysError).map_err(unusable)?;
        let set = Arc::new(KeySet::of(loaded).map_err(unusable)?);
        *self.0.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&set);
        Ok(set)
    }

    /// A data key as it lies in its row.
    pub(crate) fn unwrap(&self, id: Uuid, wrapped: &[u8]) -> Result<DataKey, StoreError> {
        let (name, sealed) = split(wrapped).ok_or_else(|| corrupt("a wrapped key"))?;
        self.knowing(name)?.unwrap(id, name, sealed)
    }

    /// The keys, with this one among them if it exists.
    fn knowing(&self, name: &str) -> Result<Arc<KeySet>, StoreError> {
        let known = self.known();
        if known.has(name) {
            return Ok(known);
        }
        self.fresh()
    }

    /// Opens what was sealed for the way through the outbox.
    pub(super) fn open_in_transit(
        &self,
        name: &str,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.knowing(name)?.open_in_transit(name, place, sealed)
    }
}
