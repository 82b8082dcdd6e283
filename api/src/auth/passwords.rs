//! Officers' passwords: argon2id, few at a time, equally slow for accounts that do not exist.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::{personal::Personal, rejection::Code};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::{
    api_code::ApiCode,
    dossiers::secret::letters,
    failure::{Failure, Refusal},
};

/// The longest password looked at, in bytes: hashing is slow on purpose, and more so on more.
pub const LONGEST: usize = 256;

/// The shortest password somebody may choose, in characters.
pub const SHORTEST: usize = 12;

/// When whoever finds the queue full may come again, in seconds: a check takes a fraction of one.
const RETRY_AFTER: u32 = 2;

/// Checks passwords away from the HTTP threads. Each check holds 19 MiB (OWASP's first choice of
/// parameters, which is the library's default), so only a few run at once.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// Those at work and those waiting together.
    queue: Arc<Semaphore>,
    /// How many were carried out, for an account or for none.
    carried_out: Arc<AtomicU64>,
    /// A hash of nothing anyone has, checked where there is no account. It is made at the first
    /// check of any password: making it takes some megabytes for a moment.
    nobody: Arc<OnceLock<String>>,
}

impl Passwords {
    /// At most `at_once` checks run at the same time, and at most `waiting` wait for a place.
    pub fn new(at_once: usize, waiting: usize) -> Self {
        let at_once = at_once.max(1);
        let all = at_once.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(at_once)),
            queue: Arc::new(Semaphore::new(all)),
            carried_out: Arc::default(),
            nobody: Arc::default(),
        }
    }

    /// How many checks were carried out so far: as many for accounts that do not exist as for others.
    pub fn carried_out(&self) -> u64 {
        self.carried_out.load(Ordering::Relaxed)
    }

    /// Whether the password belongs to the hash (a PHC string); takes as long when there is none.
    ///
    /// # Errors
    /// `unavailable` when too many wait already; `internal` for a stored hash that is not one.
    pub async fn verify(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, Failure> {
        if password.expose_secret().len() > LONGEST {
            return Ok(false);
        }
        let Ok(in_queue) = Arc::clone(&self.queue).try_acquire_owned() else {
            let refusal = Refusal::new(ApiCode::Unavailable);
            let refusal = refusal.because("too many passwords wait to be checked");
            return Err(refusal.retry_after(RETRY_AFTER).into());
        };
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(Failure::internal)?;
        let known = hash.is_some();
        let nobody = Arc::clone(&self.nobody);
        self.carried_out.fetch_add(1, Ordering::Relaxed);
        let checked = tokio::task::spawn_blocking(move || {
            let nobody = hash_of_nobody(&nobody)?;
            let hash = PasswordHash::new(hash.as_deref().unwrap_or(nobody))
                .map_err(|_| anyhow::anyhow!("a stored hash is not one"))?;
            let fits = Argon2::default()
                .verify_password(password.expose_secret().as_bytes(), &hash)
                .is_ok();
            // Also when nobody waits for the answer any more: memory is held until here.
            drop((place, in_queue));
            anyhow::Ok(fits)
        })
        .await;
        let fits = checked
            .map_err(Failure::internal)?
            .map_err(|error| Refusal::new(ApiCode::Internal).because(error))?;
        Ok(known && fits)
    }

    /// The PHC string of a password, made where checks are made.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub async fn hash(&self, password: &SecretString) -> Result<Personal<String>, Failure> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(Failure::internal)?;
        let password = password.clone();
        let made = tokio::task::spawn_blocking(move || {
            let made = hash(&password);
            drop(place);
            made
        });
        let made = made.await.map_err(Failure::internal)?;
        made.map(Personal::new).map_err(Failure::internal)
    }

    /// The same for a password that may not be needed.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn hash_some(
        &self,
        password: Option<&SecretString>,
    ) -> Result<Option<Personal<String>>, Failure> {
        match password {
            Some(password) => self.hash(password).await.map(Some),
            None => Ok(None),
        }
    }
}

/// How many letters a one-time password has: 80 bits, so that nobody guesses it before it is used.
const ONE_TIME_LETTERS: usize = 16;

/// A password for choosing another one.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn one_time() -> Result<SecretString, Failure> {
    Ok(letters(ONE_TIME_LETTERS)?.into())
}

/// A password as its owner is shown it, once.
pub fn shown(password: &SecretString) -> String {
    password.expose_secret().to_owned()
}

/// What is wrong with a password somebody chose, if anything: NIST SP 800-63B asks for length, and
/// for nothing about its letters.
pub fn fault(password: &SecretString) -> Option<Code> {
    let text = password.expose_secret();
    if text.chars().count() < SHORTEST {
        Some(Code::TooShort)
    } else if text.len() > LONGEST {
        Some(Code::TooLong)
    } else {
        None
    }
}

fn hash_of_nobody(made: &OnceLock<String>) -> anyhow::Result<&str> {
    if let Some(hash) = made.get() {
        return Ok(hash);
    }
    let mut unknown = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut unknown)?;
    let hash = hash_bytes(&unknown)?;
    Ok(made.get_or_init(|| hash))
}

/// The PHC string of a password, for storing. Slow: not on an HTTP thread.
///
/// # Errors
/// When the machine gives no randomness.
pub fn hash(password: &SecretString) -> anyhow::Result<String> {
    hash_bytes(password.expose_secret().as_bytes())
}

fn hash_bytes(password: &[u8]) -> anyhow::Result<String> {
    Argon2::default()
        .hash_password(password)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("cannot hash: {error}"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    /// Of ten at once two find a place, one at work and one waiting; the others are sent away.
    #[tokio::test]
    async fn a_full_queue_sends_away() {
        let passwords = Passwords::new(1, 1);
        let checks = (0..10).map(|_| passwords.verify("x".into(), None));
        let outcomes = futures_util::future::join_all(checks).await;
        let fine = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!((fine, passwords.carried_out()), (2, 2));
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert_eq!(refused.code(), "unavailable");
        assert!(passwords.verify("x".into(), None).await.is_ok(), "later");
    }

    #[tokio::test]
    async fn only_the_right_password_of_an_account_fits() {
        let passwords = Passwords::new(1, 1);
        let stored = hash(&"mật khẩu đúng".into()).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (given, stored, fits) in [
            ("mật khẩu đúng", Some(stored.clone()), true),
            ("mật khẩu sai", Some(stored.clone()), false),
            ("", Some(stored), false),
            ("mật khẩu đúng", None, false),
        ] {
            assert_eq!(
                passwords.verify(given.into(), stored).await.unwrap(),
                fits,
                "{given}"
            );
        }
        assert!(
            !passwords
                .verify("x".repeat(LONGEST + 1).into(), None)
                .await
                .unwrap()
        );
        assert!(
            passwords
                .verify("x".into(), Some("not a hash".to_owned()))
                .await
                .is_err()
        );
    }
}
