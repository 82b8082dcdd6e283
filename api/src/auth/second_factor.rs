//! What belongs to setting up a second factor: tokens that do nothing else, and codes for a lost device.

use aws_lc_rs::hmac::{self, Key};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    ids::{Id, OfficerId},
    officers::second_factor::RECOVERY_CODES,
    personal::Personal,
    time::Time,
};
use uuid::Uuid;

use super::keyring::Keyring;
use crate::{
    dossiers::secret::{as_printed, letters},
    failure::Failure,
};

/// How a token begins, so that scanners for lost secrets know one when they see it.
const MARK: &str = "mce_";

/// How many letters a recovery code has: 80 bits, so that its digest cannot be tried out either.
const LETTERS: usize = 16;

/// What a token stands for, as it is written into it.
const WRITTEN: usize = 16 + 8 + 8;

/// Makes and recognises both.
#[derive(Debug)]
pub struct SecondFactorKeys {
    enrolments: Key,
    recovery: Key,
}

/// An enrolment that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// Whose.
    pub officer: OfficerId,
    /// When: another one begun later takes its place.
    pub begun_at: Time,
    /// The version of the account then: whatever changes the account ends the enrolment.
    pub version: i64,
}

impl SecondFactorKeys {
    /// Keys of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            enrolments: keyring.derived("second factors: enrolments"),
            recovery: keyring.derived("second factors: recovery codes"),
        }
    }

    /// The token by which an enrolment is ended, and nothing else is done.
    pub fn token(&self, enrolment: &Enrolment) -> String {
        let mut bytes = written(enrolment);
        let mark = hmac::sign(&self.enrolments, &bytes);
        bytes.extend_from_slice(mark.as_ref());
        format!("{MARK}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The enrolment behind a token; nothing if it is none of ours.
    pub fn open(&self, token: &str) -> Option<Enrolment> {
        let token = token.strip_prefix(MARK)?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (message, mark) = bytes.split_at_checked(WRITTEN)?;
        hmac::verify(&self.enrolments, message, mark).ok()?;
        let (officer, numbers) = message.split_first_chunk::<16>()?;
        let (micros, version) = numbers.split_first_chunk::<8>()?;
        Some(Enrolment {
            officer: Id::from_uuid(Uuid::from_bytes(*officer)),
            begun_at: Time::from_micros(i64::from_be_bytes(*micros))?,
            version: i64::from_be_bytes(version.try_into().ok()?),
        })
    }

    /// New recovery codes, as their owner is shown them once.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn recovery_codes() -> Result<Vec<Personal<String>>, Failure> {
        let codes = (0..RECOVERY_CODES).map(|_| letters(LETTERS).map(Personal::new));
        codes.collect()
    }

    /// What is stored of a recovery code, however it was typed: bound to its owner, useless without the
    /// key.
    pub fn recovery_digest(&self, officer: OfficerId, code: &Personal<String>) -> Vec<u8> {
        let code = as_printed(code.reveal());
        let message = [officer.uuid().as_bytes(), code.as_bytes()].concat();
        hmac::sign(&self.recovery, &message).as_ref().to_vec()
    }
}

fn written(enrolment: &Enrolment) -> Vec<u8> {
    let Enrolment {
        officer,
        begun_at,
        version,
    } = enrolment;
    let mut bytes = officer.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(&begun_at.micros().to_be_bytes());
    bytes.extend_from_slice(&version.to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn a_token_opens_for_its_keys_only_and_as_it_is() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [ours, theirs] = folders
            .each_ref()
            .map(|folder| SecondFactorKeys::new(&Keyring::open(folder.path()).unwrap()));
        let enrolment = Enrolment {
            officer: Id::from_uuid(Uuid::from_u128(7)),
            begun_at: Time::from_micros(1_790_000_000_000_000).unwrap(),
            version: 3,
        };
        let token = ours.token(&enrolment);
        assert_eq!(ours.open(&token), Some(enrolment));
        assert_eq!(theirs.open(&token), None);
        assert_eq!(ours.open(token.get(1..).unwrap()), None);
        let other = Enrolment {
            version: 4,
            ..enrolment
        };
        let mixed = {
            let (one, two) = (ours.token(&other), token.clone());
            format!("{}{}", one.get(..40).unwrap(), two.get(40..).unwrap())
        };
        assert_ne!(ours.open(&mixed), Some(other));
        for garbage in ["", "mce_", "mce_AAAA", "mcr_AAAA"] {
            assert_eq!(ours.open(garbage), None, "{garbage}");
        }
    }

    #[test]
    fn recovery_codes_are_eight_and_read_as_they_were_printed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = SecondFactorKeys::new(&Keyring::open(folder.path()).unwrap());
        let codes = SecondFactorKeys::recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let (one, two) = (
            Id::from_uuid(Uuid::from_u128(1)),
            Id::from_uuid(Uuid::from_u128(2)),
        );
        for code in &codes {
            let typed = Personal::new(format!(" {} ", code.reveal().to_lowercase()));
            assert_eq!(
                keys.recovery_digest(one, code),
                keys.recovery_digest(one, &typed)
            );
            assert_ne!(
                keys.recovery_digest(one, code),
                keys.recovery_digest(two, code)
            );
        }
    }
}
