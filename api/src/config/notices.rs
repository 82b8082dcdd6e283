//! The ways notices are sent. None is connected unless it is set; secrets stand in files of their own.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use secrecy::SecretString;
use serde::Deserialize;

/// Every way, each off unless it is set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeSettings {
    /// Push to phones.
    pub push: Option<PushProvider>,
    /// Text messages.
    pub sms: Option<SmsGateway>,
    /// Messages in Zalo.
    pub zalo: Option<ZaloAccount>,
    /// E-mail.
    pub email: Option<MailServer>,
    /// How long one answer of a provider may take, in seconds.
    pub timeout_seconds: u32,
    /// Whether plain HTTP and SMTP are accepted of providers on this very machine. For tests only.
    pub insecure_loopback: bool,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            push: None,
            sms: None,
            zalo: None,
            email: None,
            timeout_seconds: 5,
            insecure_loopback: false,
        }
    }
}

/// Firebase Cloud Messaging.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushProvider {
    /// The service account's file, as Google gives it out.
    pub service_account_file: PathBuf,
    /// Where messages are sent to.
    #[serde(default = "fcm")]
    pub url: String,
}

/// A gateway for text messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsGateway {
    /// Where messages are sent to.
    pub url: String,
    /// Below which address it tells what became of one; without it that is not asked.
    #[serde(default)]
    pub status_url: Option<String>,
    /// The file of the bearer token.
    pub token_file: PathBuf,
    /// The registered sender name (SMS brandname).
    pub sender: String,
}

/// An official account of Zalo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZaloAccount {
    /// Where messages are sent to.
    #[serde(default = "zns")]
    pub url: String,
    /// Where it is asked what became of one.
    #[serde(default = "zns_status")]
    pub status_url: String,
    /// The file of the access token; it is read at each message, because tokens hold for a day.
    pub access_token_file: PathBuf,
    /// The approved template, with the parameters `code`, `status` and `date`.
    pub template_id: String,
}

/// A mail server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    #[serde(default = "submissions")]
    pub port: u16,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: MailTls,
    /// Who signs in there.
    #[serde(default)]
    pub user: Option<String>,
    /// The file of the password; none: nobody signs in.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Who the mail is from.
    pub from: String,
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTls {
    /// From its beginning.
    #[default]
    Implicit,
    /// After `STARTTLS`, or not at all.
    Starttls,
    /// Not. For tests only.
    None,
}

fn fcm() -> String {
    "https://fcm.googleapis.com".to_owned()
}

fn zns() -> String {
    "https://business.openapi.zalo.me/message/template".to_owned()
}

fn zns_status() -> String {
    "https://business.openapi.zalo.me/message/status".to_owned()
}

const fn submissions() -> u16 {
    465
}

/// The secret in a file, without the end of its last line.
///
/// # Errors
/// When it cannot be read or is empty; it is never quoted.
pub(crate) fn secret_in(file: &Path) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the secret in {} cannot be read", file.display()))?;
    let text = text.trim_end();
    anyhow::ensure!(!text.is_empty(), "{} holds no secret", file.display());
    Ok(SecretString::from(text.to_owned()))
}

impl NoticeSettings {
    /// One `field = value` line per field: files are named, and nothing in them is shown.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            push,
            sms,
            zalo,
            email,
            timeout_seconds,
            insecure_loopback,
        } = self;
        writeln!(f, "notices.push = {push:?}\nnotices.sms = {sms:?}")?;
        writeln!(f, "notices.zalo = {zalo:?}\nnotices.email = {email:?}")?;
        writeln!(
            f,
            "notices.timeout_seconds = {timeout_seconds}\nnotices.insecure_loopback = {insecure_loopback}"
        )
    }
}
