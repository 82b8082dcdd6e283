//! Push to phones through Firebase Cloud Messaging (FCM HTTP v1), which reaches iPhones too. What is pushed
//! is the notice's id and kind; the app asks for the rest.

use anyhow::Context as _;
use domain::{notices::NoticeChannel, time::Time};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use openidconnect::url::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{
    channels::{Answer, Answering, Channel, Message},
    http::{Bounds, Outward, Reply, address, asked, garbage, silence},
};
use crate::config::notices::{PushProvider, secret_in};

/// What is asked for.
const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";

/// How long an assertion holds, in seconds; the most that is allowed.
const ASSERTION_SECONDS: i64 = 3600;

/// How long before its end a token is not used any more, in seconds.
const SPARE_SECONDS: i64 = 60;

/// What is used of the file of a service account.
#[derive(Deserialize)]
struct ServiceAccount {
    project_id: String,
    client_email: String,
    private_key: SecretString,
    token_uri: String,
}

/// The provider.
pub(super) struct Push {
    outward: Outward,
    url: Url,
    token_url: Url,
    account: String,
    key: EncodingKey,
    token: Mutex<Option<(SecretString, Time)>>,
}

impl Push {
    pub(super) fn new(settings: &PushProvider, bounds: Bounds) -> anyhow::Result<Self> {
        let PushProvider {
            service_account_file,
            url,
        } = settings;
        let file = secret_in(service_account_file)?;
        // The fault is named without quoting the file.
        let account: ServiceAccount = serde_json::from_str(file.expose_secret())
            .ok()
            .context("notices.push.service_account_file holds no service account")?;
        let key = EncodingKey::from_rsa_pem(account.private_key.expose_secret().as_bytes());
        let base = address("notices.push.url", url, bounds)?;
        let path = format!("/v1/projects/{}/messages:send", account.project_id);
        Ok(Self {
            outward: Outward::new(bounds)?,
            url: base.join(&path).context("notices.push.url")?,
            token_url: address(
                "the service account's token_uri",
                &account.token_uri,
                bounds,
            )?,
            account: account.client_email,
            key: key
                .ok()
                .context("the service account's private_key cannot be used")?,
            token: Mutex::default(),
        })
    }

    /// A token that holds now: the one at hand, or one asked for.
    async fn token(&self, now: Time) -> Result<SecretString, Answer> {
        let mut kept = self.token.lock().await;
        if let Some((token, until)) = kept.as_ref()
            && now < *until
        {
            return Ok(token.clone());
        }
        let second = now.utc().timestamp();
        let claims = json!({
            "iss": self.account, "scope": SCOPE, "aud": self.token_url.as_str(),
            "iat": second, "exp": second + ASSERTION_SECONDS,
        });
        let assertion = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.key)
            .map_err(|_| Answer::Failed("the assertion cannot be signed".to_owned()))?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .append_pair("assertion", &assertion)
            .finish();
        let request = self.outward.post(&self.token_url);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let Some(reply) = asked(request.body(form)).await else {
            return Err(silence());
        };
        if !reply.status.is_success() {
            let throttled = reply.status.as_u16() == 429;
            return Err(if throttled {
                Answer::Throttled(reply.retry_after)
            } else {
                Answer::Failed(format!("no token: status {}", reply.status.as_u16()))
            });
        }
        let token = reply.text("/access_token").ok_or_else(garbage)?;
        let token = SecretString::from(token.to_owned());
        let body = reply.body.as_ref();
        let seconds = body.and_then(|body| body.pointer("/expires_in")?.as_i64());
        let holds = seconds.unwrap_or(0).clamp(0, ASSERTION_SECONDS) - SPARE_SECONDS;
        *kept = Some((token.clone(), now.plus(chrono::Duration::seconds(holds))));
        Ok(token)
    }

    async fn sent(&self, message: &Message, now: Time) -> Answer {
        let token = match self.token(now).await {
            Ok(token) => token,
            Err(answer) => return answer,
        };
        let request = self.outward.post(&self.url);
        let request = request.bearer_auth(token.expose_secret());
        let Some(reply) = asked(request.json(&body(message))).await else {
            return silence();
        };
        if reply.status.as_u16() == 401 {
            *self.token.lock().await = None;
        }
        understood(&reply)
    }
}

/// What is pushed. The app shows one notice once, by its id; a repeat takes the place of the first.
fn body(message: &Message) -> Value {
    let (id, kind) = (message.id.to_string(), message.kind.as_str());
    json!({ "message": {
        "token": message.to.reveal(),
        "data": { "notice_id": id, "kind": kind },
        "android": { "priority": "high", "collapse_key": id },
        "apns": {
            "headers": { "apns-collapse-id": id },
            "payload": { "aps": { "alert": { "loc-key": format!("notice_{kind}") }, "mutable-content": 1 } },
        },
    } })
}

/// What the provider's answer means.
fn understood(reply: &Reply) -> Answer {
    let details = reply
        .body
        .as_ref()
        .and_then(|body| body.pointer("/error/details"));
    let details = details.and_then(Value::as_array);
    let says = |code: &str| {
        let is_it = |detail: &Value| detail.get("errorCode").and_then(Value::as_str) == Some(code);
        details.is_some_and(|details| details.iter().any(is_it))
    };
    if reply.status.as_u16() == 404 || says("UNREGISTERED") || says("SENDER_ID_MISMATCH") {
        return Answer::Gone;
    }
    if let Some(trouble) = reply.trouble() {
        return trouble;
    }
    match reply.text("/name") {
        Some(name) if name.len() <= 200 => Answer::Taken {
            reference: Some(name.to_owned()),
            reports: false,
        },
        _ => garbage(),
    }
}

impl Channel for Push {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Push
    }

    fn send<'a>(&'a self, message: &'a Message, now: Time) -> Answering<'a, Answer> {
        Box::pin(self.sent(message, now))
    }
}
