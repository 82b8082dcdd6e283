//! The one way to the identity provider: no redirects, no plain HTTP beyond this machine, and bounds on
//! time and size.

use std::time::Duration;

use anyhow::Context as _;
use openidconnect::{HttpRequest, HttpResponse, url::Url};

use crate::config::IdentityProvider;

/// The largest answer that is read, in bytes: documents and keys are some thousand.
const LARGEST: usize = 256 * 1024;

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Trouble {
    /// The address is none that may be asked.
    #[error("the address may not be asked")]
    Forbidden,
    /// It cannot be reached, or does not answer in time.
    #[error("no answer in time")]
    Silent,
    /// The answer is too large.
    #[error("the answer is too large")]
    TooLarge,
}

/// Asks the provider.
#[derive(Debug)]
pub(super) struct ProviderHttp {
    client: reqwest::Client,
    settings: IdentityProvider,
}

impl ProviderHttp {
    pub(super) fn new(settings: &IdentityProvider) -> anyhow::Result<Self> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(settings.timeout_seconds.into()))
            .referer(false)
            // Each HTTP worker has a runtime of its own, which a connection must not outlive.
            .pool_max_idle_per_host(0);
        let builder = if settings.insecure_loopback {
            builder.no_proxy()
        } else {
            builder.https_only(true)
        };
        Ok(Self {
            client: builder.build().context("no client for the provider")?,
            settings: settings.clone(),
        })
    }

    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Trouble> {
        let address = Url::parse(&request.uri().to_string()).map_err(|_| Trouble::Forbidden)?;
        if !self.settings.may_ask(&address) {
            return Err(Trouble::Forbidden);
        }
        let request = reqwest::Request::try_from(request).map_err(|_| Trouble::Forbidden)?;
        let mut answer = self
            .client
            .execute(request)
            .await
            .map_err(|_| Trouble::Silent)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|_| Trouble::Silent)? {
            if body.len() + piece.len() > LARGEST {
                return Err(Trouble::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
