//! Refresh tokens: opaque, 256 bits, kept only as a keyed digest.
//!
//! The first one of a session is chance; each other one is derived from the one before it, under a
//! key of the server. So the same successor can be given again after a lost reply although neither
//! of the two is stored, and whoever has the database, or even the key with it, but not the token
//! that was spent, cannot make it.

use aws_lc_rs::{
    hmac::{self, Key},
    rand,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::sessions::Account;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::keyring::Keyring;
use crate::failure::Failure;

/// How a token begins, so that scanners for lost secrets know one when they see it.
const MARK: &str = "mcr_";

/// How long a token is, in characters: the mark and 32 bytes in base64url.
pub const LENGTH: usize = MARK.len() + 43;

/// Makes refresh tokens and recognises them.
#[derive(Debug)]
pub struct RefreshTokens {
    digests: Key,
    successors: Key,
    devices: Key,
}

impl RefreshTokens {
    /// Tokens of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            digests: keyring.derived("refresh tokens: digests"),
            successors: keyring.derived("refresh tokens: successors"),
            devices: keyring.derived("refresh tokens: devices"),
        }
    }

    /// The first token of a session.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn first() -> Result<SecretString, Failure> {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes).map_err(Failure::internal)?;
        Ok(written(&bytes))
    }

    /// The one successor of a token, whose row has this id.
    pub fn successor(&self, row: Uuid, token: &SecretString) -> SecretString {
        let message = [row.as_bytes(), token.expose_secret().as_bytes()].concat();
        written(hmac::sign(&self.successors, &message).as_ref())
    }

    /// What is stored of a token.
    pub fn digest(&self, token: &SecretString) -> Vec<u8> {
        let token = token.expose_secret().as_bytes();
        hmac::sign(&self.digests, token).as_ref().to_vec()
    }

    /// What is stored of the name the app gave a device: another for each account.
    pub fn device_digest(&self, account: Account, device_id: &str) -> Vec<u8> {
        let message = [account.uuid().as_bytes(), device_id.as_bytes()].concat();
        hmac::sign(&self.devices, &message).as_ref().to_vec()
    }
}

fn written(bytes: &[u8]) -> SecretString {
    format!("{MARK}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes)).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn a_successor_is_the_same_each_time_and_needs_token_row_and_key() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [ours, theirs] = folders
            .each_ref()
            .map(|folder| RefreshTokens::new(&Keyring::open(folder.path()).unwrap()));
        let (row, token) = (Uuid::from_u128(1), RefreshTokens::first().unwrap());
        let next = |tokens: &RefreshTokens, row, token: &SecretString| {
            tokens.successor(row, token).expose_secret().to_owned()
        };
        let expected = next(&ours, row, &token);
        assert_eq!(next(&ours, row, &token), expected);
        for other in [
            next(&theirs, row, &token),
            next(&ours, Uuid::from_u128(2), &token),
            next(&ours, row, &RefreshTokens::first().unwrap()),
            token.expose_secret().to_owned(),
        ] {
            assert_ne!(other, expected);
            assert_eq!(other.len(), LENGTH);
        }
        assert_ne!(ours.digest(&token), theirs.digest(&token));
    }
}
