//! One-time codes (mã OTP): made from the machine's randomness, kept only as a keyed digest.

use aws_lc_rs::{
    hmac::{self, Key},
    rand,
};
use domain::personal::Personal;
use uuid::Uuid;

use super::keyring::Keyring;
use crate::failure::Failure;

/// How many digits a code has.
pub const DIGITS: usize = 6;

/// How many codes there are.
const CODES: u32 = 1_000_000;

/// Makes codes and recognises them.
#[derive(Debug)]
pub struct OneTimeCodes {
    key: Key,
}

impl OneTimeCodes {
    /// Codes of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            key: keyring.derived("one-time codes"),
        }
    }

    /// A new code, each as likely as any other.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn generate() -> Result<Personal<String>, Failure> {
        loop {
            let mut bytes = [0_u8; 4];
            rand::fill(&mut bytes).map_err(Failure::internal)?;
            let number = u32::from_be_bytes(bytes);
            // The last, incomplete stretch of u32 would favour low codes.
            if number < u32::MAX - u32::MAX % CODES {
                return Ok(Personal::new(format!("{:0DIGITS$}", number % CODES)));
            }
        }
    }

    /// What is stored of a code: bound to the row it is for, useless without the key.
    pub fn digest(&self, row: Uuid, code: &str) -> Vec<u8> {
        let mut message = row.as_bytes().to_vec();
        message.extend_from_slice(code.as_bytes());
        hmac::sign(&self.key, &message).as_ref().to_vec()
    }

    /// Whether the code is the one behind the stored digest; in constant time.
    pub fn fits(&self, row: Uuid, code: &str, stored: &[u8]) -> bool {
        let mut message = row.as_bytes().to_vec();
        message.extend_from_slice(code.as_bytes());
        hmac::verify(&self.key, &message, stored).is_ok()
    }

    /// The digest of whoever asks for a code: a device, a network or an account.
    pub fn asker_digest(&self, kind: &str, name: &str) -> Vec<u8> {
        let message = ["asker:", kind, ":", name].concat();
        hmac::sign(&self.key, message.as_bytes()).as_ref().to_vec()
    }

    /// The digest under which a telephone number is looked up.
    pub fn number_digest(&self, number: &str) -> Vec<u8> {
        let message = [b"number:", number.as_bytes()].concat();
        hmac::sign(&self.key, &message).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_six_digits_and_spread() {
        let codes: HashSet<String> = (0..500)
            .map(|_| OneTimeCodes::generate().unwrap().into_revealed())
            .collect();
        assert!(codes.len() > 480);
        assert!(
            codes
                .iter()
                .all(|code| code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit()))
        );
    }

    #[test]
    fn a_digest_fits_its_code_and_its_row_only() {
        let folder = tempfile::tempdir().unwrap();
        let codes = OneTimeCodes::new(&Keyring::open(folder.path()).unwrap());
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let stored = codes.digest(row, "012345");
        assert!(codes.fits(row, "012345", &stored));
        assert!(!codes.fits(row, "012346", &stored));
        assert!(!codes.fits(other, "012345", &stored));
        assert!(!codes.fits(row, "012345", b""));
    }
}
