//! Access tokens: short-lived, signed with `EdDSA`, checked without asking the store.

use std::{collections::HashMap, sync::RwLock};

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::{
    actor::{Actor, Role, Roles},
    ids::Id,
    time::Time,
};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keyring::Keyring;
use crate::{
    api_code::ApiCode,
    failure::{Failure, Refusal},
};

/// The media type of access tokens (RFC 9068), so that no other token of ours passes for one.
const TYPE: &str = "at+jwt";

/// Whom the tokens are for.
const AUDIENCE: &str = "motcua";

/// How many checked tokens are remembered: about 100 bytes each.
const REMEMBERED: usize = 16_384;

/// Issues access tokens and checks them.
pub struct AccessTokens {
    issuer: String,
    lifetime: Duration,
    signing: (Header, EncodingKey),
    verifying: Vec<(String, DecodingKey)>,
    published: Vec<PublicKey>,
    /// Tokens whose signature was found good, by SHA-256. An Ed25519 check costs some 50 µs, as
    /// much as everything else in a read; a look here costs under one.
    checked: RwLock<HashMap<[u8; 32], Checked>>,
}

#[derive(Debug, Clone, Copy)]
struct Checked {
    actor: Actor,
    issued: Time,
    expires: Time,
}

/// A key as published for others to check tokens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its name.
    pub kid: String,
    /// The public key, base64url.
    pub x: String,
}

/// What a token says (RFC 7519; `client` roles as in RFC 9068 §2.2.3).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    iat: i64,
    exp: i64,
    jti: Uuid,
    kind: AccountKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    agency: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    roles: Vec<Role>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AccountKind {
    Citizen,
    Officer,
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokens").finish_non_exhaustive()
    }
}

impl AccessTokens {
    /// Tokens of this installation, signed with its newest key.
    ///
    /// # Errors
    /// When the keyring holds no key.
    pub fn new(keyring: &Keyring, issuer: &str, lifetime_seconds: u32) -> anyhow::Result<Self> {
        // Asked for by name: with two providers linked, choosing by features would panic at the
        // first token.
        if jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER
            .install_default()
            .is_err()
        {
            tracing::debug!("the cryptography of tokens was chosen before");
        }
        let mut pairs = keyring.pairs().iter();
        let signer = pairs
            .next()
            .ok_or_else(|| anyhow::anyhow!("there is no signing key"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(signer.kid.clone());
        Ok(Self {
            issuer: issuer.to_owned(),
            lifetime: Duration::seconds(i64::from(lifetime_seconds)),
            signing: (header, EncodingKey::from_ed_der(&signer.private_der)),
            verifying: keyring
                .pairs()
                .iter()
                .map(|pair| (pair.kid.clone(), DecodingKey::from_ed_der(&pair.public)))
                .collect(),
            published: keyring
                .pairs()
                .iter()
                .map(|pair| PublicKey {
                    kid: pair.kid.clone(),
                    x: BASE64_URL_SAFE_NO_PAD.encode(&pair.public),
                })
                .collect(),
            checked: RwLock::default(),
        })
    }

    /// The public keys, for `/.well-known/jwks.json`.
    pub fn public_keys(&self) -> &[PublicKey] {
        &self.published
    }

    /// How long a token holds, in seconds.
    pub fn lifetime_seconds(&self) -> i64 {
        self.lifetime.num_seconds()
    }

    /// A new token for the actor.
    ///
    /// # Errors
    /// `internal` when signing fails, or for the worker, which has no token.
    pub fn issue(&self, actor: &Actor, now: Time, jti: Uuid) -> Result<String, Failure> {
        let (sub, kind, agency, roles) = match actor {
            Actor::Citizen { person } => (person.uuid(), AccountKind::Citizen, None, Vec::new()),
            Actor::Officer {
                officer,
                agency,
                roles,
            } => (
                officer.uuid(),
                AccountKind::Officer,
                Some(agency.uuid()),
                roles.iter().collect(),
            ),
            Actor::System => return Err(Failure::internal("the worker has no token")),
        };
        let iat = now.utc().timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub,
            iat,
            exp: iat + self.lifetime.num_seconds(),
            jti,
            kind,
            agency,
            roles,
        };
        let (header, key) = &self.signing;
        jsonwebtoken::encode(header, &claims, key).map_err(Failure::internal)
    }

    /// The actor a token stands for.
    ///
    /// # Errors
    /// `unauthenticated`, whatever is wrong with it; the log says what.
    pub fn verify(&self, token: &str, now: Time) -> Result<Actor, Failure> {
        let key = digest(&SHA256, token.as_bytes())
            .as_ref()
            .try_into()
            .unwrap_or([0; 32]);
        let known = self
            .checked
            .read()
            .ok()
            .and_then(|checked| checked.get(&key).copied());
        let checked = match known {
            Some(checked) => checked,
            None => self
                .check(token)
                .inspect(|fresh| self.remember(key, *fresh, now))?,
        };
        if now < checked.issued.plus(-Duration::seconds(60)) || now >= checked.expires {
            return Err(refused("outside its time"));
        }
        Ok(checked.actor)
    }

    /// Signature, type, issuer, audience. The time is left to the caller's clock.
    fn check(&self, token: &str) -> Result<Checked, Failure> {
        let header = decode_header(token).map_err(refused)?;
        if header.typ.as_deref() != Some(TYPE) {
            return Err(refused("not an access token"));
        }
        let (_, key) = self
            .verifying
            .iter()
            .find(|(kid, _)| Some(kid) == header.kid.as_ref())
            .ok_or_else(|| refused("unknown key"))?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.validate_exp = false;
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[AUDIENCE]);
        let claims = decode::<Claims>(token, key, &rules)
            .map_err(refused)?
            .claims;
        let at = |seconds: i64| {
            seconds
                .checked_mul(1_000_000)
                .and_then(Time::from_micros)
                .ok_or_else(|| refused("impossible time"))
        };
        Ok(Checked {
            actor: actor(&claims)?,
            issued: at(claims.iat)?,
            expires: at(claims.exp)?,
        })
    }

    fn remember(&self, key: [u8; 32], fresh: Checked, now: Time) {
        // A poisoned lock only costs the memory of earlier checks.
        if let Ok(mut checked) = self.checked.write() {
            if checked.len() >= REMEMBERED {
                checked.retain(|_, earlier| earlier.expires > now);
            }
            if checked.len() >= REMEMBERED {
                checked.clear();
            }
            checked.insert(key, fresh);
        }
    }
}

fn actor(claims: &Claims) -> Result<Actor, Failure> {
    match (claims.kind, claims.agency) {
        (AccountKind::Citizen, None) if claims.roles.is_empty() => Ok(Actor::Citizen {
            person: Id::from_uuid(claims.sub),
        }),
        (AccountKind::Officer, Some(agency)) => Ok(Actor::Officer {
            officer: Id::from_uuid(claims.sub),
            agency: Id::from_uuid(agency),
            roles: Roles::of(&claims.roles),
        }),
        (AccountKind::Citizen | AccountKind::Officer, _) => Err(refused("claims at odds")),
    }
}

fn refused(cause: impl std::fmt::Display) -> Failure {
    Refusal::new(ApiCode::Unauthenticated).because(cause).into()
}

#[cfg(test)]
mod tests;
