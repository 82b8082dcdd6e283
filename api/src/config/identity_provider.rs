//! The identity provider that citizens sign in at (`OpenID` Connect).

use std::{fmt, net::IpAddr};

use anyhow::{Context as _, ensure};
use openidconnect::{
    IssuerUrl,
    url::{Host, Url},
};
use secrecy::SecretString;
use serde::Deserialize;

/// The provider, how this house is known there, and how its answers are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProvider {
    /// Its issuer address, exactly as it spells it; `/.well-known/openid-configuration` lies below.
    pub issuer: String,
    /// How this house is known there.
    pub client_id: String,
    /// What this house proves itself with; none for a public client.
    #[serde(default)]
    pub client_secret: Option<SecretString>,
    /// Where apps may be sent back to, exactly as registered at the provider.
    pub redirect_uris: Vec<String>,
    /// What is asked for beside `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// How claims are called there.
    #[serde(default)]
    pub claims: ClaimNames,
    /// The values of the level claim that mean a verified person.
    #[serde(default = "verified_levels")]
    pub verified_levels: Vec<String>,
    /// How long one answer of the provider may take, in seconds.
    #[serde(default = "timeout_seconds")]
    pub timeout_seconds: u32,
    /// How long its document and keys are kept, in seconds.
    #[serde(default = "keys_seconds")]
    pub keys_seconds: u32,
    /// How long after fetching them they are not fetched again, whatever turns up, in seconds.
    #[serde(default = "pause_seconds")]
    pub pause_seconds: u32,
    /// Whether plain HTTP is accepted of an issuer on this very machine. For tests only.
    #[serde(default)]
    pub insecure_loopback: bool,
}

/// How claims are called at the provider; by default as the national e-ID calls them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// The personal identity number.
    pub number: String,
    /// The full name.
    pub name: String,
    /// The date of birth: `YYYY-MM-DD`, `DD/MM/YYYY`, or a year alone.
    pub birth_date: String,
    /// How surely the provider knows the person.
    pub level: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            number: "SoDinhDanh".to_owned(),
            name: "HoVaTen".to_owned(),
            birth_date: "NgayThangNamSinh".to_owned(),
            level: "IAL".to_owned(),
        }
    }
}

fn verified_levels() -> Vec<String> {
    vec!["2".to_owned(), "3".to_owned()]
}

const fn timeout_seconds() -> u32 {
    5
}

const fn keys_seconds() -> u32 {
    3600
}

const fn pause_seconds() -> u32 {
    5
}

/// Whether an address is on this very machine. Names are not resolved: only `localhost` is one.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

impl IdentityProvider {
    /// Whether an address of the provider may be asked: with TLS, or on this very machine where that
    /// is allowed.
    pub fn may_ask(&self, url: &Url) -> bool {
        match url.scheme() {
            "https" => true,
            "http" => self.insecure_loopback && is_loopback(url),
            _ => false,
        }
    }

    /// The issuer's address, once everything is found to be usable.
    ///
    /// # Errors
    /// With what is not.
    pub fn checked(&self) -> anyhow::Result<IssuerUrl> {
        let about = "identity_provider.issuer";
        let issuer = IssuerUrl::new(self.issuer.clone()).context(about)?;
        ensure!(
            self.may_ask(issuer.url()),
            "{about}: https is needed; plain http only with insecure_loopback and on 127.0.0.1, ::1 or localhost"
        );
        ensure!(
            !self.redirect_uris.is_empty(),
            "identity_provider.redirect_uris: name at least one"
        );
        for uri in &self.redirect_uris {
            let parsed = Url::parse(uri)
                .with_context(|| format!("identity_provider.redirect_uris: {uri}"))?;
            ensure!(
                parsed.fragment().is_none(),
                "identity_provider.redirect_uris: {uri} has a fragment"
            );
        }
        Ok(issuer)
    }

    /// One `field = value` line per field, without the secret.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            issuer,
            client_id,
            client_secret: _,
            redirect_uris,
            scopes,
            claims,
            verified_levels,
            timeout_seconds,
            keys_seconds,
            pause_seconds,
            insecure_loopback,
        } = self;
        let ClaimNames {
            number,
            name,
            birth_date,
            level,
        } = claims;
        writeln!(
            f,
            "identity_provider = {issuer} as {client_id} redirect_uris={redirect_uris:?} scopes={scopes:?}"
        )?;
        writeln!(
            f,
            "identity_provider.claims = number={number} name={name} birth_date={birth_date} level={level} \
             verified_levels={verified_levels:?}"
        )?;
        writeln!(
            f,
            "identity_provider.seconds = timeout={timeout_seconds} keys={keys_seconds} \
             pause={pause_seconds} insecure_loopback={insecure_loopback}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(issuer: &str, redirect_uri: &str, insecure_loopback: bool) -> IdentityProvider {
        IdentityProvider {
            issuer: issuer.to_owned(),
            client_id: "motcua".to_owned(),
            client_secret: None,
            redirect_uris: vec![redirect_uri.to_owned()],
            scopes: Vec::new(),
            claims: ClaimNames::default(),
            verified_levels: verified_levels(),
            timeout_seconds: timeout_seconds(),
            keys_seconds: keys_seconds(),
            pause_seconds: pause_seconds(),
            insecure_loopback,
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only_and_only_when_allowed() {
        let app = "vn.angiang.motcua:/login";
        for (issuer, insecure, usable) in [
            ("https://id.example", false, true),
            ("https://id.example", true, true),
            ("http://id.example", false, false),
            ("http://id.example", true, false),
            ("http://127.0.0.1:4000", false, false),
            ("http://127.0.0.1:4000", true, true),
            ("http://127.8.8.8", true, true),
            ("http://[::1]:4000", true, true),
            ("http://localhost:4000", true, true),
            ("http://localhost.example", true, false),
            ("http://10.0.0.1", true, false),
            ("http://[::ffff:10.0.0.1]", true, false),
            ("ftp://127.0.0.1", true, false),
            ("", true, false),
        ] {
            let checked = provider(issuer, app, insecure).checked();
            assert_eq!(checked.is_ok(), usable, "{issuer} {insecure}");
        }
    }

    #[test]
    fn an_app_is_sent_back_to_a_whole_address() {
        for (uri, usable) in [
            ("vn.angiang.motcua:/login", true),
            ("https://app.example/login?x=1", true),
            ("/login", false),
            ("https://app.example/login#x", false),
        ] {
            let checked = provider("https://id.example", uri, false).checked();
            assert_eq!(checked.is_ok(), usable, "{uri}");
        }
    }
}
