//! One-time passwords by time (TOTP, RFC 6238): six digits, thirty seconds, SHA-1, as every
//! authenticator app makes them. A code of the step before or after is taken, too, for clocks that
//! differ; that none is taken twice is the business of the store.

use aws_lc_rs::rand;
use domain::{personal::Personal, time::Time};
use totp_rs::{Builder, Secret, Totp};

use crate::failure::Failure;

/// How many digits a code has.
pub const DIGITS: usize = 6;

/// How long a step lasts, in seconds.
pub const STEP_SECONDS: i64 = 30;

/// The name of the house in authenticator apps.
const ISSUER: &str = "Một Cửa";

/// A new shared secret of 160 bits (RFC 4226 §4), in base 32.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn new_secret() -> Result<Personal<String>, Failure> {
    let mut bytes = [0_u8; 20];
    rand::fill(&mut bytes).map_err(Failure::internal)?;
    Ok(Personal::new(Secret::new_stack(bytes).to_base32()))
}

fn device(secret: &Personal<String>, login: &str) -> Result<Totp, Failure> {
    // The cause would quote the secret.
    let unreadable = || Failure::internal("a second factor cannot be read");
    let secret = Secret::try_from_base32(secret.reveal()).map_err(|_| unreadable())?;
    let device = Builder::new()
        .with_secret(secret)
        .with_issuer(Some(ISSUER))
        .with_account_name(login);
    device.build().map_err(|_| unreadable())
}

/// The step of time whose code this is, if it is one of now.
///
/// # Errors
/// `internal` for a secret that is none, and before 1970.
pub fn step_of(secret: &Personal<String>, code: &str, now: Time) -> Result<Option<i64>, Failure> {
    if !is_code(code) {
        return Ok(None);
    }
    let second = u64::try_from(now.utc().timestamp()).map_err(Failure::internal)?;
    let step = device(secret, "")?.check(code, second);
    step.map(|step| i64::try_from(step).map_err(Failure::internal))
        .transpose()
}

/// Whether it has the form of a code.
pub fn is_code(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What an authenticator app reads as a square.
///
/// # Errors
/// `internal` for a secret or login that cannot be written there.
pub fn address(secret: &Personal<String>, login: &str) -> Result<String, Failure> {
    let address = device(secret, login)?.to_url();
    address.map_err(|_| Failure::internal("an address for authenticator apps cannot be written"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    fn at(second: i64) -> Time {
        Time::from_micros(second * 1_000_000).unwrap()
    }

    /// The vectors of RFC 6238, appendix B, for SHA-1: its codes have eight digits, ours are the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::new_stack(*b"12345678901234567890").to_base32();
        let secret = Personal::new(secret);
        for (second, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let six = code.get(2..).unwrap();
            let step = step_of(&secret, six, at(second)).unwrap();
            assert_eq!(step, Some(second / STEP_SECONDS), "{code}");
            assert_eq!(step_of(&secret, code, at(second)).unwrap(), None, "{code}");
            // A step earlier and later it is taken and is still the same step; two away it is not.
            for (away, expected) in [(-60, None), (-30, step), (30, step), (60, None)] {
                let near = step_of(&secret, six, at(second + away));
                if second + away >= 0 {
                    assert_eq!(near.unwrap(), expected, "{code} {away}");
                }
            }
        }
    }

    #[test]
    fn secrets_are_new_and_apps_can_read_them() {
        let (one, other) = (new_secret().unwrap(), new_secret().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 32);
        let address = address(&one, "mythuan.motcua").unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains(one.reveal().as_str()), "{address}");
        assert!(step_of(&Personal::new("!".to_owned()), "123456", at(0)).is_err());
    }
}
