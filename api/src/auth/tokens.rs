//! Access tokens: short-lived, signed with `EdDSA`, checked without asking the store.

mod checked;
mod claims;

use aws_lc_rs::digest::{SHA256, digest};
use chrono::Duration;
use domain::{
    actor::{Actor, Roles},
    ids::{DeputyId, Id, SessionId},
    time::Time,
};
use jsonwebtoken::{Algorithm, Header, Validation, decode};
use uuid::Uuid;

use self::{
    checked::{Checked, Remembered},
    claims::{AccountKind, Claims, Head},
};
pub use super::signing_keys::PublicKey;
use super::{keyring::Keyring, signing_keys::SigningKeys};
use crate::{
    api_code::ApiCode,
    failure::{Failure, Refusal},
};

/// The media type of access tokens (RFC 9068), so that no other token of ours passes for one.
const TYPE: &str = "at+jwt";

/// Whom the tokens are for.
const AUDIENCE: &str = "motcua";

/// The longest token looked at, in bytes: ours have some 500.
const LONGEST: usize = 2048;

/// How far ahead of ours the clock of the process that issued a token may be.
const LEEWAY: Duration = Duration::seconds(60);

/// Issues access tokens and checks them.
pub struct AccessTokens {
    issuer: String,
    lifetime: Duration,
    keys: SigningKeys,
    checked: Remembered,
}

/// What a good token proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Who asks.
    pub actor: Actor,
    /// In which session.
    pub session: SessionId,
    /// By which deputising an officer stands in for another one.
    pub deputy: Option<DeputyId>,
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokens").finish_non_exhaustive()
    }
}

impl AccessTokens {
    /// Tokens of this installation, signed with the key whose time it is.
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
        anyhow::ensure!(!keyring.pairs().is_empty(), "there is no signing key");
        let lifetime = i64::from(lifetime_seconds);
        Ok(Self {
            issuer: issuer.to_owned(),
            lifetime: Duration::seconds(lifetime),
            keys: SigningKeys::new(keyring, lifetime),
            checked: Remembered::default(),
        })
    }

    /// Takes the keys of the keyring as it is now; whether they are others than before.
    pub fn renew_keys(&self, keyring: &Keyring) -> bool {
        let renewed = self.keys.renew(keyring);
        if renewed {
            // A token of a key that was removed is not to be known by heart.
            self.checked.forget_all();
        }
        renewed
    }

    /// The public keys, for `/.well-known/jwks.json`; the first one signs.
    pub fn public_keys(&self, now: Time) -> Vec<PublicKey> {
        self.keys.published(now.utc().timestamp())
    }

    /// How long a token holds, in seconds.
    pub fn lifetime_seconds(&self) -> i64 {
        self.lifetime.num_seconds()
    }

    /// Before when a session must have ended for no token of it to hold any more.
    pub fn oldest_that_matters(&self, now: Time) -> Time {
        now.plus(-self.lifetime).plus(-LEEWAY).plus(-LEEWAY)
    }

    /// A new token for the actor in this session.
    ///
    /// # Errors
    /// `internal` when signing fails, or for the worker, which has no token.
    pub fn issue(
        &self,
        actor: &Actor,
        session: SessionId,
        now: Time,
        jti: Uuid,
    ) -> Result<String, Failure> {
        let proven = Proven {
            actor: *actor,
            session,
            deputy: None,
        };
        self.issue_for(&proven, now, jti)
    }

    /// A new token that proves just this.
    ///
    /// # Errors
    /// As [`AccessTokens::issue`].
    pub fn issue_for(&self, proven: &Proven, now: Time, jti: Uuid) -> Result<String, Failure> {
        let Proven {
            actor,
            session,
            deputy,
        } = proven;
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
            sid: session.uuid(),
            iat,
            exp: iat + self.lifetime.num_seconds(),
            jti,
            kind,
            agency,
            roles,
            deputy: deputy.map(Id::uuid),
        };
        let signed = self.keys.with_signing(iat, |key| {
            let mut header = Header::new(Algorithm::EdDSA);
            header.typ = Some(TYPE.to_owned());
            header.kid = Some(key.public.kid.clone());
            jsonwebtoken::encode(&header, &claims, &key.encoding)
        });
        let signed = signed.ok_or_else(|| Failure::internal("there is no signing key"))?;
        signed.map_err(Failure::internal)
    }

    /// What a token proves.
    ///
    /// # Errors
    /// `unauthenticated`, whatever is wrong with it; the log says what.
    pub fn verify(&self, token: &str, now: Time) -> Result<Proven, Failure> {
        self.verify_until(token, now).map(|(proven, _)| proven)
    }

    /// What a token proves, and until when: for answers that take their time.
    ///
    /// # Errors
    /// As [`AccessTokens::verify`].
    pub fn verify_until(&self, token: &str, now: Time) -> Result<(Proven, Time), Failure> {
        if token.len() > LONGEST {
            return Err(refused("longer than any token of ours"));
        }
        let key = digest(&SHA256, token.as_bytes())
            .as_ref()
            .try_into()
            .unwrap_or([0; 32]);
        let checked = match self.checked.find(&key) {
            Some(checked) => checked,
            None => self
                .check(token, now)
                .inspect(|fresh| self.checked.remember(key, *fresh, now))?,
        };
        if now < checked.issued.plus(-LEEWAY) || now >= checked.expires {
            return Err(refused("outside its time"));
        }
        Ok((checked.proven, checked.expires))
    }

    /// Header, signature, issuer, audience. The time is left to the caller's clock.
    fn check(&self, token: &str, now: Time) -> Result<Checked, Failure> {
        let Head {
            alg: claims::Algorithm::EdDSA,
            typ,
            kid,
        } = Head::of(token).map_err(refused)?;
        if typ != TYPE {
            return Err(refused("not an access token"));
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.validate_exp = false;
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[AUDIENCE]);
        let decoded = self.keys.with_accepted(&kid, now.utc().timestamp(), |key| {
            decode::<Claims>(token, &key.decoding, &rules)
        });
        let decoded = decoded.ok_or_else(|| refused("unknown key"))?;
        let claims = decoded.map_err(refused)?.claims;
        let at = |seconds: i64| {
            seconds
                .checked_mul(1_000_000)
                .and_then(Time::from_micros)
                .ok_or_else(|| refused("impossible time"))
        };
        Ok(Checked {
            proven: Proven {
                actor: actor(&claims)?,
                session: Id::from_uuid(claims.sid),
                deputy: claims.deputy.map(Id::from_uuid),
            },
            issued: at(claims.iat)?,
            expires: at(claims.exp)?,
        })
    }
}

fn actor(claims: &Claims) -> Result<Actor, Failure> {
    match (claims.kind, claims.agency) {
        (AccountKind::Citizen, None) if claims.roles.is_empty() && claims.deputy.is_none() => {
            Ok(Actor::Citizen {
                person: Id::from_uuid(claims.sub),
            })
        }
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
