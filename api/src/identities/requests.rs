//! Sign-ins begun at the identity provider: kept for ten minutes, used once, and only by who began them.

use aws_lc_rs::{
    hmac::{self, Key},
    rand,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::{
    ids::{PersonId, ProviderRequestId},
    time::Time,
};
use persistence::{
    Tx,
    disclosures::Reading,
    identities::{self, ProviderRequest},
};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{
    api_code::ApiCode, auth::keyring::Keyring, failure::Failure, people::use_cases::standing,
};

/// How long a request holds, in seconds.
pub const SECONDS: u32 = 600;

/// What a sign-in is recognised by: `state` comes back with the browser, `nonce` in the token, and the
/// verifier proves that who shows the code also asked for it (RFC 7636).
#[derive(Debug)]
pub struct Secrets {
    /// Against a code of somebody else's sign-in.
    pub state: SecretString,
    /// Against a token of another sign-in.
    pub nonce: SecretString,
    /// Against a stolen code.
    pub verifier: SecretString,
}

/// Derives the secrets of requests; the database alone gives none away.
#[derive(Debug)]
pub struct RequestSecrets {
    key: Key,
}

impl RequestSecrets {
    /// Those of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            key: keyring.derived("identity provider: requests"),
        }
    }

    /// The secrets of a request: 43 characters each, the shortest verifier there may be.
    pub fn of(&self, id: Uuid, seed: &[u8]) -> Secrets {
        let derived = |purpose: &str| -> SecretString {
            let message = [purpose.as_bytes(), b"|", id.as_bytes(), seed].concat();
            BASE64_URL_SAFE_NO_PAD
                .encode(hmac::sign(&self.key, &message))
                .into()
        };
        Secrets {
            state: derived("state"),
            nonce: derived("nonce"),
            verifier: derived("verifier"),
        }
    }
}

/// A new request.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn new(
    id: Uuid,
    redirect_uri: String,
    account: Option<PersonId>,
    now: Time,
) -> Result<ProviderRequest, Failure> {
    let mut seed = vec![0_u8; 32];
    rand::fill(&mut seed).map_err(Failure::internal)?;
    Ok(ProviderRequest {
        id,
        seed,
        redirect_uri,
        account,
        created_at: now,
        expires_at: now.plus(Duration::seconds(SECONDS.into())),
        used_at: None,
    })
}

/// Keeps a request; of an account that still stands, where it is somebody's.
///
/// # Errors
/// `unauthenticated` when the account is gone.
pub fn begin(tx: &mut Tx, request: &ProviderRequest) -> Result<(), Failure> {
    if let Some(person) = request.account {
        standing(persistence::people::find(tx, person, &Reading::Own(person)))?;
    }
    Ok(identities::insert(tx, request)?)
}

/// What the app shows when the browser has come back.
#[derive(Debug)]
pub struct Shown {
    /// The request.
    pub request: ProviderRequestId,
    /// The state that came back.
    pub state: SecretString,
    /// Who shows it: the citizen who is signed in, or somebody who wants to be.
    pub account: Option<PersonId>,
    /// When.
    pub now: Time,
}

/// Takes a request: from here on it is used up, whatever the provider will say. Who does not know its
/// state cannot use it up.
///
/// # Errors
/// `credentials-refused` for one that is not there, is somebody else's, is over, or of another state.
pub fn take(
    tx: &mut Tx,
    secrets: &RequestSecrets,
    shown: &Shown,
) -> Result<ProviderRequest, Failure> {
    let found = identities::lock(tx, shown.request.uuid())?;
    let request = found.ok_or(ApiCode::CredentialsRefused)?;
    let is_open = request.used_at.is_none() && shown.now < request.expires_at;
    let meant = request.account == shown.account;
    let state = secrets.of(request.id, &request.seed).state;
    let state = state.expose_secret().as_bytes();
    let is_known: bool = state.ct_eq(shown.state.expose_secret().as_bytes()).into();
    if !(is_open && meant && is_known) {
        return Err(ApiCode::CredentialsRefused.into());
    }
    identities::use_up(tx, request.id, shown.now)?;
    Ok(request)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn secrets_need_request_seed_purpose_and_key() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [ours, theirs] = folders
            .each_ref()
            .map(|folder| RequestSecrets::new(&Keyring::open(folder.path()).unwrap()));
        let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let all = |secrets: Secrets| {
            let Secrets {
                state,
                nonce,
                verifier,
            } = secrets;
            [state, nonce, verifier].map(|secret| secret.expose_secret().to_owned())
        };
        assert_eq!(all(ours.of(id, b"seed")), all(ours.of(id, b"seed")));
        let distinct: BTreeSet<String> = [
            ours.of(id, b"seed"),
            ours.of(other, b"seed"),
            ours.of(id, b"another"),
            theirs.of(id, b"seed"),
        ]
        .into_iter()
        .flat_map(all)
        .collect();
        assert_eq!(distinct.len(), 12);
        assert!(distinct.iter().all(|secret| secret.len() == 43));
    }
}
