//! AES-256-GCM with a random nonce, as it lies in a column: version, nonce, ciphertext, tag.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

/// The only layout there is so far.
const VERSION: u8 = 1;

/// A key that seals with a nonce of its own making.
pub(super) struct Cipher(RandomizedNonceKey);

/// Why nothing came out; deliberately without a reason.
pub(super) struct Refused;

impl Cipher {
    pub(super) fn new(key: &[u8]) -> Result<Self, Refused> {
        RandomizedNonceKey::new(&AES_256_GCM, key)
            .map(Self)
            .map_err(|_| Refused)
    }

    /// The plain bytes, sealed and bound to a place.
    pub(super) fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Refused> {
        let mut body = plain.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(place), &mut body)
            .map_err(|_| Refused)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.append(&mut body);
        Ok(sealed)
    }

    /// The plain bytes of what was sealed under this key for this place.
    pub(super) fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(Refused)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(Refused)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused)?;
        let mut body = body.to_vec();
        let opened = self
            .0
            .open_in_place(nonce, Aad::from(place), &mut body)
            .map_err(|_| Refused)?;
        let length = opened.len();
        body.truncate(length);
        Ok(body)
    }
}
