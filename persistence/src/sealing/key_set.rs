//! The keys at one moment, and what they do.

use aws_lc_rs::{
    hmac::{self, HMAC_SHA256},
    rand,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    cipher::Cipher,
    field::Field,
    keys::{IndexColumn, KeyMaterial, KeysError, NamedKey},
};
use crate::StoreError;

/// The length of every key, in bytes.
const LENGTH: usize = 32;

/// The column a wrapped data key lies in.
const WRAPPED: Field = Field {
    table: "subject_keys",
    column: "wrapped",
};

/// The keys at one moment.
pub(crate) struct KeySet {
    wrapping: Vec<WrappingKey>,
    pub(super) index: [Option<hmac::Key>; 2],
}

struct WrappingKey {
    name: String,
    wraps: Cipher,
    /// For what waits in the outbox for a moment.
    transit: Cipher,
}

/// The key of one subject, unwrapped.
pub(crate) struct DataKey {
    id: Uuid,
    cipher: Cipher,
}

impl KeySet {
    pub(super) fn of(material: KeyMaterial) -> Result<Self, KeysError> {
        let KeyMaterial { wrapping, index } = material;
        if wrapping.is_empty() || index.is_empty() {
            return Err(KeysError("one of each kind is needed".to_owned()));
        }
        let mut set = Self {
            wrapping: wrapping
                .into_iter()
                .map(WrappingKey::of)
                .collect::<Result<_, _>>()?,
            index: [None, None],
        };
        for (column, key) in index {
            let [one, other] = &mut set.index;
            let place = match column {
                IndexColumn::One => one,
                IndexColumn::Other => other,
            };
            if key.len() != LENGTH || place.is_some() {
                return Err(KeysError("an index key is not a key".to_owned()));
            }
            *place = Some(hmac::Key::new(HMAC_SHA256, &key));
        }
        Ok(set)
    }

    /// No keys at all.
    pub(super) const fn none() -> Self {
        Self {
            wrapping: Vec::new(),
            index: [None, None],
        }
    }

    /// Whether there is a key of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.wrapping.iter().any(|key| key.name == name)
    }

    fn named(&self, name: &str) -> Result<&WrappingKey, StoreError> {
        let named = self.wrapping.iter().find(|key| key.name == name);
        named.ok_or_else(|| corrupt("something is sealed by a key that is not there"))
    }

    /// A data key that the key of this name wrapped.
    pub(super) fn unwrap(
        &self,
        id: Uuid,
        name: &str,
        sealed: &[u8],
    ) -> Result<DataKey, StoreError> {
        DataKey::of(id, &self.plain(id, name, sealed)?)
    }

    fn plain(&self, id: Uuid, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let place = WRAPPED.place(id, Uuid::nil());
        let plain = self.named(name)?.wraps.open(&place, sealed);
        plain
            .map(Zeroizing::new)
            .map_err(|_| corrupt("a wrapped key does not open"))
    }

    fn newest(&self) -> Result<&WrappingKey, StoreError> {
        let newest = self.wrapping.last();
        newest.ok_or_else(|| StoreError::Unavailable("there are no field keys".to_owned()))
    }

    /// The name of the key that wraps.
    pub(crate) fn wraps_by(&self) -> Result<&str, StoreError> {
        Ok(&self.newest()?.name)
    }

    /// A new data key and its wrapped form.
    pub(crate) fn make(&self, id: Uuid) -> Result<(DataKey, Vec<u8>), StoreError> {
        let mut key = Zeroizing::new([0_u8; LENGTH]);
        rand::fill(key.as_mut_slice())
            .map_err(|_| StoreError::Unavailable("no randomness".to_owned()))?;
        Ok((
            DataKey::of(id, key.as_slice())?,
            self.wrap(id, key.as_slice())?,
        ))
    }

    fn wrap(&self, id: Uuid, key: &[u8]) -> Result<Vec<u8>, StoreError> {
        let by = self.newest()?;
        let sealed = by.wraps.seal(&WRAPPED.place(id, Uuid::nil()), key);
        joined(
            &by.name,
            &sealed.map_err(|_| corrupt("a key cannot be wrapped"))?,
        )
    }

    /// The same data key under the newest of the keys that wrap.
    pub(crate) fn rewrap(&self, id: Uuid, wrapped: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (name, sealed) = split(wrapped).ok_or_else(|| corrupt("a wrapped key"))?;
        self.wrap(id, &self.plain(id, name, sealed)?)
    }

    /// Opens what was sealed for the way through the outbox.
    pub(super) fn open_in_transit(
        &self,
        name: &str,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let plain = self.named(name)?.transit.open(place, sealed);
        plain.map_err(|_| corrupt("a sealed payload does not open"))
    }

    /// Seals for the way through the outbox; with the name of the key.
    pub(super) fn seal_in_transit(
        &self,
        place: &[u8],
        plain: &[u8],
    ) -> Result<(&str, Vec<u8>), StoreError> {
        let by = self.newest()?;
        let sealed = by.transit.seal(place, plain);
        Ok((
            &by.name,
            sealed.map_err(|_| corrupt("a payload cannot be sealed"))?,
        ))
    }
}

impl WrappingKey {
    fn of(NamedKey { name, key }: NamedKey) -> Result<Self, KeysError> {
        let readable = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || name.len() > LENGTH || !name.bytes().all(readable) {
            return Err(KeysError("a key has no good name".to_owned()));
        }
        let unusable = || KeysError(format!("{name} is not a key of {LENGTH} bytes"));
        if key.len() != LENGTH {
            return Err(unusable());
        }
        let derived = hmac::sign(&hmac::Key::new(HMAC_SHA256, &key), b"outbox");
        Ok(Self {
            wraps: Cipher::new(&key).map_err(|_| unusable())?,
            transit: Cipher::new(derived.as_ref()).map_err(|_| unusable())?,
            name,
        })
    }
}

impl DataKey {
    fn of(id: Uuid, key: &[u8]) -> Result<Self, StoreError> {
        let cipher = Cipher::new(key).map_err(|_| corrupt("a data key"))?;
        Ok(Self { id, cipher })
    }

    /// The subject it belongs to.
    pub(crate) const fn id(&self) -> Uuid {
        self.id
    }

    pub(super) const fn cipher(&self) -> &Cipher {
        &self.cipher
    }
}

/// Length of the name, name, ciphertext.
fn joined(name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let length = u8::try_from(name.len()).map_err(|_| corrupt("the name of a key"))?;
    let mut wrapped = vec![length];
    wrapped.extend_from_slice(name.as_bytes());
    wrapped.extend_from_slice(sealed);
    Ok(wrapped)
}

pub(super) fn split(wrapped: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = wrapped.split_first()?;
    let (name, sealed) = rest.split_at_checked(usize::from(*length))?;
    Some((std::str::from_utf8(name).ok()?, sealed))
}

pub(super) fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}
