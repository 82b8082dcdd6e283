//! What the provider's answer proves: the token is held against everything it must be, and only then read.

use std::{ops::ControlFlow, sync::Arc};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    identities::Identity,
    people::{PersonalNumber, checked_name},
    personal::Personal,
    rejection::Code,
    time::Time,
};
use openidconnect::{
    ClaimsVerificationError, IdTokenVerifier, Nonce, OAuth2TokenResponse as _,
    SignatureVerificationError, TokenResponse as _,
    core::{
        CoreIdToken, CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreTokenResponse,
    },
};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::{provider::Provider, requests::Secrets};
use crate::{
    api_code::ApiCode,
    config::identity_provider::ClaimNames,
    failure::{Failure, Refusal},
};

/// How far the clocks of provider and house may differ.
const CLOCKS_DIFFER: Duration = Duration::minutes(2);

/// How old a token may be that was made for this sign-in.
const OLDEST: Duration = Duration::minutes(10);

/// The longest name that an account takes, in characters.
const LONGEST_NAME: usize = 100;

/// Signatures that are taken: none with a shared secret, and none at all is no signature.
fn algorithms() -> [CoreJwsSigningAlgorithm; 10] {
    use CoreJwsSigningAlgorithm as By;
    [
        By::RsaSsaPkcs1V15Sha256,
        By::RsaSsaPkcs1V15Sha384,
        By::RsaSsaPkcs1V15Sha512,
        By::RsaSsaPssSha256,
        By::RsaSsaPssSha384,
        By::RsaSsaPssSha512,
        By::EcdsaP256Sha256,
        By::EcdsaP384Sha384,
        By::EcdsaP521Sha512,
        By::EdDsa,
    ]
}

impl Provider {
    /// Who signed in there, as the answer to the code proves it.
    ///
    /// # Errors
    /// `identity-token-refused` for a token of somebody else, for somebody else, of another sign-in, or
    /// of another time; `identity-level-too-low`; `identity-unusable`; `identity-provider-unavailable`.
    pub(super) async fn identity(
        &self,
        document: &Arc<CoreProviderMetadata>,
        answer: &CoreTokenResponse,
        secrets: &Secrets,
        now: Time,
    ) -> Result<Identity, Failure> {
        let token = answer.id_token().ok_or_else(|| refused("no token"))?;
        let nonce = Nonce::new(secrets.nonce.expose_secret().to_owned());
        if self.verify(document, token, &nonce, now)?.is_continue() {
            let renewed = self.renewed(document, now).await;
            let renewed = renewed.map_err(|_| refused("a key nobody knows"))?;
            if self.verify(&renewed, token, &nonce, now)?.is_continue() {
                return Err(refused("a key nobody knows"));
            }
        }
        let claims = payload(token)?;
        let names = &self.settings.claims;
        let more = match document.userinfo_endpoint() {
            Some(address) if lacks_any(&claims, names) => {
                let access = answer.access_token().secret();
                let more = self.user_info(address.url(), access).await?;
                if more.get("sub") != claims.get("sub") {
                    return Err(refused("user info of another subject"));
                }
                more
            }
            Some(_) | None => Value::Null,
        };
        self.read(|name| text(&claims, name).or_else(|| text(&more, name)))
    }

    /// Holds the token against issuer, audience, key, nonce and time. To go on is to look for a key that
    /// is not known yet.
    fn verify(
        &self,
        document: &CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Time,
    ) -> Result<ControlFlow<()>, Failure> {
        let time = instant(now)?;
        let keys = document.jwks().clone();
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> =
            IdTokenVerifier::new_public_client(self.client_id(), self.issuer().clone(), keys)
                .set_allowed_algs(algorithms())
                .set_time_fn(move || time)
                .set_issue_time_verifier_fn(move |issued: DateTime<Utc>| {
                    let age = time - issued;
                    if age < -CLOCKS_DIFFER || age > OLDEST {
                        return Err("made at another time".to_owned());
                    }
                    Ok(())
                });
        match token.claims(&verifier, nonce) {
            Ok(_) => Ok(ControlFlow::Break(())),
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => Ok(ControlFlow::Continue(())),
            Err(error) => Err(refused(why(&error))),
        }
    }

    /// The person, out of claims that were proved.
    fn read(&self, claim: impl Fn(&str) -> Option<String>) -> Result<Identity, Failure> {
        let names = &self.settings.claims;
        let level = claim(&names.level);
        if !level.is_some_and(|level| self.settings.verified_levels.contains(&level)) {
            return Err(Code::IdentityLevelTooLow.into());
        }
        let number = claim(&names.number).and_then(|digits| PersonalNumber::parse(&digits).ok());
        let name = claim(&names.name).and_then(|name| checked_name(&name).ok());
        let name = name.filter(|name| name.chars().count() <= LONGEST_NAME);
        let (Some(number), Some(name)) = (number, name) else {
            return Err(unusable("no number or no name"));
        };
        let birth = match claim(&names.birth_date) {
            Some(written) => born(&written).ok_or_else(|| unusable("no date of birth"))?,
            None => Born::Unknown,
        };
        let birth_date = match birth {
            Born::On(date) => Some(Personal::new(date)),
            Born::In(year) if year != number.birth_year() => {
                return Err(unusable("another year of birth than in the number"));
            }
            Born::In(_) | Born::Unknown => None,
        };
        let identity = Identity {
            number,
            full_name: Personal::new(name),
            birth_date,
            sex: None,
        };
        if identity.disagreements("").is_empty() {
            Ok(identity)
        } else {
            Err(unusable("the number contradicts the rest"))
        }
    }
}

/// When somebody was born, as far as it is known: some people know the year only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Born {
    On(NaiveDate),
    In(i32),
    Unknown,
}

fn born(written: &str) -> Option<Born> {
    let day = ["%Y-%m-%d", "%d/%m/%Y"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(written, form).ok());
    if let Some(day) = day {
        return Some(Born::On(day));
    }
    let is_year = written.len() == 4 && written.bytes().all(|b| b.is_ascii_digit());
    let year = written.parse().ok().filter(|_| is_year)?;
    Some(Born::In(year))
}

fn instant(now: Time) -> Result<DateTime<Utc>, Failure> {
    DateTime::from_timestamp_micros(now.micros()).ok_or_else(|| Failure::internal("no such time"))
}

/// The claims of a token whose signature was verified.
fn payload(token: &CoreIdToken) -> Result<Value, Failure> {
    let token = token.to_string();
    let part = token.split('.').nth(1).unwrap_or_default();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part);
    let bytes = bytes.map_err(|_| refused("no claims"))?;
    serde_json::from_slice(&bytes).map_err(|_| refused("no claims"))
}

/// A claim as text; providers write levels as numbers, too.
fn text(claims: &Value, name: &str) -> Option<String> {
    match claims.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn lacks_any(claims: &Value, names: &ClaimNames) -> bool {
    let ClaimNames {
        number,
        name,
        birth_date,
        level,
    } = names;
    let wanted = [number, name, birth_date, level];
    wanted.iter().any(|wanted| text(claims, wanted).is_none())
}

/// What is wrong with a token, without anything it says.
const fn why(error: &ClaimsVerificationError) -> &'static str {
    use ClaimsVerificationError as Wrong;
    match error {
        Wrong::Expired(_) => "it has expired",
        Wrong::InvalidAudience(_) => "it is for somebody else",
        Wrong::InvalidIssuer(_) => "it is of another issuer",
        Wrong::InvalidNonce(_) => "it is of another sign-in",
        Wrong::SignatureVerification(_) => "its signature does not hold",
        Wrong::InvalidAuthContext(_)
        | Wrong::InvalidAuthTime(_)
        | Wrong::InvalidSubject(_)
        | Wrong::Other(_)
        | Wrong::Unsupported(_)
        | _ => "it is not valid",
    }
}

fn refused(cause: &str) -> Failure {
    let refusal = Refusal::new(ApiCode::IdentityTokenRefused);
    refusal
        .because(format_args!("the provider's token: {cause}"))
        .into()
}

fn unusable(cause: &str) -> Failure {
    let refusal = Refusal::new(ApiCode::IdentityUnusable);
    refusal
        .because(format_args!("the provider's claims: {cause}"))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth_are_read_as_they_are_written_in_the_country() {
        let day = NaiveDate::from_ymd_opt(1990, 5, 19).map(Born::On);
        for (written, expected) in [
            ("1990-05-19", day),
            ("19/05/1990", day),
            ("1990", Some(Born::In(1990))),
            ("05/19/1990", None),
            ("+990", None),
            ("1990-05", None),
            ("", None),
        ] {
            assert_eq!(born(written), expected, "{written}");
        }
    }

    #[test]
    fn a_claim_is_text_or_a_number() {
        let claims = serde_json::json!({ "a": "2", "b": 2, "c": [2], "d": null });
        let read = |name| text(&claims, name);
        assert_eq!(
            (read("a"), read("b")),
            (Some("2".to_owned()), Some("2".to_owned()))
        );
        for name in ["c", "d", "e"] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
