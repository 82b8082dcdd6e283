//! The identity provider: its document and keys, kept for a while, and what is asked of it.

use std::sync::Arc;

use chrono::Duration;
use domain::time::Time;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreProviderMetadata,
        CoreTokenResponse,
    },
    url::Url,
};
use secrecy::ExposeSecret as _;
use tokio::sync::Mutex;

use super::{
    http::{ProviderHttp, Trouble},
    requests::Secrets,
};
use crate::{
    api_code::ApiCode,
    config::IdentityProvider,
    failure::{Failure, Refusal},
};

/// The provider, as this process knows it.
#[derive(Debug)]
pub struct Provider {
    /// How it is configured.
    pub settings: IdentityProvider,
    issuer: IssuerUrl,
    http: ProviderHttp,
    known: Mutex<Known>,
}

/// The document with its keys, and when it was last asked for, with or without success.
#[derive(Debug, Default)]
struct Known {
    document: Option<(Arc<CoreProviderMetadata>, Time)>,
    tried_at: Option<Time>,
}

impl Provider {
    /// The provider of this configuration. Nothing is asked of it yet.
    ///
    /// # Errors
    /// When the configuration cannot be used.
    pub fn new(settings: &IdentityProvider) -> anyhow::Result<Self> {
        Ok(Self {
            issuer: settings.checked()?,
            http: ProviderHttp::new(settings)?,
            settings: settings.clone(),
            known: Mutex::default(),
        })
    }

    /// The document with its keys; asked for when it is not known or too old.
    ///
    /// # Errors
    /// `identity-provider-unavailable`.
    pub(super) async fn document(&self, now: Time) -> Result<Arc<CoreProviderMetadata>, Failure> {
        let mut known = self.known.lock().await;
        let longest = Duration::seconds(self.settings.keys_seconds.into());
        if let Some((document, at)) = &known.document
            && is_within(*at, longest, now)
        {
            return Ok(Arc::clone(document));
        }
        self.fetch(&mut known, now).await
    }

    /// The document anew, because `held` knows no key of that name: as somebody else has fetched it
    /// meanwhile, or fetched now unless that was tried a moment ago.
    ///
    /// # Errors
    /// `identity-provider-unavailable`.
    pub(super) async fn renewed(
        &self,
        held: &Arc<CoreProviderMetadata>,
        now: Time,
    ) -> Result<Arc<CoreProviderMetadata>, Failure> {
        let mut known = self.known.lock().await;
        if let Some((document, _)) = &known.document
            && !Arc::ptr_eq(document, held)
        {
            return Ok(Arc::clone(document));
        }
        self.fetch(&mut known, now).await
    }

    async fn fetch(
        &self,
        known: &mut Known,
        now: Time,
    ) -> Result<Arc<CoreProviderMetadata>, Failure> {
        let pause = Duration::seconds(self.settings.pause_seconds.into());
        if known
            .tried_at
            .is_some_and(|tried| is_within(tried, pause, now))
        {
            return Err(unavailable("asked a moment ago"));
        }
        known.tried_at = Some(now);
        let ask = |request: HttpRequest| self.http.send(request);
        let document = CoreProviderMetadata::discover_async(self.issuer.clone(), &ask)
            .await
            .map_err(|error| unavailable(of_discovery(&error)))?;
        let document = Arc::new(document);
        known.document = Some((Arc::clone(&document), now));
        Ok(document)
    }

    /// Where the browser goes.
    ///
    /// # Errors
    /// `internal` when the redirect address is none, which the configuration excludes.
    pub(super) fn authorization_url(
        &self,
        document: &CoreProviderMetadata,
        redirect_uri: &str,
        secrets: &Secrets,
    ) -> Result<Url, Failure> {
        let client = CoreClient::from_provider_metadata(document.clone(), self.client_id(), None)
            .set_redirect_uri(redirect(redirect_uri)?);
        let state = CsrfToken::new(secrets.state.expose_secret().to_owned());
        let nonce = Nonce::new(secrets.nonce.expose_secret().to_owned());
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier(
                secrets,
            )))
            .url();
        Ok(url)
    }

    /// What the provider gives for the code.
    ///
    /// # Errors
    /// `credentials-refused` for a code it does not take; `identity-provider-unavailable`.
    pub(super) async fn exchange(
        &self,
        document: &CoreProviderMetadata,
        redirect_uri: &str,
        secrets: &Secrets,
        code: &str,
    ) -> Result<CoreTokenResponse, Failure> {
        let client =
            CoreClient::from_provider_metadata(document.clone(), self.client_id(), self.secret())
                .set_redirect_uri(redirect(redirect_uri)?);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| unavailable("its document names no token endpoint"))?
            .set_pkce_verifier(verifier(secrets));
        let ask = |request: HttpRequest| self.http.send(request);
        request
            .request_async(&ask)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(told) => {
                    if *told.error() == CoreErrorResponseType::InvalidGrant {
                        let refusal = Refusal::new(ApiCode::CredentialsRefused);
                        return refusal.because("the provider refuses the code").into();
                    }
                    unavailable("the provider refuses this house")
                }
                RequestTokenError::Request(trouble) => unavailable(trouble),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    unavailable("the answer to the code cannot be read")
                }
            })
    }

    /// What the provider says of the person, for whoever holds this access token: a JSON object.
    ///
    /// # Errors
    /// `identity-provider-unavailable`.
    pub(super) async fn user_info(
        &self,
        address: &Url,
        access_token: &str,
    ) -> Result<serde_json::Value, Failure> {
        let request = openidconnect::http::Request::builder()
            .uri(address.as_str())
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {access_token}"))
            .body(Vec::new())
            .map_err(|_| unavailable("its user info has no address"))?;
        let answer = self.http.send(request).await.map_err(unavailable)?;
        if !answer.status().is_success() {
            return Err(unavailable("its user info is refused"));
        }
        serde_json::from_slice(answer.body())
            .map_err(|_| unavailable("its user info cannot be read"))
    }

    /// How this house is known there.
    pub(super) fn client_id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    /// Its issuer address.
    pub(super) const fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    fn secret(&self) -> Option<ClientSecret> {
        let secret = self.settings.client_secret.as_ref();
        secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()))
    }
}

/// A time that lies ahead was taken before the clock was set back: it counts for nothing.
fn is_within(at: Time, span: Duration, now: Time) -> bool {
    let age = now.since(at);
    age >= Duration::zero() && age < span
}

fn redirect(uri: &str) -> Result<RedirectUrl, Failure> {
    RedirectUrl::new(uri.to_owned()).map_err(Failure::internal)
}

fn verifier(secrets: &Secrets) -> PkceCodeVerifier {
    PkceCodeVerifier::new(secrets.verifier.expose_secret().to_owned())
}

/// The provider cannot be used now; the cause is logged and says nothing of a person.
fn unavailable(cause: impl std::fmt::Display) -> Failure {
    let refusal = Refusal::new(ApiCode::IdentityProviderUnavailable);
    refusal.because(cause).retry_after(5).into()
}

/// What went wrong, without anything that came from outside.
fn of_discovery(error: &openidconnect::DiscoveryError<Trouble>) -> String {
    use openidconnect::DiscoveryError as Wrong;
    match error {
        Wrong::Request(trouble) => format!("its document: {trouble}"),
        Wrong::Parse(_) => "its document cannot be read".to_owned(),
        Wrong::Response(status, ..) => format!("its document: status {status}"),
        Wrong::Validation(_) => "its document names another issuer".to_owned(),
        Wrong::Other(_) | Wrong::UrlParse(_) | _ => "its document cannot be asked for".to_owned(),
    }
}
